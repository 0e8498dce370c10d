import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { publicImageUrls, stagedUploadUrl } from "../../src/storage/links.ts";
import { type Answer, type Call, call } from "./client.ts";
import { type Person, person } from "./people.ts";
import { settings, worker } from "./platform.ts";

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

/** The path of a link. Links lead to API_URL, which is not the tests' Worker. */
export const pathOf = (url: string | null): string => {
  const { pathname, search } = new URL(url ?? "");
  return pathname + search;
};

const anyKey = (kind: string) => `${kind}/${randomBytes(16).toString("base64url")}`;
const webp = { httpMetadata: { contentType: "image/webp" } };

/** A link to an upload that waits to be processed. */
export async function stagedUpload(): Promise<string> {
  const key = anyKey("profile_photo");
  const bucket = await worker.bucket("PHOTOS");
  await bucket.put(`${key}/original`, await picture(), { httpMetadata: { contentType: "image/png" } });
  return pathOf(await stagedUploadUrl(settings, new Date(), key));
}

/** An image that everybody may see. */
export async function publicImage() {
  const key = anyKey("event_cover");
  const bucket = await worker.bucket("PUBLIC_FILES");
  for (const name of ["full.webp", "thumb.webp"]) await bucket.put(`${key}/${name}`, await picture(), webp);
  return { key, ...publicImageUrls(settings, key) };
}
