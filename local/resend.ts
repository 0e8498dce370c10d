import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { createEmulator } from "emulate";
import * as z from "zod";

/** A request to send one message (`/emails`) or several (`/emails/batch`), as the mail provider receives it. */
const SendRequest = z.object({ path: z.string(), idempotency_key: z.string().nullable(), body: z.string() });
export type SendRequest = z.infer<typeof SendRequest>;

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
  /** The newest messages of all, newest first. */
  newest(count: number): Promise<unknown[]>;
  /** One message, by its id. An error in Resend's format if there is none. */
  message(id: string): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * `emulate`'s Resend server on its own port. With `data_file`, messages survive a restart. They are sent again, so they
 * get new ids and times.
 */
export async function startResend(data_file: string | undefined): Promise<Resend> {
  const emulator = await createEmulator({ service: "resend", port: 0 });
  const url = `http://127.0.0.1:${new URL(emulator.url).port}`;
  const ids_by_address = new Map<string, Set<string>>();
  /** In the order in which they came. A set, because a retry with the same key returns the same id. */
  const all_ids = new Set<string>();
  let calls = 0;

  /**
   * Unlike Resend, the emulator limits each caller to 5000 calls an hour, so we change the caller every thousand calls.
   */
  const call = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> => {
    const caller = Math.floor(calls++ / 1000);
    return fetch(url + path, { ...init, headers: { ...init.headers, Authorization: `Bearer re_${caller}` } });
  };

  const send = async ({ path, idempotency_key, body }: SendRequest): Promise<Response> => {
    const headers = {
      "Content-Type": "application/json",
      ...(idempotency_key !== null && { "Idempotency-Key": idempotency_key }),
    };
    const answer = await call(path, { method: "POST", headers, body });
    const sent = Sent.safeParse(await answer.clone().json());
    if (!answer.ok || !sent.success) return answer;
    const ids = "id" in sent.data ? [sent.data.id] : sent.data.data.map(({ id }) => id);
    for (const id of ids) all_ids.add(id);
    recipientsOf(body).forEach((addresses, message) => {
      const id = ids[message];
      if (id === undefined) return;
      // A set, because a retry with the same key returns the same id.
      for (const to of addresses) ids_by_address.set(to, (ids_by_address.get(to) ?? new Set()).add(id));
    });
    return answer;
  };

  const message = async (id: string): Promise<unknown> => (await call(`/emails/${encodeURIComponent(id)}`)).json();

  if (data_file !== undefined) {
    await mkdir(dirname(data_file), { recursive: true });
    for (const request of await readKept(data_file)) await send(request);
  }
  return {
    url,
    async send(request) {
      const answer = await send(request);
      if (answer.ok && data_file !== undefined) await appendFile(data_file, `${JSON.stringify(request)}\n`);
      return answer;
    },
    messagesTo(address) {
      const ids = [...(ids_by_address.get(address.toLowerCase()) ?? [])];
      return Promise.all(ids.map(message));
    },
    newest: (count) => Promise.all([...all_ids].slice(-count).reverse().map(message)),
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

async function readKept(data_file: string): Promise<SendRequest[]> {
  const text = await readFile(data_file, "utf8").catch(() => "");
  // The last line may be incomplete if the run was killed.
  return text.split("\n").flatMap((line) => SendRequest.safeParse(parseJson(line)).data ?? []);
}
