import * as z from "zod";
import type { Settings } from "../env.ts";
import type { MailSender } from "../organisation/organisation.ts";
import type { ChangedWords } from "./changed-words.ts";
import { COMMON_WORDS } from "./common-words.ts";
import { discreetly } from "./discreet.ts";
import { formatsFor } from "./formats.ts";
import type { Letter, Template } from "./letter.ts";
import { localeOf, speaker } from "./words.ts";

/** For whom a mail is composed, and with what. */
export interface Occasion {
  settings: Settings;
  organisation: MailSender;
  token?: string | undefined;
  changed?: ChangedWords | undefined;
  /** Null: the reader has no account. */
  language?: string | null;
  time_zone?: string | null;
}

/** A mail to oneself that shows a template. */
const Shown = z.object({ is_test: z.literal(true) });
export const isTest = (data: unknown): boolean => Shown.safeParse(data).success;

/** Writes a mail in the reader's language, with the words that volunteers changed. Throws if the data does not fit. */
export function composeMail(template: Template, data: unknown, occasion: Occasion): Letter {
  const { settings, organisation, token, changed, language, time_zone } = occasion;
  const locale = localeOf(language);
  const parsed = template.data.parse(data);
  const known = { organization: organisation.name, ...firstNameIn(parsed) };
  const { subject: changed_subject, texts } = changed ?? { subject: null, texts: {} };
  const say = speaker(template.words, known, {
    ...texts,
    ...(changed_subject !== null && { subject: changed_subject }),
  });
  const common = speaker(COMMON_WORDS[locale], known);
  const composed = template.compose(parsed, {
    settings,
    organisation,
    token,
    say,
    common,
    format: formatsFor({
      locale,
      currency: settings.CURRENCY,
      time_zone: organisation.time_zone,
      own_time_zone: time_zone ?? null,
    }),
  });
  const subject = composed.subject ?? say("subject");
  const letter = {
    ...composed,
    subject: isTest(data) ? common("test", { subject }) : subject,
    preheader: say("preheader"),
    locale,
  };
  return discreetly(letter, organisation, common);
}

const Named = z.object({ first_name: z.string() });
const firstNameIn = (data: unknown) => Named.safeParse(data).data ?? {};
