import { eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../../database/query.ts";
import { Paging, pageOf } from "../../http/pagination.ts";
import { inDigits, Line } from "../../http/schemas.ts";
import { user_tags } from "../../tables/members.ts";

/** A tag as we keep it: in lower case, with single spaces, so that people who type it differently mean the same. */
export const Tag = Line(40)
  .transform((text) => text.toLowerCase().replaceAll(/\s+/g, " "))
  .meta({ example: "speaks spanish" });

/** All tags of a person. */
export const Tags = z
  .strictObject({
    tags: z
      .array(Tag)
      .max(100)
      .transform((tags) => [...new Set(tags)])
      .refine((tags) => tags.length <= 20, "must be at most 20 different tags"),
  })
  .meta({ id: "Tags", description: "Case and spaces at the ends do not matter" });
export type Tags = z.infer<typeof Tags>;

/** The tags of a person, in their order, as a JSON array. */
export const tagsOf = (user_id: SQLWrapper): SQL<string[]> =>
  sql<string[]>`to_json(array(${query
    .select({ tag: user_tags.tag })
    .from(user_tags)
    .where(eq(user_tags.user_id, user_id))
    .orderBy(user_tags.tag)}))`;

/** A tag, and how many people have it. */
export const TagCount = z.object({ tag: z.string(), people: z.int() }).meta({ id: "TagCount" });
export type TagCount = z.infer<typeof TagCount>;

export const TagPage = pageOf(TagCount).meta({ id: "TagPage" });
export type TagPage = z.infer<typeof TagPage>;

export const TagFilters = Paging.extend({ limit: inDigits(z.int().min(1).max(100)).default(100) });
export type TagFilters = z.infer<typeof TagFilters>;
