import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { Message } from "../http/schemas.ts";
import { editEmailTemplate } from "./edit.ts";
import { getEmailTemplate, listEmailTemplates } from "./find.ts";
import { EmailTemplate, EmailTemplateChange, EmailTemplateKey, EmailTemplateList } from "./schemas.ts";
import { sendTestEmail } from "./send-test.ts";

const tag = "Emails (admin)";
export const emailTemplateRoutes = [
  route({
    method: "get",
    path: "/api/admin/email-templates",
    tag,
    operationId: "listEmailTemplates",
    summary: "List the emails that the platform sends",
    access: permitted("settings.email"),
    response: { 200: EmailTemplateList },
    handle: (ctx) => listEmailTemplates(ctx),
  }),
  route({
    method: "get",
    path: "/api/admin/email-templates/{key}",
    tag,
    operationId: "getEmailTemplate",
    summary: "Read the words of an email, with a preview",
    access: permitted("settings.email"),
    request: { params: EmailTemplateKey },
    response: { 200: EmailTemplate },
    errors: [404],
    handle: (ctx, { params }) => getEmailTemplate(ctx, params.key),
  }),
  route({
    method: "put",
    path: "/api/admin/email-templates/{key}",
    tag,
    operationId: "editEmailTemplate",
    summary: "Change the words of an email",
    description:
      "Texts that are left out stay as they are; null takes the original back. A new text keeps the placeholders that carry facts. Emails that are waiting go out with the new words. If a subject holds a sensitive word while emails are discreet, a neutral subject is used instead, as the preview shows.",
    access: permitted("settings.email"),
    repeatable: true,
    request: { params: EmailTemplateKey, body: EmailTemplateChange },
    response: { 200: EmailTemplate },
    errors: [404],
    handle: (ctx, { params, body }) => editEmailTemplate(ctx, params.key, body),
  }),
  route({
    method: "post",
    path: "/api/admin/email-templates/{key}/test",
    tag,
    operationId: "sendTestEmail",
    summary: "Send an email to myself, with sample data",
    access: permitted("settings.email"),
    request: { params: EmailTemplateKey },
    response: { 200: Message },
    errors: [404],
    handle: (ctx, { params }) => sendTestEmail(ctx, params.key),
  }),
];
