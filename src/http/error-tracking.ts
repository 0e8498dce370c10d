import type { Settings } from "../env.ts";
import { type LogLine, log } from "./log.ts";

/** How long we wait for Sentry. Nobody waits for us: this runs after the answer, or in a job. */
const TIMEOUT_MS = 2_000;

type Tracking = Pick<Settings, "SENTRY_DSN" | "ENVIRONMENT" | "RELEASE">;

/** Logs a failure, and sends it to Sentry if SENTRY_DSN is set. Never throws: a failure of Sentry changes nothing. */
export async function logFailure(settings: Tracking | undefined, line: LogLine): Promise<void> {
  log(line);
  if (!settings?.SENTRY_DSN) return;
  const { address, key } = partsOf(settings.SENTRY_DSN);
  const event = eventOf(line, settings);
  const envelope = [{ event_id: event.event_id }, { type: "event" }, event].map((part) => JSON.stringify(part));
  try {
    const response = await fetch(address, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        "Content-Type": "application/x-sentry-envelope",
        "X-Sentry-Auth": `Sentry sentry_version=7, sentry_client=loaf-api/1, sentry_key=${key}`,
      },
      body: envelope.join("\n"),
    });
    if (response.ok) return;
    log({ level: "info", event: "error_not_tracked", request_id: line.request_id, status: response.status });
  } catch {
    log({ level: "info", event: "error_not_tracked", request_id: line.request_id, status: null });
  }
}

/** https://develop.sentry.dev/sdk/foundations/transport/envelopes/ A DSN ends in the project, after an optional path. */
function partsOf(dsn: string): { address: string; key: string } {
  const { protocol, host, pathname, username } = new URL(dsn);
  const [, before = "", project = ""] = /^(.*)\/(\d+)$/.exec(pathname) ?? [];
  return { address: `${protocol}//${host}${before}/api/${project}/envelope/`, key: username };
}

/** Fields that identify no person. Every other field of a line stays here, above all the message of an error. */
const TAGS = ["event", "request_id", "status", "code", "job"];

/** https://develop.sentry.dev/sdk/foundations/transport/event-payloads/ */
function eventOf(line: LogLine, { ENVIRONMENT, RELEASE }: Tracking) {
  const text = (field: string) => (typeof line[field] === "string" ? line[field] : undefined);
  const route = text("route");
  return {
    event_id: crypto.randomUUID().replaceAll("-", ""),
    timestamp: Date.now() / 1000,
    // For "javascript", Sentry would record our own IP address as the user's.
    platform: "node",
    level: "error",
    environment: ENVIRONMENT,
    ...(RELEASE && { release: RELEASE }),
    transaction: route === undefined ? (text("job") ?? line.event) : `${text("method")} ${route}`,
    tags: Object.fromEntries(TAGS.flatMap((tag) => (line[tag] == null ? [] : [[tag, String(line[tag])]]))),
    exception: {
      values: [
        {
          type: text("error") ?? line.event,
          value: text("error_code") ?? text("code") ?? line.event,
          stacktrace: { frames: framesOf(text("frames") ?? "") },
        },
      ],
    },
  };
}

/** Sentry wants the innermost frame last. */
const framesOf = (frames: string) =>
  frames
    .split(" < ")
    .flatMap((frame) => {
      const [, name, file, line, column] = /^at (?:(.*?) \()?(.*?):(\d+):(\d+)\)?$/.exec(frame) ?? [];
      if (file === undefined) return [];
      return [{ function: name ?? "?", filename: file, lineno: Number(line), colno: Number(column), in_app: true }];
    })
    .reverse();
