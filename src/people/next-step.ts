import { eq, inArray, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { PERMITTED_STATUSES } from "../access/access.ts";
import { users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { personIsAskedToAccept } from "./acceptances.ts";
import { bankIsProcessing } from "./bank-processing.ts";
import type { UserStatus } from "./schemas.ts";

/** What somebody should do to become or stay a member. */
export const NextStep = z
  .object({
    code: z.enum(["verify", "accept_documents", "come_to_event", "wait", "pay", "renew"]),
    text: z.string(),
    url: z.string().nullable().describe("A path of the frontend. Null if there is nothing to do there"),
  })
  .meta({ id: "NextStep" });
export type NextStep = z.infer<typeof NextStep>;

/** The page of the frontend with plans and the billing portal, as in `links.membership`. */
const MEMBERSHIP = "/membership";

const OVERDUE: NextStep = {
  code: "pay",
  text: "Your dues are overdue. Please pay them, or change your card.",
  url: MEMBERSHIP,
};

const PROCESSING: NextStep = {
  code: "wait",
  text: "Your bank is processing your payment. That can take a week. We will email you as soon as it answers.",
  url: null,
};

/** Before anything else, once the address is confirmed: it takes a minute. */
const RULES: NextStep = {
  code: "accept_documents",
  text: "Please read our rules and accept them.",
  url: "/documents",
};

/** Rejected people and active ones whose dues are paid have nothing to do. */
const STEP_OF: { [status in UserStatus]?: NextStep } = {
  pending_email: {
    code: "verify",
    text: "Please confirm your email address with the link that we sent you.",
    url: null,
  },
  pending_validation: {
    code: "come_to_event",
    text: "We are looking at your application. Please come to one of our events, so that we can meet you.",
    url: "/events",
  },
  pre_validated: { code: "wait", text: "We will decide on your application soon and email you.", url: null },
  payment_pending: {
    code: "pay",
    text: "Welcome! Your membership begins when you pay your dues.",
    url: MEMBERSHIP,
  },
  inactive: { code: "renew", text: "Your membership has ended. Choose a plan to come back.", url: MEMBERSHIP },
};

const duesAreOverdue = sql`exists (select from ${subscriptions} as theirs
  where theirs.user_id = ${users.id} and theirs.status = 'past_due')`;

const branch = (when: SQL, step: NextStep): SQL => sql` when ${when} then ${JSON.stringify(step)}::json`;

/** What a row of `users` should do next, or null. */
export const personsNextStep = sql<NextStep | null>`(case${branch(
  sql`${inArray(users.status, [...PERMITTED_STATUSES])} and ${personIsAskedToAccept}`,
  RULES,
)}${branch(
  sql`${inArray(users.status, ["payment_pending", "active", "inactive"])} and ${bankIsProcessing(users.id)}`,
  PROCESSING,
)}${branch(
  // Stripe still collects: a new checkout would be refused.
  sql`${inArray(users.status, ["active", "inactive"])} and ${duesAreOverdue}`,
  OVERDUE,
)}${sql.join(
  Object.entries(STEP_OF).map(([status, step]) => branch(eq(users.status, status as UserStatus), step)),
)} end)`;
