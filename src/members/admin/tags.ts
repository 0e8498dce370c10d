import { and, count, eq, notInArray, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { listPage, type Order } from "../../http/pagination.ts";
import { guardPerson, lockPerson, personIsKnown } from "../../people/person.ts";
import { user_tags } from "../../tables/members.ts";
import { users } from "../../tables/people.ts";
import { type TagCount, type TagFilters, type TagPage, type Tags, tagsOf } from "./tag-schemas.ts";

/** Gives a person exactly these tags. 404 if there is no such person. */
export const replaceTags = (ctx: SignedInContext, person_id: string, { tags }: Tags): Promise<Tags> =>
  ctx.transact((t) => {
    lockPerson(t, person_id);
    guardPerson(t, person_id);
    t.effect(query.delete(user_tags).where(and(eq(user_tags.user_id, person_id), notInArray(user_tags.tag, tags))));
    if (tags.length > 0)
      t.effect(
        query
          .insert(user_tags)
          .values(tags.map((tag) => ({ user_id: person_id, tag })))
          .onConflictDoNothing(),
      );
    return t.one(
      query
        .select({ tags: tagsOf(users.id) })
        .from(users)
        .where(eq(users.id, person_id)),
    );
  });

const counted = query
  .select({ tag: user_tags.tag, people: count().as("people") })
  .from(user_tags)
  .innerJoin(users, and(eq(users.id, user_tags.user_id), personIsKnown))
  .groupBy(user_tags.tag)
  .as("counted");

const BY_TAG: Order<TagCount> = {
  name: "tag",
  descending: false,
  keys: [{ expression: sql`${counted.tag}`, type: "text", of: ({ tag }) => tag }],
};

/** A page of all tags that people have. */
export const listTags = (ctx: SignedInContext, paging: TagFilters): Promise<TagPage> =>
  ctx.transact((t) =>
    listPage(t, BY_TAG, () => query.select({ tag: counted.tag, people: counted.people }).from(counted), paging),
  );
