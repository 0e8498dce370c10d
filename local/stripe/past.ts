import { catchUp } from "./schedule.ts";
import { BY_ITSELF, World } from "./world.ts";

/** Something that happened, and when: Unix seconds, in the past. */
export interface Happening {
  moment: number;
  happens: (world: World) => void;
}

/**
 * Lets things happen in the order of their moments, each with the clock at that moment. In between, and until now, whatever is
 * due happens: subscriptions renew, failed payments are retried, open sessions expire. Nobody hears of it, as if Stripe had
 * forgotten the events since.
 */
export function livePast({ state, stripe_url }: World, happenings: Happening[]): void {
  const past = new World({ ...state, events: new Map() }, stripe_url, () => undefined);
  for (const { moment, happens } of happenings.toSorted((one, other) => one.moment - other.moment)) {
    past.clock.standAt(moment);
    catchUp(past);
    past.act(BY_ITSELF, () => happens(past));
  }
  past.clock.standAt(undefined);
  catchUp(past);
}
