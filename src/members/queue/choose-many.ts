import { and, eq, type SQL, sql } from "drizzle-orm";
import { personHolds } from "../../access/holds.ts";
import type { Handle, Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { asRemembered, remember, remembered } from "../../database/remember.ts";
import type { SignedInContext } from "../../http/context.ts";
import { idsOf, lockPeople, personIsKnown, USER_NOT_FOUND } from "../../people/person.ts";
import { personMay, type StatusChange } from "../../people/status.ts";
import { users } from "../../tables/people.ts";
import { peopleMatch } from "../list.ts";
import { OWN_APPLICATION } from "../own-application.ts";
import { type Choice, type ManyDecided, MOST_AT_ONCE } from "./schemas.ts";

interface Rules {
  change: StatusChange;
  /** Why a row of `users` cannot be moved, besides what holds for every change: a code, or null. */
  refusal?: SQL<string | null>;
  /** What each code means. */
  sentences: Record<string, string>;
  /** Locks them, an array of ids as SQL, and whatever is locked before people. */
  lock?: (t: Plan, ids: SQL) => void;
}

/**
 * Chooses and locks the people whom one request decides on. 403 for a filter of the list without `users.view`, 409 `count_changed` if a filter no longer finds as many as the
 * volunteer saw.
 *
 * @returns SQL for an array of the ids of those who may make the change, and the answer to the request
 */
export function chooseMany(
  t: Plan,
  { user_id, settings }: SignedInContext,
  { ids, filter, count }: Choice,
  { change, refusal = sql`null`, sentences, lock = lockPeople }: Rules,
): { movable: SQL; decided: Handle<ManyDecided> } {
  if (filter) {
    t.guard(
      personHolds(user_id, "users.view"),
      403,
      "filter_needs_view",
      "Only people who may see the list can choose by its filters. Please name people by their ids.",
    );
    remember(
      t,
      "app.chosen",
      sql`select ${users.id} as id from ${users} where ${peopleMatch({ user_id, settings }, filter) ?? sql`true`} limit ${MOST_AT_ONCE + 1}`,
    );
    t.guard(
      sql`coalesce(cardinality(${remembered("app.chosen")}), 0) = ${count}`,
      409,
      "count_changed",
      "This filter no longer finds as many people as you saw. Please look again.",
    );
  }
  const chosen = ids ? idsOf(...ids) : remembered("app.chosen");
  lock(t, chosen);
  const codes: Record<string, string> = {
    user_not_found: USER_NOT_FOUND[2],
    own_application: OWN_APPLICATION,
    ...sentences,
  };
  const verdicts = t.many(
    query.execute<{ id: string; code: string | null }>(sql`
      with verdicts as materialized (
        select chosen.id, case
          when ${users.id} is null then 'user_not_found'
          when ${eq(users.id, user_id)} then 'own_application'
          else coalesce(${refusal}, case when not ${personMay(change)} then 'status_conflict' end)
        end as code
        from (select distinct unnest(${chosen}) as id) as chosen
          left join ${users} on ${and(sql`${users.id} = chosen.id`, personIsKnown)}),
      movable as materialized (select ${asRemembered("app.movable", sql`select id from verdicts where code is null`)})
      select verdicts.id, verdicts.code from verdicts cross join movable order by verdicts.id`),
  );
  const decided = t.combine({ verdicts }, ({ verdicts }) => ({
    moved: verdicts.flatMap(({ id, code }) => (code ? [] : [id])),
    not_moved: verdicts.flatMap(({ id, code }) => (code ? [{ id, code, detail: codes[code] ?? code }] : [])),
  }));
  return { movable: remembered("app.movable"), decided };
}
