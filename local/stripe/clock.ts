/**
 * Seconds since 1970, per owner: a customer or a checkout session can be moved ahead of real time, and nobody else notices.
 * What is new starts at real time, so it agrees with the clock of the program that asked for it. Stripe's own test clocks
 * are bound to customers for the same reason.
 */
export class Clock {
  readonly #ahead: Map<string, number>;
  readonly #moments = new Map<string, number>();

  constructor(ahead: Map<string, number>) {
    this.#ahead = ahead;
  }

  now(owner: string | null): number {
    const real = Math.floor(Date.now() / 1000);
    if (owner === null) return real;
    return this.#moments.get(owner) ?? real + (this.#ahead.get(owner) ?? 0);
  }

  advance(owner: string, seconds: number): void {
    this.#ahead.set(owner, (this.#ahead.get(owner) ?? 0) + seconds);
  }

  /** Runs an action at the moment it was due, so that what it writes carries that time and not the time it was noticed. */
  at<T>(owner: string, moment: number, action: () => T): T {
    this.#moments.set(owner, moment);
    try {
      return action();
    } finally {
      this.#moments.delete(owner);
    }
  }
}
