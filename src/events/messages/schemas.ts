import * as z from "zod";
import { Id, Line, separatedByCommas, Text } from "../../http/schemas.ts";
import { NamedPerson } from "../../people/schemas.ts";

const Group = z.enum(["yes", "maybe", "waiting", "present", "absent"]);
export type Group = z.infer<typeof Group>;

const Groups = z.array(Group).min(1).max(Group.options.length);
const WHO =
  "People who answered `yes` or `maybe`, those `waiting` for a seat, those marked as `present`, and those `absent` although they have a seat. Nobody gets it twice";

export const RecipientsQuery = z.object({
  to: separatedByCommas(Groups).prefault("yes").describe(`${WHO}. Separated by commas`).meta({ example: "yes,maybe" }),
});
export type RecipientsQuery = z.infer<typeof RecipientsQuery>;

export const Recipients = z
  .object({
    count: z.int().describe("How many people would get it"),
    left_out: z.array(NamedPerson).describe("Who would not: they have no confirmed address that accepts mail"),
  })
  .meta({ id: "Recipients" });
export type Recipients = z.infer<typeof Recipients>;

export const NewMessage = z
  .strictObject({
    id: Id.describe(
      "Make up a new one for each message. A message with the same id is sent once, however often it comes",
    ),
    to: Groups.describe(WHO),
    subject: Line(75).describe(
      "Others may see it on a locked screen, so it must not say who people are, or what the event is about",
    ),
    body: Text(10_000).describe("Plain text. Each line becomes a paragraph"),
    count: z.int().min(1).describe("How many people get it, as you saw before"),
  })
  .meta({ id: "NewMessage" });
export type NewMessage = z.infer<typeof NewMessage>;

export const SentMessage = z
  .object({ id: z.uuid(), count: z.int().describe("How many people get it") })
  .meta({ id: "SentMessage" });
export type SentMessage = z.infer<typeof SentMessage>;
