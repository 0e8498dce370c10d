/** A failure that a test orders: it happens to `count` requests that contain `match`, after `skip` of them have passed. */
export interface Fault {
  count: number;
  match?: string | undefined;
  skip?: number | undefined;
}

export interface Faults<F extends Fault> {
  add(fault: F): void;
  /** The fault this request meets, if any; it counts as used. */
  take(contains: (text: string) => boolean): F | undefined;
  clear(): void;
}

/**
 * Faults in the order they were asked for; a request meets the first that fits it. One that still lets requests pass
 * counts this one, and leaves it to those behind it.
 */
export function faultQueue<F extends Fault>(): Faults<F> {
  let queue: F[] = [];
  return {
    add: (fault) => queue.push({ ...fault }),
    take(contains) {
      for (const fault of queue) {
        if (fault.match !== undefined && !contains(fault.match)) continue;
        if (fault.skip !== undefined && fault.skip > 0) {
          fault.skip -= 1;
          continue;
        }
        fault.count -= 1;
        queue = queue.filter(({ count }) => count > 0);
        return fault;
      }
      return undefined;
    },
    clear() {
      queue = [];
    },
  };
}
