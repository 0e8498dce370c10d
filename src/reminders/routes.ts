import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { listReminders, previewReminders } from "./list.ts";
import { PreviewQuery, ReminderFilters, ReminderPage, ReminderPreview } from "./schemas.ts";

const tag = "Reminders (admin)";
const access = permitted("settings.email");

export const reminderRoutes = [
  route({
    method: "get",
    path: "/api/admin/reminders",
    tag,
    operationId: "listReminders",
    summary: "List reminders",
    description:
      "What was decided, latest first: what went out, and why something did not. With `user_id`, `next` shows what comes in the next 90 days.",
    access,
    request: { query: ReminderFilters },
    response: { 200: ReminderPage },
    handle: (ctx, { query }) => listReminders(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/reminders/preview",
    tag,
    operationId: "previewReminders",
    summary: "Preview reminders",
    description: "What will be due in the next days, if nothing changes.",
    access,
    request: { query: PreviewQuery },
    response: { 200: ReminderPreview },
    handle: (ctx, { query: { days } }) => previewReminders(ctx, days),
  }),
];
