import { HOW_PAID } from "../mail/common-words.ts";
import { PLAN_WORDS } from "../mail/plan-words.ts";
import { type Locale, type Say, speaker } from "../mail/words.ts";

const ENGLISH = {
  error: "That did not work",
  back: "Go back",
  invalid_field: "The {field} {problem}.",
  try_again: "{problems} Please go back and try again.",
  /** What pages say instead of the API's own sentence, by the code of the refusal. */
  refused_stripe_unavailable:
    "Payments are not possible right now, and nothing was charged. Please try again in a few minutes.",
  refused_portal_not_set_up: "You cannot enter a new card here yet. Please write to us, and we will help you.",
  refused_database_unavailable: "We could not reach our database. Please try again in a few minutes.",
  go_to: "Go to {organization}",
  add_events: "Add our public events to your calendar",

  address_confirmed: "Your address is confirmed",
  password_in_doubt:
    "It was used to apply more than once, and we cannot tell which password is yours. So none of them works: please choose a new one. You can do that now, or later with the link that we are emailing you. Then please check your profile: somebody else may have filled it in.",
  no_password_yet: "Your account has no password yet. To choose one, please ask for a link where you sign in.",
  other_account:
    "You already have an account, from another application with this address. Please sign in to it. In case you do not know its password, we are emailing you a link to choose a new one.",
  decided: "Thank you! There is nothing else you need to do.",
  volunteers_decide:
    "Thank you! Our volunteers will now look at your application, and we will email you as soon as they have decided. There is nothing else you need to do.",
  choose_password: "Choose a password",
  confirmed_without_password: "Your address is confirmed, but your account has no password yet.",
  continue: "Continue",
  offer_link:
    "You already have an account, from another application with this address. Please sign in to it. If you do not know its password, we can send you a link to choose a new one.",
  send_link: "Send me the link",
  please_confirm: "Please confirm your email address",
  several_applied:
    "This address was used to apply to {organization} more than once, and we cannot tell which password is yours. If you applied, please confirm that the address is yours. You will then choose a new password, and no other will work.",
  someone_applied:
    "Someone applied to {organization} with this address and chose a password. Please confirm the address only if that was you: whoever knows the password can then sign in.",
  confirm: "Confirm my address",
  not_me: "This was not me",
  thanks_for_telling: "Thank you for telling us",
  application_removed:
    "We removed this application, so nobody can use it. If you also applied yourself, please follow the link in your other email, or apply again.",

  someone_moves:
    "Someone asked to use this address for their account at {organization}. Please confirm it only if that was you.",
  moved: "From now on, we write to this address, and you sign in with it. There is nothing else to do.",

  new_password: "Choose a new password",
  who_forgot: "Tell us the email address of your account. We will send you a link to choose a new password.",
  email_address: "Email address",
  check_email: "Check your email",
  link_sent: "If there is an account with this address, we have sent a link to choose a new password.",
  password_rule: "It needs at least 8 characters.",
  new_password_label: "New password",
  change_password: "Change my password",
  password_changed: "Your password is changed",
  signed_out: "All devices were signed out. Please sign in with your new password.",

  open_account: "Open your account",
  record_here:
    "{organization} has a record with this email address. If it is yours, choose a password of at least 8 characters to see the record and keep it up to date. If this is not meant for you, just close this page.",
  password: "Password",
  open_my_account: "Open my account",
  account_open: "Your account is open",
  sign_in_now: "Thank you. Please sign in with your email address and your new password.",

  welcome: "Welcome to {organization}",
  invited:
    "To accept your invitation, tell us your name and choose a password of at least 8 characters. You will sign in with {email}.",
  first_name: "First name",
  last_name: "Last name (if you have one)",
  accept: "Accept the invitation",
  account_ready: "Your account is ready",
  sign_in_as: "Please sign in with {email} and your new password. We will email you about the next steps.",

  thanks: "Thank you",
  question_settled: "This question is settled. You do not need to answer anymore.",
  do_you_know: "Do you know {name}?",
  about_vouching:
    "{name} applied to {organization} and wrote down who knows them. We think that they mean you. Say yes if you have met them and would be glad to see them here. Volunteers who look after applications see your answer. If the applicant downloads the data that we keep about them, it includes the answer but not your name.",
  i_know_them: "Yes, I know them",
  i_do_not_know_them: "No, I do not know them",
  thanks_for_answer: "Thank you for your answer",
  answer_seen: "Volunteers who look after applications can see it now.",

  cannot_come_after_all: "Cannot come after all?",
  confirm_not_coming:
    "Please confirm that you are not coming to “{event}”. If you have a seat, somebody else can have it then.",
  i_cannot_come: "I cannot come",
  not_coming: "We noted that you are not coming. We hope to see you another time.",

  unsubscribe_from: "Unsubscribe from {what}?",
  no_longer: "We will no longer email you {what}. You will still get receipts and other emails about your account.",
  unsubscribe: "Unsubscribe",
  unsubscribed: "You are unsubscribed",
  no_longer_or_undo: "We will no longer email you {what}. If that was a mistake, you can subscribe again here.",
  subscribe_again: "Subscribe again",
  subscribed_again: "You are subscribed again",
  again: "We will email you {what} again.",
  of_newsletter: "our newsletter",
  of_event_news: "news about events",
  of_reminders: "reminders of events and dues",

  dues_paid: "Dues ({plan}): {amount}",
  donation_paid: "Donation: {amount}",
  dues_confirmed:
    "Your payment is confirmed and your membership is active. We are emailing you a receipt. There is nothing else to do.",
  dues_on_their_way:
    "As soon as your payment is confirmed, your membership becomes active and we email you a receipt. If you pay from a bank account, this takes a few days. There is nothing else to do.",
  donation_confirmed: "Your donation has arrived, and we are emailing you a receipt. You make our work possible.",
  donation_on_its_way:
    "As soon as your donation is confirmed, we email you a receipt. If you pay from a bank account, this takes a few days. You make our work possible.",
  payment_on_its_way:
    "We will email you as soon as your payment is confirmed. If you pay from a bank account, this takes a few days. If you paid your dues, your membership becomes active at that time.",
  nothing_to_pay:
    "There is nothing to pay. Your membership is active, and we are emailing you a confirmation. There is nothing else to do.",
  nothing_paid: "Nothing was paid",
  left_before_paying:
    "You left before paying, so nothing was charged. You can start again whenever you like, in the same way as before.",
  your_payments: "Your payments",
  changes_saved: "If you changed anything, it is saved. You can close this page.",

  ...HOW_PAID,
  statement: "Giving statement {year}",
  as_of: "As of {moment}",
  our_address: "Our address",
  our_tax_id: "Our tax ID",
  questions: "Questions",
  donor: "Donor",
  email: "Email",
  period: "Period",
  whole_year: "January 1 to December 31, {year}",
  as_of_label: "As of",
  summary: "Summary",
  received: "Received",
  refunded: "Refunded",
  net: "Net",
  donations: "Donations",
  top_ups: "Given on top of membership dues",
  total_given: "Total given",
  none_this_year: "None this year.",
  paid_on: "Paid on",
  receipt: "Receipt",
  payment: "Payment",
  total: "Total",
  membership_dues: "Membership dues",
  dues_are_no_gift: "Dues are not donations and are not part of the total given.",
  how_counted: "How this is counted",
  counted_by_day:
    "A payment counts in the year in which it was made, and a refund in the year in which the money went back. If a payment shows nothing received, it was made in an earlier year.",
  page_of: "Page {page} of {pages}",
  the_title: "the title",
  this_paragraph: "this paragraph",
  not_every_character: "This PDF cannot show every character of {part}. The printable page can.",

  ...PLAN_WORDS,
  your_dues: "Your dues",
  membership_begins: "Your membership begins when you pay your dues.",
  next_term: "Your membership runs until {day}. The next term begins then, so you lose nothing by paying early.",
  free_term:
    "Your membership runs until {day}. A plan that renews automatically replaces it as soon as you pay. Any other plan begins after that day.",
  term_over: "Your term is over. You are still a member, and you stay one if you renew by {day}.",
  no_plan_yet: "Your membership runs until {day}. After that day, please come back to this page and choose a plan.",
  no_plan_on_offer: "There is no plan to choose from at the moment. Please write to us, and we will help you.",
  choose_plan: "Choose a plan",
  donation_on_top: "Add a donation, if you like ({currency})",
  go_on: "Continue",
  overdue: "We could not collect your dues of {amount}.",
  overdue_member:
    "We could not collect your dues of {amount}. You are still a member, and you stay one if you pay by {day}.",
  pay_dues: "Pay my dues",
  renews: "There is nothing to pay now. Your membership renews automatically on {day}, for {amount}.",
  ends: "There is nothing to pay. Your membership ends on {day}, and we will not collect any more dues.",
  new_card: "Enter a new card",
  to_cancel: "To cancel your membership, please sign in, or reply to the email that brought you here.",
  nothing_to_pay_now: "Nothing to pay",
  paid_until: "Your membership runs until {day}, and there is nothing to pay now. Thank you!",
  paid_for_life: "You are a member for life, and there is nothing to pay. Thank you!",
  paused:
    "Your membership is paused, so there is nothing to pay. Whenever you would like to resume it, please write to us.",
  processing:
    "Your bank is processing your payment. That can take a week. We will email you as soon as it answers, so there is nothing to do now.",
  bank_took_back: "Your bank took back your dues. Please write to us, and we will tell you how to pay them.",
  other_payment: "If you would rather pay another way, or if the dues are too much for you, please write to us.",

  pay_link_not_valid:
    "This link does not work. Please use the link in our latest email. If that does not help, reply to it.",
  pay_link_too_old:
    "This link is too old. Please use the link in our latest email. If that does not help, reply to it.",
  overdue_first: "Your dues are overdue. Please go back and pay them, or write to us if you would like another plan.",
  nothing_open: "There is nothing to pay now. If you have just paid, thank you! Otherwise, please write to us.",
  must_be_chosen: "must be chosen",
  must_be_amount: "must be an amount, such as 15 or 15.50",

  coming_up: "Coming up",
  appointment: "Appointment",

  photos_none: "no photos",
  photos_members: "photos for members only",
  photos_public: "photos are fine",
  with_one_guest: "with 1 guest",
  with_guests: "with {count} guests",
  show_at_the_door: "Please show this at the door. Whoever shows it is checked in under your name.",
  check_in: "Check in",
  undo: "Undo",
  code: "Code",
  at_the_door:
    "Checked in, with guests: {present}. Expected, with guests: {expected}. Counted without a seat: {walk_ins}.",
  just_checked_in: "{name} is checked in.",
  checked_in_before: "This code was already used at {time}. If that was somebody else, ask both for their names.",
  refresh: "Refresh the list",
  count_walk_in: "Count somebody without a seat",
  take_back_walk_in: "Take one back",
} as const;

type PageWords = typeof ENGLISH;

/** All words of all pages, by language. */
const PAGE_WORDS: Record<Locale, Record<keyof PageWords, string>> & { en: PageWords } = { en: ENGLISH };

/** The language of every page. There is no other yet, and people who open a page are not signed in. */
export const PAGE_LOCALE: Locale = "en";

/** What a page says of a refusal with this code. Undefined: what the API says of it. */
export function refusalInWords(code: string): string | undefined {
  const words: Readonly<Record<string, string>> = PAGE_WORDS[PAGE_LOCALE];
  return words[`refused_${code}`];
}

/** Says the texts of pages. */
export const pageWords = (organization?: string): Say<PageWords> =>
  speaker(PAGE_WORDS[PAGE_LOCALE], organization === undefined ? {} : { organization });
