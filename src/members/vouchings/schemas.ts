import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import * as z from "zod";
import { Link } from "../../accounts/schemas.ts";
import { Notice } from "../../http/page.ts";
import { pageOf } from "../../http/pagination.ts";
import { Id, Instant } from "../../http/schemas.ts";
import { namedPerson } from "../../people/person.ts";
import { NamedPerson } from "../../people/schemas.ts";
import { vouchings } from "../../tables/members.ts";
import { fullNameOf, users } from "../../tables/people.ts";

const Answer = z.enum(["yes", "no"]);

/** A member whom volunteers asked about an applicant, and what they answered. */
export const Vouching = z
  .object({
    id: Id,
    member: NamedPerson,
    asked_by: NamedPerson.nullable(),
    asked_at: Instant,
    answer: Answer.nullable(),
    answered_at: Instant.nullable(),
  })
  .meta({ id: "Vouching" });
export type Vouching = z.infer<typeof Vouching>;

export const vouchingColumns = {
  id: vouchings.id,
  member: sql<NamedPerson>`${namedPerson(vouchings.member_id)}`,
  asked_by: namedPerson(vouchings.asked_by),
  asked_at: vouchings.created_at,
  answer: vouchings.answer,
  answered_at: vouchings.answered_at,
};

/** Everybody who was asked about an applicant, always on one page. */
export const Vouchings = pageOf(Vouching).meta({ id: "Vouchings" });
export type Vouchings = z.infer<typeof Vouchings>;

export const VouchingRequest = z
  .strictObject({ member_id: Id.describe("The active member whom the applicant's `referred_by` means") })
  .meta({ id: "VouchingRequest" });
export type VouchingRequest = z.infer<typeof VouchingRequest>;

/** Whom a vouching is about, beside the member as `users`. */
export const applicant = alias(users, "applicant");

/** What I am asked. */
export const VouchingQuestion = z
  .object({ id: Id, applicant_name: z.string(), created_at: Instant })
  .meta({ id: "VouchingQuestion" });
export type VouchingQuestion = z.infer<typeof VouchingQuestion>;

export const vouchingQuestionColumns = {
  id: vouchings.id,
  applicant_name: fullNameOf(applicant),
  created_at: vouchings.created_at,
};

export const VouchingQuestionPage = pageOf(VouchingQuestion).meta({ id: "VouchingQuestionPage" });
export type VouchingQuestionPage = z.infer<typeof VouchingQuestionPage>;

export const VouchingAnswer = z.strictObject({ answer: Answer }).meta({ id: "VouchingAnswer" });
export type VouchingAnswer = z.infer<typeof VouchingAnswer>;

export const VouchingAnswerByLink = Link.extend({ answer: Answer });
export type VouchingAnswerByLink = z.infer<typeof VouchingAnswerByLink>;

/** What the link in the mail asks. */
export const MailedQuestion = Notice.extend({
  applicant_name: z.string().nullable().describe("Null once no answer is needed anymore"),
}).meta({ id: "MailedQuestion" });
export type MailedQuestion = z.infer<typeof MailedQuestion>;
