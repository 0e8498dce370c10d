import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { publicImageUrls, stagedUploadUrl } from "../../src/storage/links.ts";
import { type Answer, type Call, call } from "./client.ts";
import { type Person, person } from "./people.ts";
import { insert, settings, worker } from "./platform.ts";

export interface PhotoUrls {
  profile_photo_url: string | null;
  profile_photo_thumbnail_url: string | null;
}

/** A small PNG of one color. */
export const picture = async (color = "#b45309", [width, height] = [40, 30]): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background: color } })
      .png()
      .toBuffer(),
  );

/** Uploads a photo as the whole body. */
export const upload = <Body = PhotoUrls & { code?: string }>(
  { token }: Pick<Person, "token">,
  body: Uint8Array | string,
  { headers, ...options }: Call = {},
): Promise<Answer<Body>> =>
  call<Body>("POST", "/api/members/profile/upload-photo", {
    token,
    body,
    ...options,
    headers: { "Content-Type": "image/png", ...headers },
  });

/** Somebody with a photo, and its links. */
export async function photographed(): Promise<
  Person & { profile_photo_url: string; profile_photo_thumbnail_url: string }
> {
  const someone = await person();
  const { body } = await upload(someone, await picture());
  const { profile_photo_url, profile_photo_thumbnail_url } = body;
  if (!profile_photo_url || !profile_photo_thumbnail_url) throw new Error("The upload gave no links");
  return { ...someone, profile_photo_url, profile_photo_thumbnail_url };
}

/** The same as a form, with other fields around the file. */
export function uploadForm<Body = PhotoUrls & { code?: string }>(
  someone: Pick<Person, "token">,
  fields: [name: string, value: Uint8Array<ArrayBuffer> | string][],
  options: Call = {},
): Promise<Answer<Body>> {
  const { body, headers } = formOf(fields);
  return upload<Body>(someone, body, { ...options, headers: { ...headers, ...options.headers } });
}

/** A form, ready to be sent. A file may have a name. */
export function formOf(fields: [name: string, value: Uint8Array<ArrayBuffer> | string, filename?: string][]) {
  const boundary = `----${randomBytes(12).toString("hex")}`;
  const parts = fields.flatMap(([name, value, filename = "me.jpg"]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"`),
    Buffer.from(typeof value === "string" ? "\r\n\r\n" : `; filename="${filename}"\r\nContent-Type: image/gif\r\n\r\n`),
    Buffer.from(value),
    Buffer.from("\r\n"),
  ]);
  const body = new Uint8Array(Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]));
  return { body, headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` } };
}

/** Uploads without saying how long the body is. */
export async function uploadChunked(
  { token }: Pick<Person, "token">,
  body: Uint8Array<ArrayBuffer>,
  { url = worker.url, headers }: Call = {},
): Promise<{ status: number; body: PhotoUrls & { code?: string } }> {
  const CHUNK = 64 * 1024;
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= body.length) return controller.close();
      controller.enqueue(body.subarray(sent, sent + CHUNK));
      sent += CHUNK;
    },
  });
  const answer = await fetch(`${url}/api/members/profile/upload-photo`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "image/jpeg",
      "CF-Connecting-IP": "10.3.2.1",
      ...headers,
    },
    body: stream,
    duplex: "half",
  } as RequestInit);
  return { status: answer.status, body: (await answer.json()) as PhotoUrls & { code?: string } };
}

/** What a link leads to. */
export async function see(link: string | null, { headers, url = worker.url }: Call = {}) {
  const answer = await fetch(url + pathOf(link), { headers: { "CF-Connecting-IP": "10.3.2.2", ...headers } });
  return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

/** Each object of a bucket and its size. */
export async function objectsIn(bucket: Awaited<ReturnType<typeof worker.bucket>>): Promise<Map<string, number>> {
  const { objects, truncated } = await bucket.list();
  if (truncated) throw new Error("There are more objects than one list holds");
  return new Map(objects.map(({ key, size }) => [key, size]));
}

/** The path of a link. Links lead to API_URL, which is not the tests' Worker. */
export const pathOf = (url: string | null): string => {
  const { pathname, search } = new URL(url ?? "");
  return pathname + search;
};

const anyKey = (kind: string) => `${kind}/${randomBytes(16).toString("base64url")}`;
const webp = { httpMetadata: { contentType: "image/webp" } };

/** The row of a file. Objects that belong to none are removed as soon as anything compares the bucket with the database. */
export const fileRow = (kind: "profile_photo" | "event_cover" | "document", key: string, content_type: string) =>
  insert("stored_files", { kind, key, status: "stored", content_type });

/** A link to an upload that waits to be processed. */
export async function stagedUpload(): Promise<string> {
  const key = anyKey("profile_photo");
  await fileRow("profile_photo", key, "image/png");
  const bucket = await worker.bucket("PHOTOS");
  await bucket.put(`${key}/original`, await picture(), { httpMetadata: { contentType: "image/png" } });
  return pathOf(await stagedUploadUrl(settings, new Date(), key));
}

/** An image that everybody may see. */
export async function publicImage() {
  const key = anyKey("event_cover");
  await fileRow("event_cover", key, "image/webp");
  const bucket = await worker.bucket("PUBLIC_FILES");
  for (const name of ["full.webp", "thumb.webp"]) await bucket.put(`${key}/${name}`, await picture(), webp);
  return { key, ...publicImageUrls(settings, key) };
}
