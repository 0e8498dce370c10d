import * as z from "zod";
import { Id, Instant, Text } from "../../http/schemas.ts";
import { NamedPerson, UserStatus } from "../../people/schemas.ts";
import { PeopleFilter } from "../schemas.ts";

/** How many people one request decides on at most. */
export const MOST_AT_ONCE = 100;

const choice = {
  ids: z
    .array(Id)
    .min(1)
    .max(MOST_AT_ONCE)
    .optional()
    .describe("The people to decide on. Or send `filter` and `count`"),
  filter: PeopleFilter.optional().describe("Everybody in the list with these filters"),
  count: z
    .int()
    .min(1)
    .max(MOST_AT_ONCE)
    .optional()
    .describe("The list's `total` with this filter, as you saw it. If it has changed: 409 `count_changed`"),
};

export type Choice = z.infer<z.ZodObject<typeof choice>>;

/** People are named by their ids, or by a filter and how many it finds. */
const oneWay = <Body extends z.ZodType<Choice>>(body: Body): Body =>
  body.check(({ value: { ids, filter, count }, issues }) => {
    const problem = (path: string, message: string) =>
      issues.push({ code: "custom", path: [path], message, input: undefined });
    if (!ids && !filter) problem("ids", "must be given, or filter and count");
    if (ids && filter) problem("filter", "must not be given together with ids");
    if (ids && count) problem("count", "must not be given together with ids");
    if (filter && !count) problem("count", "must be given together with filter");
  });

export const ManyToApprove = oneWay(z.strictObject(choice)).meta({
  id: "ManyToApprove",
  example: { ids: ["4565a9c0-db5b-4a2a-a456-1f2e498cbd2a"] },
});

const reason = Text(2000).meta({ example: "We could not reach you to say hello." });
export const ManyToReject = oneWay(z.strictObject({ ...choice, reason })).meta({
  id: "ManyToReject",
  example: { ids: ["4565a9c0-db5b-4a2a-a456-1f2e498cbd2a"], reason: "We could not reach you to say hello." },
});
export type ManyToReject = z.infer<typeof ManyToReject>;

/** Who was moved, and who was not. */
export const ManyDecided = z
  .object({
    moved: z.array(Id),
    not_moved: z.array(
      z.object({
        id: Id,
        code: z.string().meta({ example: "status_conflict" }),
        detail: z.string().describe("The reason, in a sentence"),
      }),
    ),
  })
  .meta({ id: "ManyDecided" });
export type ManyDecided = z.infer<typeof ManyDecided>;

/** Who looks after an application. */
export const TakenOn = z
  .object({
    id: Id,
    status: UserStatus,
    taken_on_by: NamedPerson.nullable(),
    taken_on_at: Instant.nullable(),
    waiting_since: Instant.nullable().describe("Since when they have had their status, while they wait for a decision"),
  })
  .meta({ id: "TakenOn" });
export type TakenOn = z.infer<typeof TakenOn>;
