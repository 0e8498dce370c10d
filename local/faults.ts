/** A failure that a test orders: it happens to the next `count` requests that contain `match`. */
export interface Fault {
  count: number;
  match?: string | undefined;
}

export interface Faults<F extends Fault> {
  add(fault: F): void;
  /** The fault this request meets, if any; it counts as used. */
  take(contains: (text: string) => boolean): F | undefined;
  clear(): void;
}

/** Faults in the order they were asked for; a request meets the first that fits it. */
export function faultQueue<F extends Fault>(): Faults<F> {
  let queue: F[] = [];
  return {
    add: (fault) => queue.push({ ...fault }),
    take(contains) {
      const fault = queue.find(({ match }) => match === undefined || contains(match));
      if (fault === undefined) return undefined;
      fault.count -= 1;
      queue = queue.filter(({ count }) => count > 0);
      return fault;
    },
    clear() {
      queue = [];
    },
  };
}
