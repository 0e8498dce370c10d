import type { paths } from "./schema.d.ts";

type Form = { requestBody: { content: { "multipart/form-data": unknown } } };
type JsonOf<Answers> =
  Answers extends Record<200, { content: { "application/json": infer Body } }>
    ? Body
    : Answers extends Record<201, { content: { "application/json": infer Body } }>
      ? Body
      : never;

type Method = "post" | "put";

/** The paths that take files: POST adds files, and PUT replaces the one file of a document. */
export type UploadPath<By extends Method = "post"> = keyof {
  [Path in keyof paths as paths[Path] extends Record<By, Form> ? Path : never]: true;
};

/** What a path answers to files. */
export type Uploaded<Path extends keyof paths, By extends Method = "post"> =
  paths[Path] extends Record<By, { responses: infer Answers }> ? JsonOf<Answers> : never;

/** How much of the files has been sent. */
export interface Progress {
  sent_bytes: number;
  total_bytes: number;
}

interface Outgoing {
  method: "POST" | "PUT";
  url: string;
  access_token: string | undefined;
  form: FormData;
  onProgress: ((progress: Progress) => void) | undefined;
}

/** What we use of a browser's XMLHttpRequest. Programs that are no browser have none. */
interface BrowserRequest {
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(form: FormData): void;
  getAllResponseHeaders(): string;
  readonly status: number;
  readonly responseText: string;
  readonly upload: { onprogress: unknown };
  onload: unknown;
  onerror: unknown;
}
const browser = () => globalThis as { XMLHttpRequest?: new () => BrowserRequest };

/** Sends a form. In browsers it says how much has been sent, which `fetch` cannot. */
export function sendForm(
  { method, url, access_token, form, onProgress }: Outgoing,
  fetch: (request: Request) => Promise<Response>,
): Promise<Response> {
  const headers: Record<string, string> = access_token === undefined ? {} : { Authorization: `Bearer ${access_token}` };
  const { XMLHttpRequest } = browser();
  if (!onProgress || !XMLHttpRequest) return fetch(new Request(url, { method, headers, body: form }));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }: { loaded: number; total: number }) =>
      onProgress({ sent_bytes: loaded, total_bytes: total });
    request.onload = () =>
      resolve(new Response(request.responseText, { status: request.status, headers: headersOf(request) }));
    request.onerror = () => reject(new TypeError("The upload failed: the connection was closed."));
    request.send(form);
  });
}

const headersOf = (request: BrowserRequest): Headers =>
  new Headers(
    request
      .getAllResponseHeaders()
      .split("\r\n")
      .filter((line) => line.includes(":"))
      .map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
