import { and, eq, isNull, sql } from "drizzle-orm";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import * as z from "zod";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { page } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import { Instant } from "../http/schemas.ts";
import { Branding, selectBranding } from "../organisation/organisation.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { moment } from "../time/format.ts";
import { type Answerer, type AnswerLink, readAnswerLink } from "./answer-link.ts";
import { eventTimeZone } from "./clock.ts";
import { doorClosesAt } from "./door/window.ts";
import { isAnswerOf } from "./find.ts";
import { guestsInWords } from "./guests-in-words.ts";

/** What a guest shows at the door. It does not name them. */
export const Ticket = z
  .object({
    title: z.string(),
    start_at: Instant,
    time_zone: z.string(),
    guests: z.int().describe("How many people the guest brings"),
    check_in_code: z.string().meta({ example: "4F09A1C3" }),
    qr_svg: z.string().describe("The same code as a QR code: a black SVG image, which needs a white background"),
    organisation: Branding,
  })
  .meta({ id: "Ticket" });
export type Ticket = z.infer<typeof Ticket>;

/** Capital letters and digits make the smallest QR code. It still scans if a quarter of it is dirty or in the shade. */
async function qrOf(code: string): Promise<string> {
  const { encodeQR } = await import("qr");
  return encodeQR(code, "svg", { ecc: "quartile", border: 4 });
}

/** 404 without a seat, and once the event is canceled or over. */
async function ticketOf(ctx: Context, { event_id, user_id }: Answerer): Promise<Ticket> {
  const { ticket, organisation } = await ctx.transact((t) => ({
    ticket: t.one(
      query
        .select({
          title: events.title,
          start_at: events.start_at,
          time_zone: eventTimeZone,
          guests: event_rsvps.guests,
          check_in_code: event_rsvps.check_in_code,
        })
        .from(event_rsvps)
        .innerJoin(events, eq(events.id, event_rsvps.event_id))
        .where(
          and(
            isAnswerOf(event_id, user_id),
            eq(event_rsvps.rsvp_status, "yes"),
            isNull(events.cancelled_at),
            sql`now() < ${doorClosesAt}`,
          ),
        ),
      new Refusal(404, "no_ticket", "There is no ticket: you have no seat at this event, or it is canceled or over."),
    ),
    organisation: t.one(selectBranding(ctx.settings)),
  }));
  return { ...ticket, qr_svg: await qrOf(ticket.check_in_code), organisation };
}

/** My ticket to an event. */
export const getMyTicket = (ctx: SignedInContext, event_id: string): Promise<Ticket> =>
  ticketOf(ctx, { event_id, user_id: ctx.user_id });

/** The ticket of whoever got this link in a mail. 400 unless we made the link. */
export const openTicket = async (ctx: Context, { token }: AnswerLink): Promise<Ticket> =>
  ticketOf(ctx, await readAnswerLink(ctx, token));

/** The ticket as a page, to show at the door. */
export function ticketPage(
  { title, start_at, time_zone, guests, check_in_code, qr_svg, organisation }: Ticket,
  settings: Settings,
): HtmlEscapedString | Promise<HtmlEscapedString> {
  return page(
    { title, message: [moment(start_at, time_zone), ...guestsInWords({ guests })].join(" · "), organisation },
    settings,
    html`<figure>${raw(qr_svg)}<figcaption>${check_in_code}</figcaption></figure>
        <p>${pageWords()("show_at_the_door")}</p>`,
  );
}
