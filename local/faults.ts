/**
 * A failure that a test requests. It affects `count` requests that contain `match`, after letting `skip` of them
 * through.
 */
export interface Fault {
  count: number;
  match?: string | undefined;
  skip?: number | undefined;
}

export interface Faults<F extends Fault> {
  add(fault: F): void;
  /** The fault for this request, if any. Taking it uses it up. */
  take(contains: (text: string) => boolean): F | undefined;
  clear(): void;
}

/**
 * A queue of faults. A request gets the first one that matches. A fault that still has requests to skip counts this one
 * and passes it to the next fault.
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
