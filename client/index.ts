import createClient, { type Client } from "openapi-fetch";
import { type Downloaded, type DownloadOptions, type DownloadPath, downloaded, requestFor } from "./download.ts";
import { withRetries } from "./retry.ts";
import type { components, paths } from "./schema.d.ts";
import { type Attempt, keepSignedIn } from "./session.ts";
import { inMemory, type TokenStore } from "./tokens.ts";
import { type Progress, sendForm, type Uploaded, type UploadPath } from "./upload.ts";

export type { Downloaded, DownloadOptions, DownloadPath } from "./download.ts";
export type { components, operations, paths } from "./schema.d.ts";
export { inMemory, inStorage, type TokenStore, type Tokens } from "./tokens.ts";
export type { Progress, Uploaded, UploadPath } from "./upload.ts";

/** A type of the API by its name: `Schema<"Event">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** The JSON that a POST takes, `Body<"/api/auth/login">`, or a PUT: `Body<"/api/members/profile", "put">`. */
export type Body<Path extends keyof paths, Method extends "post" | "put" = "post"> =
  paths[Path] extends Record<Method, { requestBody?: { content: { "application/json": infer Sent } } }> ? Sent : never;

export interface Options {
  /** Where the API is, such as `https://api.example.org`. */
  baseUrl: string;
  /** Where tokens are kept. Defaults to memory: see {@link inMemory}. */
  tokens?: TokenStore;
  /** Called when the session has ended, and the person has to sign in again. */
  onSignedOut?: () => void;
  /** How often a request that may be sent twice is sent again while the API answers 503. Defaults to 2. */
  retries?: number;
  fetch?: (request: Request) => Promise<Response>;
}

export interface UploadOptions {
  /** What stands for the braces of the path: `{ id }`. */
  params?: Record<string, string>;
  onProgress?: (progress: Progress) => void;
}

/** An answer that is no success. */
export class LoafError extends Error {
  override name = "LoafError";
  readonly status: number;
  readonly problem: Schema<"Problem">;

  constructor(status: number, problem: Schema<"Problem">) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
  }
}

export interface LoafClient extends Client<paths> {
  /** Signs in, and keeps the tokens. With `mfa_required`, ask for a code and call `signInWithCode`. */
  signIn(credentials: Body<"/api/auth/login">): Promise<Schema<"SignIn"> | Schema<"SecondFactorNeeded">>;
  /** Signs in with the code of a second factor. */
  signInWithCode(given: Body<"/api/auth/mfa/sign-in">): Promise<Schema<"SignIn">>;
  /** Ends the session, and forgets the tokens. If the API does not end it, it forgets them all the same, and throws. */
  signOut(): Promise<void>;
  /** Uploads a file, or several where the path takes many. `params` fills the braces of the path. */
  upload<Path extends UploadPath>(
    path: Path,
    files: Blob | readonly Blob[],
    options?: UploadOptions,
  ): Promise<Uploaded<Path>>;
  /** Uploads the PDF of a document, in place of the one before. */
  replaceFile<Path extends UploadPath<"put">>(
    path: Path,
    file: Blob,
    options?: UploadOptions,
  ): Promise<Uploaded<Path, "put">>;
  /** Fetches a file with its name: an export, a calendar, a photo, or a giving statement as a PDF. */
  download<Path extends DownloadPath>(path: Path, options?: DownloadOptions<Path>): Promise<Downloaded>;
}

/**
 * A client of the API, typed by its OpenAPI document. It refreshes tokens, and sends again after a 503
 * what may be done twice.
 *
 * @example
 * const loaf = createLoafClient({ baseUrl: "http://localhost:8787", tokens: inStorage(localStorage) });
 * await loaf.signIn({ email, password });
 * const { data, error } = await loaf.GET("/api/events", { params: { query: { limit: 10 } } });
 */
export function createLoafClient(options: Options): LoafClient {
  const { tokens = inMemory(), onSignedOut = () => undefined, retries = 2 } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const fetch = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  const signedIn = keepSignedIn({ baseUrl, tokens, fetch, onSignedOut });

  const send = (request: Request): Promise<Response> => {
    const authorized: Attempt = (access_token) => {
      const sent = request.clone();
      if (access_token !== undefined) sent.headers.set("Authorization", `Bearer ${access_token}`);
      return fetch(sent);
    };
    // Around the refresh as well, which may get the 503.
    return withRetries(request, () => signedIn(authorized), retries);
  };
  const client = createClient<paths>({ baseUrl, fetch: send });

  async function sendFiles<Answer>(
    method: "POST" | "PUT",
    path: string,
    files: readonly Blob[],
    { params = {}, onProgress }: UploadOptions = {},
  ): Promise<Answer> {
    const form = new FormData();
    for (const file of files) form.append("file", file);
    const url = baseUrl + path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
    const answer = await signedIn((access_token) => sendForm({ method, url, access_token, form, onProgress }, fetch));
    return (await okAnswer(answer)).json();
  }

  return {
    ...client,
    async signIn(body) {
      const answer = ok(await client.POST("/api/auth/login", { body }));
      if (!answer.mfa_required) tokens.set(answer);
      return answer;
    },
    async signInWithCode(body) {
      const answer = ok(await client.POST("/api/auth/mfa/sign-in", { body }));
      tokens.set(answer);
      return answer;
    },
    async signOut() {
      try {
        const { error, response } = await client.POST("/api/auth/logout");
        // After a 401, there is no session to end.
        if (error && response.status !== 401) throw new LoafError(response.status, error);
      } finally {
        tokens.set(null);
      }
    },
    upload: (path, files, options) => sendFiles("POST", path, files instanceof Blob ? [files] : files, options),
    replaceFile: (path, file, options) => sendFiles("PUT", path, [file], options),
    download: async (path, options) => downloaded(await okAnswer(await send(requestFor(baseUrl, path, options)))),
  };
}

/** An answer that is a success. Any other is thrown. */
async function okAnswer(answer: Response): Promise<Response> {
  if (!answer.ok) throw new LoafError(answer.status, await answer.json());
  return answer;
}

/** The answer of a success. Anything else is thrown. */
function ok<Data>({ data, error, response }: { data?: Data; error?: Schema<"Problem">; response: Response }): Data {
  if (data === undefined) throw error ? new LoafError(response.status, error) : new Error(`HTTP ${response.status}`);
  return data;
}
