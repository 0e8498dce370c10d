import { and, eq, type SQL, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { listPage } from "../../http/pagination.ts";
import { contains } from "../../http/search.ts";
import { byName } from "../../people/order.ts";
import { personIsKnown, USER_NOT_FOUND } from "../../people/person.ts";
import { withPhotoUrls } from "../../people/photo.ts";
import { users } from "../../tables/people.ts";
import { type DirectoryEntry, type DirectoryFilters, type DirectoryPage, directoryColumns } from "./schemas.ts";

const isListed = sql`(${users.in_directory} and ${users.status} = 'active' and ${personIsKnown})`;

const selectEntries = () => query.select(directoryColumns).from(users);

/** The members who want to be found, by name. Searching looks at names alone, so that it cannot reveal what is hidden. */
export async function listDirectory(
  ctx: SignedInContext,
  { search, ...paging }: DirectoryFilters,
): Promise<DirectoryPage> {
  const named: SQL = contains(sql`${users.first_name} || ' ' || ${users.last_name}`, search);
  const page = await ctx.transact((t) => listPage(t, byName, selectEntries, paging, and(isListed, named)));
  return { ...page, items: await Promise.all(page.items.map((entry) => withPhotoUrls(ctx, entry))) };
}

/** One member. 404 if there is none, or if they are not in the directory: the answers do not differ. */
export async function getDirectoryEntry(ctx: SignedInContext, id: string): Promise<DirectoryEntry> {
  const entry = selectEntries().where(and(eq(users.id, id), isListed));
  return withPhotoUrls(ctx, await ctx.transact((t) => t.one(entry, new Refusal(...USER_NOT_FOUND))));
}
