import { SAMPLE } from "../../local/sample-ids.ts";

const INSTANT = "2027-03-01T18:30:00.000Z";
const DAY = "2027-03-01";
const LINK = "https://api.example.org/files/logo/aaaaaaaaaaaaaaaaaaaaaa/light.webp";
const { person, plan, event } = SAMPLE;

/** What a text of this name looks like, where its schema does not say so. A list holds such texts. */
const VALUES: Record<string, string | null> = {
  access_token: "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJ1c2VyX2lkIjoi.dGhlIHNpZ25hdHVyZQ",
  accent_colour: "#e4572e",
  acknowledgement: "No goods or services were provided in exchange for this gift.",
  action: "update",
  address: "12 Garden Street\nNew York, NY 10001",
  answer: "Vegetarian",
  applicant_name: "Wanda Waiting",
  bio: "I bake sourdough, and look after the website.",
  body: "The garden is open again. **Come and see it!**",
  cancel_reason: "Moving away this summer",
  caption: "By the pond",
  card_brand: "visa",
  card_last4: "4242",
  cells: "Ada",
  changed: "Good news: we would love to have you.",
  check_in_code: "4F09A1C3",
  choices: "Vegetarian",
  code: "greeter",
  currency: "usd",
  description: "Bring something to share. We have blankets.",
  detail: "You are not allowed to do this.",
  donor_name: "Alex Example",
  ended_roles: "admin",
  event: "Board game evening",
  event_title: "Board game evening",
  external_id: "A-1042",
  failure: "The file has no header",
  file_name: "people.csv",
  first_name: "Ada",
  from: DAY,
  header: "Given name",
  html: "<p>The garden is open again.</p>",
  kind: "payment",
  label: "Robin at the gate",
  last_error: "The mail provider responded with 500.",
  last_name: "Active",
  late_jobs: "reconcile",
  legal_name: "Adelaide Active",
  location: "Library, room 2",
  message: "Please check your email.",
  name: "Ada Active",
  next_cursor: null,
  notes: "Prefers to pay by check",
  object_id: "in_1Rz2Xk2eZvKYlo2CAbCdEfGh",
  original: "We would love to have you.",
  partner_first_name: "Pat",
  partner_last_name: "Partner",
  path: "email",
  phone: "+12125550123",
  placeholders: "first_name",
  plan_name: "Yearly",
  postal_address: "1 Example Street\nNew York, NY 10001",
  preheader: "What happens next",
  primary_colour: "#6a2c91",
  pronouns: "she/her",
  purpose: "So that the cook knows how much to buy",
  qr_svg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
  question: "What would you like to eat?",
  read_by: "Vera Volunteer",
  reason: "We could not reach you to say hello.",
  recipient_tag: "choir",
  recovery_codes: "ABCD-EFGH-IJKL-MNOP-QRST-UVWX",
  referred_by: "Axel Active",
  rejection_reason: "We could not reach you to say hello.",
  repeated_columns: "Email",
  required: "link",
  role: "admin",
  roles: "admin",
  search: "ada",
  secret: "JBSWY3DPEHPK3PXP",
  sensitive_words: "clinic",
  separator: ",",
  session_id: "cs_test_a1B2c3D4e5F6",
  statement_descriptor_suffix: "DONATION",
  status: "succeeded",
  stripe_checkout_session_id: "cs_test_a1B2c3D4e5F6",
  stripe_id: "re_3Rz2Xk2eZvKYlo2C0AbCdEfG",
  stripe_invoice_id: "in_1Rz2Xk2eZvKYlo2CAbCdEfGh",
  stripe_payment_intent_id: "pi_3Rz2Xk2eZvKYlo2C0AbCdEfG",
  stripe_publishable_key: "pk_test_a1B2c3D4e5F6",
  stripe_subscription_id: "sub_1Rz2Xk2eZvKYlo2CAbCdEfGh",
  subject: "About Sunday",
  tag: "speaks spanish",
  tags: "speaks spanish",
  tax_id: "12-3456789",
  template: "approval",
  text: "The garden is open again.",
  time_zone: "America/New_York",
  title: "Board game evening",
  to: DAY,
  unknown_columns: "Favorite color",
  user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  version: "2025-1",
};

const PATTERNS: [RegExp, string][] = [
  [/(^|_)email$/, "ada@example.org"],
  [/(_by|^author)_name$|^.*_name$/, "Sam Superadmin"],
  [/otpauth_url/, "otpauth://totp/LOAF:ada@example.org?secret=JBSWY3DPEHPK3PXP&issuer=LOAF"],
  [/(^|_)(url|location)$/, LINK],
  [/token$/, `${SAMPLE.session.lost_phone}.1.dGhlIHNpZ25hdHVyZQ`],
];

/** Ids, by the name of what they belong to. All others are a person's. */
const IDS: [RegExp, string][] = [
  [/plan/, plan.yearly],
  [/event|series/, event.board_games],
  [/role/, SAMPLE.role.host],
  [/document/, SAMPLE.bylaws.conduct],
  [/subscription/, SAMPLE.subscription.ada],
  [/donation/, SAMPLE.donation.ada],
  [/audit/, SAMPLE.audit_entry.grace_days],
];

/** What a text of a name and a format looks like. Undefined if nobody has written that down. */
export function textNamed(name: string, format: unknown): string | null | undefined {
  const found = (patterns: [RegExp, string][]) => patterns.find(([pattern]) => pattern.test(name))?.[1];
  if (format === "uuid") return found(IDS) ?? person.ada;
  if (format === "date-time") return INSTANT;
  if (format === "date") return DAY;
  return name in VALUES ? VALUES[name] : found(PATTERNS);
}
