import type { PaymentMethod } from "../money/payment-method.ts";
import type { Locale } from "./words.ts";

/** How something was paid, in the words of mails and statements. */
export const HOW_PAID = {
  stripe: "Online",
  cash: "In cash",
  cheque: "By check",
  complimentary: "Complimentary",
  outside_stripe: "Outside of Stripe",
} as const satisfies Record<PaymentMethod, string>;

const ENGLISH = {
  /** The sender, subject and preview of a mail that must not show its own. */
  neutral_subject: "A message from {organization}",
  most_neutral_subject: "A message for you",
  neutral_preheader: "Open this email to read it.",

  questions: "Questions? Write to {contact_email}.",
  where_you_sign_in:
    "Please go to the website or app where you use your account at {organization}. If you do not know where that is, reply to this email.",
  if_the_button_fails: "If the button does not work, open this address:",
  test: "Test: {subject}",
  unsubscribe: "Stop emails like this one",

  received_from: "Received from",
  received_by: "Received by",
  from: "From",
  address: "Address",
  tax_id: "Tax ID",
  receipt_number: "Receipt number",
  date: "Date",
  dues: "Dues",
  donation: "Donation",
  total: "Total",
  how_paid: "Payment",
  paid_until: "Paid until",
  valid_until: "Valid until",
  amount: "Amount",
  amount_due: "Amount due",
  refunded: "Refunded",
  what_for: "For",
  plan: "Plan",
  card: "Card",
  what: "What",
  when: "When",
  where: "Where",
  online: "Online",
  device: "Device",

  ...HOW_PAID,
} as const;

/** The words that many mails share, by language. */
export const COMMON_WORDS: Record<Locale, Record<keyof typeof ENGLISH, string>> & { en: typeof ENGLISH } = {
  en: ENGLISH,
};
export type CommonWords = typeof ENGLISH;
