/**
 * Time in Unix seconds, kept separately for each owner. Moving one customer or checkout session ahead does not affect
 * the others. New objects start at real time, to match the clock of the program that creates them. Stripe's test clocks
 * are tied to customers for the same reason.
 */
export class Clock {
  readonly #ahead: Map<string, number>;
  readonly #moments = new Map<string, number>();
  #standing: number | undefined;

  constructor(ahead: Map<string, number>) {
    this.#ahead = ahead;
  }

  now(owner: string | null): number {
    const real = this.#standing ?? Math.floor(Date.now() / 1000);
    if (owner === null) return real;
    return this.#moments.get(owner) ?? real + (this.#ahead.get(owner) ?? 0);
  }

  advance(owner: string, seconds: number): void {
    this.#ahead.set(owner, (this.#ahead.get(owner) ?? 0) + seconds);
  }

  /** Makes real time stand still at a moment, for everybody, until `undefined` lets it go on. */
  standAt(moment: number | undefined): void {
    this.#standing = moment;
  }

  /**
   * Runs an action as of the moment it was due, so that what it writes carries that time instead of the current one.
   */
  at<T>(owner: string, moment: number, action: () => T): T {
    this.#moments.set(owner, moment);
    try {
      return action();
    } finally {
      this.#moments.delete(owner);
    }
  }
}
