import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { kindOf, type MailKind } from "../mail/lanes.ts";
import type { OutgoingMail } from "../mail/outbox.ts";
import { PREFERENCES } from "../mail/preferences.ts";
import { inQuietHours, outsideQuietHours } from "../mail/quiet-hours.ts";
import type { TemplateKey } from "../mail/templates.ts";
import { mailableAddress, users } from "../tables/people.ts";

/** A kind of reminder: a line of the table in kinds.ts. */
export interface Declared<Key extends TemplateKey> {
  /** How `reminders.kind` names it. */
  name: string;
  /** For docs/reminders.md: whom it goes to, and when. */
  who: string;
  when: string;
  template: Key;
  data: OutgoingMail<Key>["data"];
  /** `from …`: every row that could be due, with the `users` row of whoever is reminded. Nothing stands after its joins. */
  from: (now: SQL) => SQL;
  /** The id of the row that it is about. */
  subject: SQLWrapper;
  due_at: (now: SQL) => SQL;
  /** From then on it is too late. */
  until: (now: SQL) => SQL;
  /** What makes it true. When this no longer holds, it is moot. We ask again just before the mail goes out. */
  holds: (now: SQL) => SQL | undefined;
  /** Whether it waits for the end of quiet hours. */
  can_wait?: SQL;
  /**
   * An interval. Two due dates of one subject that are closer than this are the same reminder, moved by a change of the
   * settings or of the subject.
   */
  same_within: SQL;
  /** Where it goes, if not to the confirmed address. */
  to?: SQLWrapper;
  account_token_id?: SQLWrapper;
}

/** Why a reminder that was to go out does not. */
export type Moot = "no_longer_true" | "overtaken" | "out_of_time";
const moot = (why: Moot) => sql.raw(`'${why}'`);

export type Kind = Omit<Declared<TemplateKey>, "data" | "to" | "account_token_id"> & {
  opt_out: MailKind | null;
  /** The reminders that are true now, whenever they are due. */
  selectTrue(now: SQL): SQL;
  /** Why a row of `of`, an alias of `reminders`, must not go out anymore: one of {@link Moot}. Null if it is still true. */
  whyMoot(now: SQL, of: SQL): SQL;
  /** Writes the mails of those rows of `decided`, an alias that `written` defines, whose outcome is `sent`. */
  mail(t: Plan, now: SQL, written: SQL): void;
};

/** Completes a line of the table. */
export function kind<Key extends TemplateKey>(declared: Declared<Key>): Kind {
  const {
    template,
    data,
    from,
    subject,
    until,
    holds,
    same_within,
    can_wait = sql`true`,
    to = mailableAddress,
  } = declared;
  const due_at = (now: SQL) => sql`(${declared.due_at(now)})::timestamptz(3)`;
  const opt_out = kindOf(template);
  const isAbout = (of: SQL) => sql`${of}.subject_id = ${subject} and ${of}.user_id = ${users.id}`;
  const isRow = (now: SQL, of: SQL) => sql`${isAbout(of)} and ${of}.due_at = ${due_at(now)}`;
  /** Whether the next of the series is due too. */
  const isOvertaken = (now: SQL, of: SQL) => sql`exists (
    select ${from(now)} where ${holds(now)} and ${isAbout(of)} and ${due_at(now)} > ${of}.due_at and ${due_at(now)} <= ${now})`;
  return {
    ...declared,
    due_at,
    can_wait,
    opt_out,
    selectTrue: (now) => sql`
      select ${subject} as subject_id, ${users.id} as user_id, ${due_at(now)} as due_at, ${until(now)} as until,
        ${to} is not null as reachable, ${opt_out ? PREFERENCES[opt_out].wanted : sql`true`} as wanted,
        ${can_wait} and ${inQuietHours(now)} as waits, ${same_within} as same_within,
        case when ${can_wait} then ${outsideQuietHours(due_at(now))} else ${due_at(now)} end as goes_at
      ${from(now)} where ${holds(now)}`,
    whyMoot: (now, of) => {
      const isOne = (what: SQL) =>
        sql`exists (select ${from(now)} where ${holds(now)} and ${isRow(now, of)} and ${what})`;
      return sql`case
        when ${isOvertaken(now, of)} then ${moot("overtaken")}
        when ${isOne(sql`${until(now)} > ${now}`)} then null
        when ${isOne(sql`true`)} then ${moot("out_of_time")}
        else ${moot("no_longer_true")} end`;
    },
    mail: (t, now, written) =>
      t.mail(template, {
        id: sql`decided.email_id`,
        to: sql`reminded.to_email`,
        user_id: sql`decided.user_id`,
        account_token_id: sql`reminded.account_token_id`,
        data: columnsOf(data),
        with: written,
        // A subquery with a limit is asked by the primary keys for each row. A join was planned as one over everybody.
        from: sql`from decided cross join lateral (
            select ${sql.join(selected(data), sql`, `)}, ${to} as to_email,
              ${declared.account_token_id ?? sql`null::uuid`} as account_token_id,
              case when ${can_wait} then ${outsideQuietHours(now)} else ${now} end as not_before
            ${from(now)} where ${holds(now)} and ${isRow(now, sql`decided`)} limit 1) as reminded
          where decided.outcome = 'sent'`,
        not_before: sql`reminded.not_before`,
      }),
  };
}

/** What a mail says, as columns of the subquery `reminded`. */
const selected = (data: Record<string, SQLWrapper>): SQL[] =>
  Object.entries(data).map(([name, value]) => sql`${value} as ${sql.identifier(`its_${name}`)}`);

/** The same columns as the outer query reads them. They keep their types. */
const columnsOf = <Data extends Record<string, SQLWrapper>>(data: Data): Data => {
  const columns: Record<string, SQLWrapper> = Object.fromEntries(
    Object.keys(data).map((name) => [name, sql`reminded.${sql.identifier(`its_${name}`)}`]),
  );
  return columns as Data;
};
