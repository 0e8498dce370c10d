import { selectHeld } from "../../access/holds.ts";
import type { Permission } from "../../access/permissions.ts";
import type { SignedInContext } from "../../http/context.ts";
import { selectAccepted } from "../../people/acceptances.ts";
import { guardPerson } from "../../people/person.ts";
import { withPhotoUrls } from "../../people/photo.ts";
import { selectTwinsOf } from "../../people/twins.ts";
import { showUser } from "../find.ts";
import {
  readDonations,
  readHistory,
  readMails,
  readNotes,
  readRsvps,
  readSubscription,
  readSuppression,
  readVouchings,
} from "./blocks.ts";
import type { UserDetail } from "./detail-schemas.ts";
import { auditSensitiveNotes } from "./notes.ts";

/** The permission that opens each block. */
const BLOCKS = {
  vouchings: "users.approve",
  subscription: "subscriptions.view",
  donations: "donations.view",
  rsvps: "events.rsvps",
  mails: "settings.email",
  history: "settings.audit",
} as const satisfies Record<string, Permission>;

/**
 * A person and what we keep about them, each block for those who may read its list. Their access log shows it. 404 if
 * there is no such person.
 */
export async function openUser(ctx: SignedInContext, id: string): Promise<UserDetail> {
  const { user, held, blocks, ...shown } = await ctx.transact((t) => {
    guardPerson(t, id);
    const read = {
      user: showUser(t, ctx, id),
      held: t.many(selectHeld(ctx.user_id, Object.values(BLOCKS))),
      notes: readNotes(t, ctx, id),
      mail_suppressed: readSuppression(t, ctx, id),
      twins: t.many(selectTwinsOf(id)),
      accepted_documents: t.many(selectAccepted(id)),
      blocks: {
        vouchings: readVouchings(t, ctx, id),
        subscription: readSubscription(t, ctx, id),
        donations: readDonations(t, ctx, id),
        rsvps: readRsvps(t, ctx, id),
        mails: readMails(t, ctx, id),
        history: readHistory(t, ctx, id),
      },
    };
    auditSensitiveNotes(t, ctx, id);
    return read;
  });
  const may = new Set(held.map(({ code }) => code));
  return {
    ...(await withPhotoUrls(ctx, user)),
    ...shown,
    ...Object.fromEntries(Object.entries(blocks).filter(([block]) => may.has(BLOCKS[block as keyof typeof BLOCKS]))),
  };
}
