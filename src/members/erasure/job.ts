import { and, gt, lte, type SQL, sql } from "drizzle-orm";
import { guardSuperadminRemains } from "../../access/superadmin.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { leaveEvents, lockToLeave } from "../../events/leave.ts";
import type { Context } from "../../http/context.ts";
import { failureOf, JobFailed, type Report } from "../../jobs/run.ts";
import { idsOf, personIsKnown } from "../../people/person.ts";
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
  for (const { id } of due) if (await attempt(id, erasePerson(ctx, id))) erased += 1;
  for (const { id } of just_erased) await attempt(id, forgetAgain(ctx, id));
  const report = { erased, failed: failed.length, people: failed };
  if (erased > 0)
    await removeUnneededFiles(ctx).catch((error: unknown) => {
      throw new JobFailed({ ...report, files: failureOf(error) }, first_error ?? error);
    });
  if (failed.length > 0) throw new JobFailed(report, first_error);
  return report;
}

const selectPeople = (which: SQL | undefined) =>
  query.select({ id: users.id }).from(users).where(which).orderBy(sql`random()`).limit(MOST_PEOPLE);

/** Stripe first, because what it collected later could not be told from a stranger's money. Then everything at once. */
async function erasePerson(ctx: Context, id: string): Promise<void> {
  const known = await ctx.transact((t) => {
    guardSuperadminRemains(t, id);
    return readKnownAtStripe(t, id);
  });
  await forgetAtStripe(ctx, known);
  await ctx.transact((t) => {
    lockToLeave(t, idsOf(id));
    // Another superadmin may have lost the role meanwhile.
    guardSuperadminRemains(t, id);
    // The next run looks again.
    const began = personBeganMore(id, known);
    t.guard(sql`not ${began}`, 409, "began_meanwhile", "The person began something in the meantime.");
    leaveAndForget(t, id);
  });
}

const forgetAgain = (ctx: Context, id: string): Promise<void> =>
  ctx.transact((t) => {
    lockToLeave(t, idsOf(id));
    leaveAndForget(t, id);
  });

function leaveAndForget(t: Plan, id: string): void {
  leaveEvents(t, idsOf(id));
  forgetPerson(t, id);
}
