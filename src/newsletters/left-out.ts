import { and, eq, isNotNull, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal } from "../http/pagination.ts";
import { byName } from "../people/order.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { users } from "../tables/people.ts";
import { guardNewsletter, isNewsletter } from "./guards.ts";
import { newsletterIsFor, whyNot } from "./recipients.ts";
import type { LeftOutFilters, LeftOutPage, LeftOutReason } from "./schemas.ts";

/** A page of the people who would not get a newsletter that is for them, and why. 404 without it. */
export const listLeftOut = (
  ctx: SignedInContext,
  newsletter_id: string,
  { reason, ...paging }: LeftOutFilters,
): Promise<LeftOutPage> =>
  ctx.transact((t) => {
    guardNewsletter(t, newsletter_id);
    const why = whyNot(ctx.settings);
    const { id, first_name, last_name, status } = users;
    return listPageWithTotal(
      t,
      byName,
      () =>
        query
          .select({ id, first_name, last_name, status, reason: sql<LeftOutReason>`${why}`.as("reason") })
          .from(users)
          .innerJoin(newsletter_archives, isNewsletter(newsletter_id)),
      paging,
      and(newsletterIsFor, reason ? eq(why, reason) : isNotNull(why)),
    );
  });
