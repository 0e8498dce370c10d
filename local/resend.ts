import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { createEmulator } from "emulate";
import * as z from "zod";

/** A request to send one message (`/emails`) or several (`/emails/batch`), as the mail provider receives it. */
const SendRequest = z.object({ path: z.string(), idempotency_key: z.string().nullable(), body: z.string() });
export type SendRequest = z.infer<typeof SendRequest>;
/** A request in the data file, with the time at which it came. */
const KeptRequest = SendRequest.extend({ arrived_at: z.string().optional() });
type KeptRequest = z.infer<typeof KeptRequest>;

const Message = z.object({ to: z.union([z.string(), z.array(z.string())]) });
const Sent = z.union([z.object({ id: z.string() }), z.object({ data: z.array(z.object({ id: z.string() })) })]);

export interface Resend {
  url: string;
  send(request: SendRequest): Promise<Response>;
  /**
   * Messages sent to an address, oldest first, in Resend's format (id, to, from, subject, html, text, headers,
   * created_at, …).
   */
  messagesTo(address: string): Promise<unknown[]>;
  /** How many messages there are. */
  count(): number;
  /** Messages, newest first, without the newest ones of all that are to be skipped. */
  newest(count: number, skipped?: number): Promise<unknown[]>;
  /** One message, by its id. An error in Resend's format if there is none. */
  message(id: string): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * `emulate`'s Resend server on its own port. With `data_file`, messages survive a restart. They are sent again, so they
 * get new ids. Their times stay.
 */
export async function startResend(data_file: string | undefined): Promise<Resend> {
  const emulator = await createEmulator({ service: "resend", port: 0 });
  const url = `http://127.0.0.1:${new URL(emulator.url).port}`;
  const ids_by_address = new Map<string, Set<string>>();
  /** In the order in which they came. A set, because a retry with the same key returns the same id. */
  const all_ids = new Set<string>();
  /** When each came: the emulator has its own time for those that it was sent again after a restart. */
  const arrivals = new Map<string, string>();
  let calls = 0;

  /**
   * Unlike Resend, the emulator limits each caller to 5000 calls an hour, so we change the caller every thousand calls.
   */
  const call = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> => {
    const caller = Math.floor(calls++ / 1000);
    return fetch(url + path, { ...init, headers: { ...init.headers, Authorization: `Bearer re_${caller}` } });
  };

  const send = async ({ path, idempotency_key, body, arrived_at }: KeptRequest): Promise<Response> => {
    const headers = {
      "Content-Type": "application/json",
      ...(idempotency_key !== null && { "Idempotency-Key": idempotency_key }),
    };
    const answer = await call(path, { method: "POST", headers, body });
    const sent = Sent.safeParse(await answer.clone().json());
    if (!answer.ok || !sent.success) return answer;
    const ids = "id" in sent.data ? [sent.data.id] : sent.data.data.map(({ id }) => id);
    for (const id of ids) {
      all_ids.add(id);
      if (arrived_at && !arrivals.has(id)) arrivals.set(id, arrived_at);
    }
    recipientsOf(body).forEach((addresses, message) => {
      const id = ids[message];
      if (id === undefined) return;
      // A set, because a retry with the same key returns the same id.
      for (const to of addresses) ids_by_address.set(to, (ids_by_address.get(to) ?? new Set()).add(id));
    });
    return answer;
  };

  const message = async (id: string): Promise<unknown> => {
    const answer: unknown = await (await call(`/emails/${encodeURIComponent(id)}`)).json();
    const created_at = arrivals.get(id);
    return created_at ? { ...Object(answer), created_at } : answer;
  };

  if (data_file !== undefined) {
    await mkdir(dirname(data_file), { recursive: true });
    for (const request of await readKept(data_file)) await send(request);
  }
  return {
    url,
    async send(request) {
      const kept: KeptRequest = { ...request, arrived_at: new Date().toISOString() };
      const answer = await send(kept);
      if (answer.ok && data_file !== undefined) await appendFile(data_file, `${JSON.stringify(kept)}\n`);
      return answer;
    },
    messagesTo(address) {
      const ids = [...(ids_by_address.get(address.toLowerCase()) ?? [])];
      return Promise.all(ids.map(message));
    },
    count: () => all_ids.size,
    newest: (count, skipped = 0) =>
      Promise.all(
        [...all_ids]
          .reverse()
          .slice(skipped, skipped + count)
          .map(message),
      ),
    message,
    stop: () => emulator.close(),
  };
}

/** The bare addresses of each message in a body, in lowercase: "Ada <Ada@loaf.test>" becomes ada@loaf.test. */
export function recipientsOf(body: string): string[][] {
  const messages = z.union([Message.transform((message) => [message]), z.array(Message)]).safeParse(parseJson(body));
  return (messages.data ?? []).map(({ to }) =>
    [to].flat().map((address) => (/<(.+)>/.exec(address)?.[1] ?? address).trim().toLowerCase()),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readKept(data_file: string): Promise<KeptRequest[]> {
  const text = await readFile(data_file, "utf8").catch(() => "");
  // The last line may be incomplete if the run was killed.
  return text.split("\n").flatMap((line) => KeptRequest.safeParse(parseJson(line)).data ?? []);
}
