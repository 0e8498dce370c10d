import * as z from "zod";
import { pageWords } from "../../http/page-words.ts";
import { Cents, Id, Instant } from "../../http/schemas.ts";
import { Branding } from "../../organisation/organisation.ts";
import { OfferedPlan } from "../../plans/schemas.ts";

/** The link in a mail. Mail gateways add parameters to it. */
export const PayLinkToken = z.object({ token: z.string().min(1).max(200) });
export type PayLinkToken = z.infer<typeof PayLinkToken>;

const PlanChoice = OfferedPlan.pick({
  id: true,
  name: true,
  description: true,
  price_cents: true,
  billing_cycle: true,
  term_end_month: true,
  term_end_day: true,
  donation_allowed: true,
}).meta({ id: "PlanChoice" });

/** What somebody can do with the link in a mail about dues. It does not say who they are. */
export const DuesOffer = z
  .object({
    situation: z
      .enum(["choose", "overdue", "renews", "settled", "paused", "bank_took_back", "processing"])
      .describe(
        "`choose`: choose a plan and pay. `overdue`: pay the dues. `renews`: there is nothing to pay, but the card can be changed. In all other situations, there is nothing to do here.",
      ),
    amount_cents: Cents.nullable().describe("What is overdue or will be collected next, including a donation"),
    currency: z.string(),
    term_end: Instant.nullable().describe(
      "When the term that makes the person a member ends. Null without one, and for life",
    ),
    member_until: Instant.nullable().describe(
      "If that term is over and the next one is not paid for: until when the person remains a member",
    ),
    ends: z.boolean().describe("Whether the membership ends with the term"),
    plans: z.array(PlanChoice).describe("To choose from. Empty unless `situation` is `choose`"),
    plan_id: Id.nullable().describe("The plan that the person chose last, if it can be chosen again"),
    time_zone: z.string(),
    organisation: Branding,
  })
  .meta({ id: "DuesOffer" });
export type DuesOffer = z.infer<typeof DuesOffer>;

/** What a form sends. A field that nobody filled in is empty. */
const blank = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

export const PayByLink = z
  .strictObject({
    plan_id: blank(Id).describe("Required if `situation` is `choose`"),
    donation: blank(
      z
        .string()
        .trim()
        .max(9)
        .regex(/^\d{1,6}([.,]\d{1,2})?$/, pageWords()("must_be_amount")),
    )
      .describe("A donation on top of the dues, as people write amounts: not in cents")
      .meta({ example: "15.50" }),
  })
  .meta({ id: "PayByLink" });
export type PayByLink = z.infer<typeof PayByLink>;

export const WhereToPay = z
  .object({ url: z.url().describe("Send the person here right away: the address soon expires") })
  .meta({ id: "WhereToPay" });
export type WhereToPay = z.infer<typeof WhereToPay>;
