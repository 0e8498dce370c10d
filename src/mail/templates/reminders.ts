import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { formatCents } from "../../money/format.ts";
import { day, lastDay } from "../../time/format.ts";
import { button, facts, template } from "../letter.ts";

/** Asks once more to confirm an address. Repeats nothing that was typed: the mailbox may be a stranger's. */
export const verification_reminder = template({
  data: z.object({ expires_at: z.string() }),
  link: "verify_email",
  compose: ({ expires_at }, { settings, organisation, token }) => ({
    subject: `Please confirm your email address for ${organisation.name}`,
    blocks: [
      "Hello,",
      `Someone, hopefully you, applied to ${organisation.name} with this email address and has not confirmed it yet. Please confirm it only if that was you.`,
      ...button("Confirm my address", token && links.verifyEmail(settings, token)),
      `The link works until ${day(expires_at, organisation.time_zone)}. If this was not you, you can ignore this email, or open the link to tell us. We will not remind you again.`,
    ],
  }),
});

/** To volunteers who may approve applications, while some have waited long. Names nobody. */
export const applications_overdue = template({
  data: z.object({ first_name: z.string(), waiting: z.int() }),
  compose: ({ first_name, waiting }, { settings, organisation }) => ({
    subject: `${organisation.name}: people are still waiting`,
    blocks: [
      `Hello ${first_name},`,
      `${waiting === 1 ? "1 application has" : `${waiting} applications have`} waited for more than 7 days. You get this email at most once a week.`,
      ...button("Review applications", links.waitingApplicants(settings)),
    ],
  }),
});

/** To somebody who was approved and has not paid yet. */
export const payment_reminder = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, organisation }) => ({
    subject: `Your ${organisation.name} dues`,
    blocks: [
      `Hello ${first_name},`,
      "You were approved, and one step is left: your membership begins when you pay your dues. Sign in to choose a plan.",
      ...button("Choose and pay", links.plans(settings)),
      "If you would rather pay us in another way, or if the dues are too much for you, please talk to us. We will work something out.",
    ],
  }),
});

/** To a member whose term is over and not paid for. Cents. */
export const past_due_reminder = template({
  data: z.object({ first_name: z.string(), amount_cents: z.int(), active_until: z.string() }),
  compose: ({ first_name, amount_cents, active_until }, { settings, organisation }) => ({
    subject: `About your ${organisation.name} dues`,
    blocks: [
      `Hello ${first_name},`,
      "Your dues are past due. You are still a member, and you stay one if you pay in time.",
      facts(
        ["Amount due", formatCents(amount_cents, settings.CURRENCY)],
        ["Active until", lastDay(active_until, organisation.time_zone)],
      ),
      ...button("Pay my dues", links.plans(settings)),
      "If you have just paid, thank you, and please ignore this email. If the dues are too much for you, please talk to us. We will work something out.",
    ],
  }),
});
