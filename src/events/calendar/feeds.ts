import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { unsign } from "../../access/signatures.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { notFound, Refusal } from "../../http/errors.ts";
import { pageWords } from "../../http/page-words.ts";
import { by } from "../../http/pagination.ts";
import type { Download } from "../../http/route.ts";
import { selectBranding } from "../../organisation/organisation.ts";
import { calendar_tokens, event_rsvps, events } from "../../tables/events.ts";
import { users } from "../../tables/people.ts";
import { type AnswerLink, readAnswerLink } from "../answer-link.ts";
import { EVENT_NOT_FOUND } from "../find.ts";
import { placeFor } from "../place.ts";
import { byStart } from "../public.ts";
import { joinAnswer } from "../schemas.ts";
import { calendarFile } from "./calendar.ts";

/** How many events a feed has at most, and how far back it goes. */
const MOST = 1000;
const recent = sql`${events.end_at} > now() - interval '90 days'`;

const columns = {
  id: events.id,
  title: events.title,
  start_at: events.start_at,
  end_at: events.end_at,
  sequence: events.sequence,
  cancelled_at: events.cancelled_at,
  updated_at: events.updated_at,
};

/** Published events, as this person may know them; null for a stranger. */
const publishedEvents = (viewer: string | null, which: SQL) =>
  query
    .select({
      ...columns,
      description: events.description,
      ...placeFor(sql`${viewer}::uuid`, event_rsvps.rsvp_status),
      tentative: sql<boolean>`coalesce(${event_rsvps.rsvp_status} <> 'yes', false)`,
    })
    .from(events)
    .leftJoin(event_rsvps, joinAnswer(viewer))
    .where(and(events.published, which))
    .orderBy(...by(byStart("soonest", false)))
    .limit(MOST);

/** The published events, with the places that everybody may know. */
export async function publicFeed(ctx: Context): Promise<Download> {
  const { found, organisation } = await ctx.transact((t) => ({
    found: t.many(publishedEvents(null, recent)),
    organisation: t.one(selectBranding(ctx.settings)),
  }));
  return calendarFile(organisation.name, found);
}

/** One published event, as everybody may know it. 404 for a draft. */
export const eventFile = (ctx: Context, id: string): Promise<Download> => fileOf(ctx, id, null);

/** The event that a mail is about, as whoever got the mail may know it. 400 unless we made the link, 404 for a draft. */
export async function answeredEventFile(ctx: Context, { token }: AnswerLink): Promise<Download> {
  const { event_id, user_id } = await readAnswerLink(ctx, token);
  return fileOf(ctx, event_id, user_id);
}

async function fileOf(ctx: Context, id: string, viewer: string | null): Promise<Download> {
  const event = await ctx.transact((t) =>
    t.one(publishedEvents(viewer, sql`${eq(events.id, id)}`), new Refusal(...EVENT_NOT_FOUND)),
  );
  return calendarFile(event.title, [event]);
}

/** What stands for an event whose title the reader's neighbors should not see. */
const NEUTRAL = pageWords()("appointment");

/** The events that somebody answered. 404 once the token was revoked. */
export async function personalFeed(ctx: Context, token: string): Promise<Download> {
  const token_id = await unsign(ctx.settings, "calendar", token);
  if (!token_id) throw notFound();
  const { feed, found, organisation } = await ctx.transact((t) => ({
    organisation: t.one(selectBranding(ctx.settings)),
    feed: t.maybe(
      query
        .select({ show_titles: calendar_tokens.show_titles })
        .from(calendar_tokens)
        .innerJoin(users, and(eq(users.id, calendar_tokens.user_id), isNull(users.erased_at)))
        .where(eq(calendar_tokens.id, token_id)),
    ),
    found: t.many(
      query
        .select({
          ...columns,
          description: events.description,
          ...placeFor(event_rsvps.user_id, event_rsvps.rsvp_status),
          tentative: sql<boolean>`${event_rsvps.rsvp_status} <> 'yes'`,
        })
        .from(calendar_tokens)
        .innerJoin(event_rsvps, eq(event_rsvps.user_id, calendar_tokens.user_id))
        .innerJoin(events, eq(events.id, event_rsvps.event_id))
        .where(
          and(
            eq(calendar_tokens.id, token_id),
            inArray(event_rsvps.rsvp_status, ["yes", "maybe", "waitlisted"]),
            events.published,
            recent,
          ),
        )
        .orderBy(...by(byStart("soonest", false)))
        .limit(MOST),
    ),
  }));
  if (!feed) throw notFound();
  const hidden = { title: NEUTRAL, description: null, location: null, online_url: null };
  return calendarFile(
    feed.show_titles ? organisation.name : NEUTRAL,
    found.map((event) => ({ ...event, ...(!feed.show_titles && hidden) })),
  );
}
