import * as z from "zod";
import { Line, Text } from "../http/schemas.ts";
import type { TemplateKey } from "../mail/templates.ts";

/** Which template. */
export const EmailTemplateKey = z.object({
  key: z
    .string()
    .min(1)
    .max(100)
    .meta({ example: "approval" satisfies TemplateKey }),
});

export const EmailTemplateSummary = z
  .object({
    key: z.string().meta({ example: "approval" }),
    subject: z.string().describe("As it is now, with its placeholders"),
    changed: z.boolean().describe("Whether volunteers changed any of its words"),
  })
  .meta({ id: "EmailTemplateSummary" });

export const EmailTemplateList = z.object({ items: z.array(EmailTemplateSummary) }).meta({ id: "EmailTemplateList" });
export type EmailTemplateList = z.infer<typeof EmailTemplateList>;

const Wording = z.object({
  name: z.string().meta({ example: "what_happened" }),
  original: z.string(),
  changed: z.string().nullable().describe("What volunteers wrote instead. Null: the original is used"),
  placeholders: z
    .array(z.string())
    .describe("Which placeholders the text may have, such as `first_name` for {first_name}"),
  required: z.array(z.string()).describe("Which of them it must have"),
});
export type Wording = z.infer<typeof Wording>;

export const EmailTemplate = z
  .object({
    key: z.string().meta({ example: "approval" }),
    subject: Wording,
    texts: z.array(Wording).describe("The other texts. Some are used only on some occasions"),
    preview: z
      .object({ subject: z.string(), preheader: z.string(), html: z.string(), text: z.string() })
      .describe("The email as it is now, with sample data"),
  })
  .meta({ id: "EmailTemplate" });
export type EmailTemplate = z.infer<typeof EmailTemplate>;

export const EmailTemplateChange = z
  .strictObject({
    subject: Line(200).nullable().optional().describe("Null: back to the original"),
    texts: z
      .record(z.string().min(1).max(100), Text(2000).nullable())
      .optional()
      .describe(
        "New words by the name of the text. Null: back to the original. Texts that are left out stay as they are",
      ),
  })
  .meta({ id: "EmailTemplateChange", example: { texts: { what_happened: "Good news: we would love to have you." } } });
export type EmailTemplateChange = z.infer<typeof EmailTemplateChange>;
