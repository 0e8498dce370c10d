import { eq } from "drizzle-orm";
import * as z from "zod";
import { sign } from "../../access/signatures.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { Message } from "../../http/schemas.ts";
import { calendar_tokens } from "../../tables/events.ts";

export const CalendarTokenInput = z.strictObject({
  show_titles: z
    .boolean()
    .default(false)
    .describe(
      "Whether the feed names the events and their places. Others may see your calendar, so it does not by default",
    ),
});
export type CalendarTokenInput = z.infer<typeof CalendarTokenInput>;

export const CalendarToken = z
  .object({
    url: z.string().describe("The feed, for your calendar. Whoever knows it can read it"),
    show_titles: z.boolean(),
  })
  .meta({ id: "CalendarToken" });
export type CalendarToken = z.infer<typeof CalendarToken>;

/** Makes the address of my feed, and revokes the one before. */
export async function renewCalendarToken(
  ctx: SignedInContext,
  { show_titles }: CalendarTokenInput,
): Promise<CalendarToken> {
  const id = crypto.randomUUID();
  await ctx.transact((t) =>
    t.effect(
      query
        .insert(calendar_tokens)
        .values({ id, user_id: ctx.user_id, show_titles })
        .onConflictDoUpdate({ target: calendar_tokens.user_id, set: { id, show_titles } }),
    ),
  );
  const token = await sign(ctx.settings, "calendar", id);
  return { url: `${ctx.settings.API_URL}/api/calendar/${token}.ics`, show_titles };
}

/** Revokes the address of my feed. Repeating changes nothing. */
export async function revokeCalendarToken({ transact, user_id }: SignedInContext): Promise<Message> {
  await transact((t) => t.effect(query.delete(calendar_tokens).where(eq(calendar_tokens.user_id, user_id))));
  return { message: "Your calendar no longer gets your events." };
}
