import type { Context } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import type { Claimed } from "./claim.ts";
import { type Around, makeMail } from "./make.ts";
import type { BatchOutcome, DeliveryOutcome, MailProvider, NotSent, RenderedMail } from "./providers/provider.ts";

/** What became of a claimed mail. */
export interface Attempted {
  row: Claimed;
  outcome: DeliveryOutcome;
  /** The provider refused the whole batch: its mails go out singly. */
  split?: boolean;
}

/** How many single mails we send at the same time. Workers have six connections. */
const AT_ONCE = 5;

/** Sends single mails, each in its slot. Those to the same address go out one by one, in the order they were queued. */
export async function sendSingly(
  ctx: Context,
  provider: MailProvider,
  rows: Claimed[],
  around: Around,
): Promise<Attempted[]> {
  const started = ctx.clock().getTime();
  const attempts: Attempted[] = [];
  const waiting = [...Map.groupBy(rows, (row) => row.to_email).values()];
  const work = async () => {
    for (let same = waiting.shift(); same; same = waiting.shift())
      for (const row of same) {
        await until(ctx, started + row.wait_seconds * 1000);
        const mail = await makeMail(ctx, row, around);
        if (row.is_listed) await unlist(ctx, provider, row);
        const outcome = "sent" in mail ? mail : await answered(provider.send(ctx, mail));
        attempts.push({ row, outcome });
      }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return attempts;
}

/** Sends the mails of one batch in one request, under its key. */
export async function sendBatch(
  ctx: Context,
  { batch }: MailProvider,
  rows: Claimed[],
  around: Around,
): Promise<Attempted[]> {
  const [first] = rows;
  if (!first?.batch_id || !batch) return [];
  await until(ctx, ctx.clock().getTime() + first.wait_seconds * 1000);
  const attempts: Attempted[] = [];
  const made: { row: Claimed; mail: RenderedMail }[] = [];
  for (const row of rows) {
    const mail = await makeMail(ctx, row, around);
    if ("sent" in mail) attempts.push({ row, outcome: mail });
    else made.push({ row, mail });
  }
  if (made.length === 0) return attempts;
  const mails = made.map(({ mail }) => mail);
  const outcomes: BatchOutcome = await answered(batch.send(ctx, first.batch_id, mails));
  made.forEach(({ row }, index) => {
    if (!Array.isArray(outcomes)) attempts.push({ row, outcome: outcomes, split: outcomes.permanent });
    else attempts.push({ row, outcome: outcomes[index] ?? { sent: true, provider_message_id: null } });
  });
  return attempts;
}

/** If that fails, the mail goes out anyway: the provider may send it, or tell us that it did not. */
async function unlist(ctx: Context, provider: MailProvider, { id, to_email }: Claimed): Promise<void> {
  const { request_id } = ctx;
  const reason = await provider.unlist(ctx, to_email).catch((error: unknown) => describe(error).error);
  if (reason !== null) log({ level: "error", event: "address_not_unlisted", request_id, email_id: id, reason });
}

const until = async ({ clock }: Context, at: number): Promise<void> => {
  const ms = at - clock().getTime();
  if (ms > 0) await scheduler.wait(ms);
};

/** No answer is an outcome too. */
const answered = <Outcome>(sending: Promise<Outcome>): Promise<Outcome | NotSent> =>
  sending.catch((error: unknown) => ({
    sent: false,
    permanent: false,
    error: error instanceof Error ? error.name : "unknown",
  }));
