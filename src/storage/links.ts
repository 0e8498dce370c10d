import { sign, unsign } from "../access/signatures.ts";
import type { Settings } from "../env.ts";
import type { FileKind, PUBLIC_KINDS } from "./storage.ts";

/** The objects that every image has. */
export const IMAGE_VARIANTS = ["full.webp", "thumb.webp"] as const;
export type ImageVariant = (typeof IMAGE_VARIANTS)[number];

/** The objects that a logo has. */
export const LOGO_PNG = "logo.png";
export const LOGO_JPEG = "logo.jpg";

/** How long a link stays the same, so that browsers can cache what it leads to. It works for up to twice as long. */
const WINDOW_SECONDS = 3600;

/** What a link lets its holder read. */
type LinkedPurpose = "photo" | "staged_upload" | "document";

interface Linked {
  key: string;
  seconds_left: number;
}

const seconds = (now: Date) => Math.floor(now.getTime() / 1000);

const endOfNextWindow = (now: Date) => (Math.floor(seconds(now) / WINDOW_SECONDS) + 2) * WINDOW_SECONDS;

/** The path segment that opens a private file until an instant, for whoever has it. It names nobody. */
const pass = (settings: Settings, purpose: LinkedPurpose, key: string, until: number): Promise<string> =>
  sign(settings, purpose, `${key.replace("/", ".")}.${until}`);

/** What a pass opens. Null if we did not make it, or it has expired. */
export async function readPass(
  settings: Settings,
  purpose: LinkedPurpose,
  now: Date,
  text: string,
): Promise<Linked | null> {
  const [kind, secret, until] = (await unsign(settings, purpose, text))?.split(".") ?? [];
  const seconds_left = Number(until) - seconds(now);
  return kind && secret && seconds_left > 0 ? { key: `${kind}/${secret}`, seconds_left } : null;
}

export interface ImageUrls {
  url: string;
  thumbnail_url: string;
}

/** Where a private image can be seen for one to two hours. Within an hour, the links stay the same. */
export async function privateImageUrls(
  { settings, now }: { settings: Settings; now: Date },
  key: string,
): Promise<ImageUrls> {
  const base = `${settings.API_URL}/api/photos/${await pass(settings, "photo", key, endOfNextWindow(now))}`;
  return { url: `${base}/full.webp`, thumbnail_url: `${base}/thumb.webp` };
}

/** What a file is called when it is downloaded: plain ASCII, made of a title. */
const fileName = (title: string): string => {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80)
    .replace(/^-+|-+$/g, "");
  return `${words || "document"}.pdf`;
};

/**
 * Where a document can be downloaded for one to two hours, for whoever has the link. Within an hour, it stays the same.
 *
 * @param title what the file is called there
 */
export const documentUrl = async (
  { settings, now }: { settings: Settings; now: Date },
  key: string,
  title: string,
): Promise<string> =>
  `${settings.API_URL}/api/documents/${await pass(settings, "document", key, endOfNextWindow(now))}/${fileName(title)}`;

/** A link to elsewhere, or else an upload of ours. */
export interface LinkOrUpload {
  title: string;
  document_location: string | null;
  file_key: string | null;
}

/** Where a document is to be read. Null for an upload without its file. */
export const linkOrUploadUrl = async (
  ctx: { settings: Settings; now: Date },
  { title, document_location, file_key }: LinkOrUpload,
): Promise<string | null> => document_location ?? (file_key && (await documentUrl(ctx, file_key, title)));

/** Where Cloudflare Images can read a large upload, for ten minutes. */
export const stagedUploadUrl = async (settings: Settings, now: Date, key: string): Promise<string> =>
  `${settings.API_URL}/api/staged-uploads/${await pass(settings, "staged_upload", key, seconds(now) + 600)}`;

/** What links to public files begin with: they lead to the bucket itself, or go through this API. */
export const publicFilesUrl = ({ R2_PUBLIC_URL, API_URL }: Settings): string => R2_PUBLIC_URL ?? `${API_URL}/files`;

/** Where everybody can see a public image, for as long as it is there. */
export const publicImageUrls = (settings: Settings, key: string): ImageUrls => {
  const base = `${publicFilesUrl(settings)}/${key}`;
  return { url: `${base}/full.webp`, thumbnail_url: `${base}/thumb.webp` };
};

/** The key of the JPEG beside a logo, from the address of its PNG. Null for other addresses. */
export const jpegOfLogo = (url: string): string | null => {
  const [, key] = /\/(logo\/[\w-]{22})\/logo\.png$/.exec(url) ?? [];
  return key === undefined ? null : `${key}/${LOGO_JPEG}`;
};

/** The key of a public file, from the two parts of its address. */
export const publicKey = (kind: (typeof PUBLIC_KINDS)[number] & FileKind, secret: string): string =>
  `${kind}/${secret}`;
