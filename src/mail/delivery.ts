import type { Context } from "../http/context.ts";
import { selectMailSender } from "../organisation/organisation.ts";
import { selectChangedWords } from "./changed-words.ts";
import { type Claimed, claimDue } from "./claim.ts";
import { fillNewsletters } from "./fill-newsletters.ts";
import type { NewsletterContent } from "./newsletter-content.ts";
import { lockPace } from "./pace.ts";
import { PROVIDERS } from "./providers/providers.ts";
import { sendBatch, sendSingly } from "./send.ts";
import { settle } from "./settle.ts";
import { withholdStopped } from "./stopped.ts";
import { selectUnsubscribeKey } from "./unsubscribe-link.ts";
import { isWanted, withholdNotAllowed, withholdUnwanted } from "./withhold.ts";

/** After this time, a delivery leaves the rest to the queue. */
const LONGEST_MS = 10_000;
/** What is due so soon, a delivery waits for itself. */
const SOON_SECONDS = 1;

/** Decides which of the claimed mails not to send, because they are no longer true. Returns their ids. */
type WithholdMoot = (ctx: Context, claimed: Claimed[]) => Promise<ReadonlySet<string>>;

/**
 * Sends the mails that are due, in at most `batches` batches, and asks the queue to look when the next ones are. Any
 * number of deliveries may run at once: each mail is claimed by only one of them, and they share one pace. Returns how
 * many attempts succeeded and how many failed. Throws if the database does not answer: what was not recorded is due again
 * after two minutes.
 *
 * @param withholdMoot is asked about each batch just before it goes out
 */
export async function deliver(
  ctx: Context,
  batches: number,
  withholdMoot: WithholdMoot,
): Promise<{ sent: number; failed: number }> {
  const total = { sent: 0, failed: 0 };
  const end = ctx.clock().getTime() + LONGEST_MS;
  const newsletters = new Map<string, NewsletterContent>();
  for (let left = batches; ; ) {
    const { attempts, withheld } = await attemptSome(ctx, newsletters, withholdMoot);
    const next = await settle(ctx, attempts, withheld);
    const sent = attempts.filter(({ outcome }) => outcome.sent).length;
    total.sent += sent;
    total.failed += attempts.length - sent;
    left -= 1;
    if (!next) return total;
    if (next.seconds > SOON_SECONDS) {
      if (next.unasked) await ctx.ring("mail", next.seconds);
      return total;
    }
    // Somebody else holds what is due, or the pace.
    const stuck = attempts.length + withheld === 0;
    if (stuck || left <= 0 || ctx.clock().getTime() > end) {
      await ctx.ring("mail", stuck ? SOON_SECONDS : 0);
      return total;
    }
    if (next.seconds > 0) await scheduler.wait(next.seconds * 1000);
  }
}

/** Claims a batch of due mails and tries to send each of them. */
async function attemptSome(ctx: Context, newsletters: Map<string, NewsletterContent>, withholdMoot: WithholdMoot) {
  const provider = PROVIDERS[ctx.settings.MAIL_PROVIDER];
  const { all, ...around } = await ctx.transact((t) => {
    // First, as in settle(): whoever locked rows before could wait for somebody who waits for them.
    t.effect(lockPace());
    withholdNotAllowed(t, ctx.settings);
    withholdUnwanted(t, ctx.settings);
    withholdStopped(t);
    const parts = claimDue(t, ctx.settings, {
      most_in_batch: provider.batch?.most ?? null,
      wanted: isWanted(ctx.settings),
    });
    return {
      all: t.combine(Object.fromEntries(parts.entries()), (lists) => Object.values(lists)),
      organisation: t.one(selectMailSender(ctx.settings)),
      changed_words: t.many(selectChangedWords()),
      unsubscribe: t.one(selectUnsubscribeKey()),
    };
  });
  const moot = await withholdMoot(ctx, all.flat());
  const claimed = all.map((rows) => rows.filter(({ id }) => !moot.has(id)));
  await fillNewsletters(ctx, claimed.flat(), newsletters);
  const in_batch = claimed.filter(([row]) => provider.batch && row?.batch_id);
  const singly = claimed.filter((rows) => !in_batch.includes(rows)).flat();
  const attempts = await sendSingly(ctx, provider, singly, around);
  for (const rows of in_batch) attempts.push(...(await sendBatch(ctx, provider, rows, around)));
  return { attempts, withheld: moot.size };
}
