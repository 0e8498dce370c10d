import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import * as z from "zod";

/** What the Worker logs: one line of JSON per event (src/http/log.ts). */
const Line = z.looseObject({ level: z.enum(["info", "error"]), event: z.string() });
type Line = z.infer<typeof Line>;

const Answered = z.looseObject({
  method: z.string(),
  route: z.string().nullable(),
  status: z.number(),
  trips: z.number(),
  ms: z.number().optional(),
});

const TAIL_LINES = 20;

/** Keeps what wrangler writes in a file. Once `show` is called, says the part of it that people want to read. */
export function keepOutput(streams: Readable[], file: string): { show(): void; tail(): string } {
  const kept = createWriteStream(file);
  const tail: string[] = [];
  let shows = false;
  for (const stream of streams) {
    const readable = reader();
    createInterface({ input: stream }).on("line", (text) => {
      const line = stripVTControlCharacters(text);
      kept.write(`${line}\n`);
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      const words = readable(line);
      if (shows && words !== undefined) console.log(words);
    });
  }
  return {
    show() {
      shows = true;
    },
    tail: () => tail.join("\n"),
  };
}

/** Turns each line of wrangler's output into what people want to read of it. Undefined: nothing. */
export function reader(now = () => new Date()): (line: string) => string | undefined {
  let in_error = false;
  return (line) => {
    const logged = lineOf(line);
    if (logged) {
      in_error = false;
      return `${clock(now())}  ${describe(logged)}`;
    }
    // Wrangler's errors, such as a file that cannot be built. Their details are indented.
    in_error = line.includes("[ERROR]") || (in_error && /^\s|^$/.test(line));
    return in_error ? line : undefined;
  };
}

function lineOf(text: string): Line | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return Line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * A request in one line, or another event with its fields. Zeros are left out, because a job counts many things that did not
 * happen. An error has its stack below it.
 */
function describe({ level, event, request_id, frames, ...fields }: Line): string {
  const request = event === "request" ? Answered.safeParse(fields).data : undefined;
  const { method, route, status, trips, ms, ...more } = request ?? fields;
  const words = request
    ? [
        request.method.padEnd(7),
        String(request.status),
        request.route ?? "(no route)",
        request.trips === 1 ? "1 trip" : `${request.trips} trips`,
        ...(request.ms === undefined ? [] : [`${request.ms} ms`]),
      ]
    : [level, event, ...Object.entries({ method, route, status, trips, ms }).flatMap(named)];
  const stack = typeof frames === "string" ? frames.split(" < ").map((frame) => `\n    ${frame}`) : [];
  const id = level === "error" ? Object.entries({ request_id }) : [];
  return [...words, ...[...Object.entries(more), ...id].flatMap(named)].join("  ") + stack.join("");
}

const named = ([name, value]: [string, unknown]) => (value ? [`${name}=${String(value)}`] : []);

const clock = (now: Date) => now.toTimeString().slice(0, 8);
