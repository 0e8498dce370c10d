import { and, gt, lte, type SQL, sql } from "drizzle-orm";
import { guardSuperadminRemains } from "../../access/superadmin.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { lockEvent } from "../../events/find.ts";
import { fillSeats } from "../../events/seats.ts";
import { personHoldsOtherSeats, seatsHeldBy } from "../../events/seats-held.ts";
import type { Context } from "../../http/context.ts";
import { failureOf, JobFailed, type Report } from "../../jobs/run.ts";
import { lockPerson, personIsKnown } from "../../people/person.ts";
import { removeUnneededFiles } from "../../storage/remove.ts";
import { users } from "../../tables/people.ts";
import { forgetAtStripe, personBeganMore, readKnownAtStripe } from "./at-stripe.ts";
import { forgetPerson } from "./forget.ts";

/** A Worker may make 1,000 calls in a run; a person takes about ten. */
const MOST_PEOPLE = 50;

const isDue = and(lte(users.erase_at, sql`now()`), personIsKnown);

/** A request that was under way when they were erased may have written something after that. */
const wasJustErased = gt(users.erased_at, sql`now() - interval '1 day'`);

/**
 * Erases those whose seven days are over, each by themselves: a failure of one stops nobody else, and the next run tries again.
 * In random order, so that those whose erasure keeps failing do not hold up the others. Deletes their photos in R2, too.
 * Returns how many were erased.
 *
 * @throws JobFailed with the ids of those whom it could not erase, of whom nothing was deleted here; or if photos could not be
 *   deleted, which the job of the files does within the hour
 */
export async function erasePeople(ctx: Context): Promise<Report> {
  const { due, just_erased } = await ctx.transact((t) => ({
    due: t.many(selectPeople(isDue)),
    just_erased: t.many(selectPeople(wasJustErased)),
  }));
  const failed: { id: string; failure: string }[] = [];
  let erased = 0;
  let first_error: unknown;
  const attempt = async (id: string, work: Promise<void>) => {
    try {
      await work;
      return true;
    } catch (error) {
      first_error ??= error;
      failed.push({ id, failure: failureOf(error) });
      return false;
    }
  };
  for (const person of due) if (await attempt(person.id, erasePerson(ctx, person))) erased += 1;
  for (const person of just_erased) await attempt(person.id, forgetAgain(ctx, person));
  const report = { erased, failed: failed.length, people: failed };
  if (erased > 0)
    await removeUnneededFiles(ctx).catch((error: unknown) => {
      throw new JobFailed({ ...report, files: failureOf(error) }, first_error ?? error);
    });
  if (failed.length > 0) throw new JobFailed(report, first_error);
  return report;
}

/** A person, and the events where somebody else gets their seat. */
interface Leaving {
  id: string;
  event_ids: string[];
}

const selectPeople = (which: SQL | undefined) =>
  query
    .select({ id: users.id, event_ids: seatsHeldBy(users.id) })
    .from(users)
    .where(which)
    .orderBy(sql`random()`)
    .limit(MOST_PEOPLE);

/** Stripe first, because what it collected later could not be told from a stranger's money. Then everything at once. */
async function erasePerson(ctx: Context, person: Leaving): Promise<void> {
  const known = await ctx.transact((t) => {
    guardSuperadminRemains(t, person.id);
    return readKnownAtStripe(t, person.id);
  });
  await forgetAtStripe(ctx, known);
  await ctx.transact((t) => {
    leave(t, person);
    // Another superadmin may have lost the role meanwhile.
    guardSuperadminRemains(t, person.id);
    guardNothingBegan(t, personBeganMore(person.id, known));
    forgetPerson(t, person.id);
    fillTheirSeats(t, person);
  });
}

const forgetAgain = (ctx: Context, person: Leaving): Promise<void> =>
  ctx.transact((t) => {
    leave(t, person);
    forgetPerson(t, person.id);
    fillTheirSeats(t, person);
  });

/** Locks events before people, as whoever answers an event does. */
function leave(t: Plan, { id, event_ids }: Leaving): void {
  for (const event_id of event_ids) lockEvent(t, event_id);
  lockPerson(t, id);
  guardNothingBegan(t, personHoldsOtherSeats(id, event_ids));
}

const fillTheirSeats = (t: Plan, { event_ids }: Leaving): void => {
  for (const event_id of event_ids) fillSeats(t, event_id);
};

/** 409 if the person did something since we looked. The next run looks again. */
const guardNothingBegan = (t: Plan, began: SQL): void =>
  t.guard(sql`not ${began}`, 409, "began_meanwhile", "The person began something in the meantime.");
