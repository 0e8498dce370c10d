/**
 * Ids of sample rows that never change, so that the examples in the OpenAPI document can name them. Append only: an id
 * follows from the place of its name.
 */
const ids = <const Name extends string>(kind: number, names: readonly Name[]) =>
  Object.fromEntries(names.map((name, index) => [name, sampleId(kind, index + 1)])) as Record<Name, string>;

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, "0");
const sampleId = (kind: number, number: number) => `10af${hex(kind, 4)}-0000-4000-8000-${hex(number, 12)}`;

export const SAMPLE = {
  person: ids(1, [
    ...(["sam", "uma", "wim", "wanda", "mo", "appa", "ada", "axel", "fin", "vera", "remy", "flo"] as const),
    ...([
      "nia",
      "ned",
      "noa",
      "nell",
      "nils",
      "nico",
      "lee",
      "pia",
      "cleo",
      "rex",
      "una",
      "eve",
      "nora",
      "mona",
      "robin",
      "paula",
      "dana",
    ] as const),
  ]),
  plan: ids(2, ["yearly", "monthly", "supporter", "lifetime", "student"]),
  event: ids(3, [
    ...(["picnic", "film_night", "potluck", "board_games", "coffee", "hike", "gala"] as const),
    ...(["cooking", "open_mic", "choir", "book_club", "rehearsal"] as const),
    ...(["walk", "pottery"] as const),
  ]),
  role: ids(4, ["host", "librarian", "photographer"]),
  subscription: ids(5, ["ada", "axel", "fin", "vera", "flo", "pia", "cleo", "rex", "mona", "robin"]),
  donation: ids(6, ["ada", "friend", "anonymous", "failed", "sam", "given_twice", "old_friend"]),
  session: ids(7, ["lost_phone"]),
  invitation: ids(8, ["to_remind", "to_withdraw"]),
  import_job: ids(9, ["checked", "to_apply", "applied", "to_activate"]),
  note: ids(10, ["to_edit", "to_delete"]),
  vouching: ids(11, ["about_wanda"]),
  door_link: ids(12, ["gate"]),
  newsletter: ids(13, ["spring", "summer", "autumn", "winter", "on_paper", "old_draft", "sent"]),
  report: ids(14, ["last_year", "draft", "without_file", "old_draft"]),
  bylaws: ids(15, ["conduct", "draft", "without_file", "old_draft"]),
  mail: ids(16, ["failed"]),
  audit_entry: ids(17, ["grace_days"]),
};

export type SamplePerson = keyof typeof SAMPLE.person;

/** One of Stripe's events, which waits for a person. */
export const SAMPLE_STRIPE_EVENT = "evt_1Rz2Xk2eZvKYlo2CXGQYqQ0V";

/** A year that is over, with donations and a report in the sample data. */
export const SAMPLE_YEAR = 2024;
