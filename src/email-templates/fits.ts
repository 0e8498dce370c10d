import { invalidInput } from "../http/errors.ts";
import type { Template } from "../mail/letter.ts";
import { whatIsWrongWith } from "../mail/words.ts";
import type { EmailTemplateChange } from "./schemas.ts";

/** Refuses texts that the template does not have, and placeholders that are unknown or missing: 400, by name. */
export function assertFits({ words }: Template, { subject, texts = {} }: EmailTemplateChange): void {
  const changes = [
    ...(subject === undefined ? [] : [{ path: "subject", name: "subject", text: subject }]),
    ...Object.entries(texts).map(([name, text]) => ({ path: `texts.${name}`, name, text })),
  ];
  const errors = changes.flatMap(({ path, name, text }) => {
    const original = Object.hasOwn(words, name) && path !== "texts.subject" ? words[name] : undefined;
    if (original === undefined) {
      if (path !== "subject")
        return [{ path: "texts", message: `must not name ${name}, which is no text of this template` }];
      return text === null
        ? []
        : [{ path, message: "cannot be changed: this email has a subject of its own each time" }];
    }
    const wrong = text === null ? null : whatIsWrongWith(text, original, words);
    return wrong ? [{ path, message: wrong }] : [];
  });
  if (errors.length > 0) throw invalidInput(errors);
}
