import * as z from "zod";
import { open } from "../access/access.ts";
import { notFound } from "../http/errors.ts";
import { route } from "../http/route.ts";
import { IMAGE_VARIANTS, LOGO_JPEG, LOGO_PNG, publicKey, readPass } from "./links.ts";
import { PUBLIC_KINDS } from "./storage.ts";
import { DOCUMENT } from "./store-document.ts";
import { STAGED } from "./store-image.ts";
import { StoredObject } from "./stored-object.ts";

const tag = "Files";

const Pass = z.string().max(200).describe("Part of the link that an answer gave");
const Variant = z.enum(IMAGE_VARIANTS);
const PublicVariant = z.enum([...IMAGE_VARIANTS, LOGO_PNG, LOGO_JPEG]);

export const storageRoutes = [
  route({
    method: "get",
    path: "/api/photos/{pass}/{variant}",
    tag,
    operationId: "getPhoto",
    summary: "See a private photo",
    description:
      "The link comes from another answer, such as `profile_photo_url`. It works for one to two hours, for whoever has it. Supports Range and If-None-Match.",
    access: open,
    unlimited: true,
    round_trips: 0, // the signature says that we gave this link to somebody who may see the photo
    request: { params: z.object({ pass: Pass, variant: Variant }) },
    response: { 200: { stored_type: "image/webp" } },
    errors: [416],
    async handle({ settings, storage, now }, { params }) {
      const linked = await readPass(settings, "photo", now, params.pass);
      if (!linked) throw notFound();
      return new StoredObject(storage.private_files, `${linked.key}/${params.variant}`, {
        name: `photo-${params.variant}`,
        cache_control: `private, max-age=${linked.seconds_left}, immutable`,
      });
    },
  }),
  route({
    method: "get",
    path: "/api/documents/{pass}/{name}",
    tag,
    operationId: "getDocument",
    summary: "Download a document",
    description:
      "The link comes from another answer, such as `url`. It works for one to two hours, for whoever has it. Supports Range and If-None-Match.",
    access: open,
    unlimited: true,
    round_trips: 0, // as above
    request: {
      params: z.object({
        pass: Pass,
        name: z
          .string()
          .max(84)
          .regex(/^[a-z0-9-]+\.pdf$/),
      }),
    },
    response: { 200: { stored_type: "application/pdf" } },
    errors: [416],
    async handle({ settings, storage, now }, { params }) {
      const linked = await readPass(settings, "document", now, params.pass);
      if (!linked) throw notFound();
      return new StoredObject(storage.private_files, `${linked.key}/${DOCUMENT}`, {
        name: params.name,
        cache_control: `private, max-age=${linked.seconds_left}, immutable`,
        save: true,
      });
    },
  }),
  route({
    method: "get",
    path: "/api/staged-uploads/{pass}",
    tag,
    operationId: "getStagedUpload",
    summary: "Read a large upload while it is being processed",
    description:
      "For Cloudflare Images alone: no answer contains this link, and the upload is deleted as soon as it is processed.",
    access: open,
    unlimited: true,
    round_trips: 0, // as above
    request: { params: z.object({ pass: Pass }) },
    response: { 200: { stored_type: "image/*" } },
    errors: [416],
    async handle({ settings, storage, clock }, { params }) {
      const linked = await readPass(settings, "staged_upload", clock(), params.pass);
      if (!linked) throw notFound();
      return new StoredObject(storage.private_files, `${linked.key}/${STAGED}`, {
        name: "upload",
        cache_control: "private, no-store",
      });
    },
  }),
  route({
    method: "get",
    path: "/files/{kind}/{name}/{variant}",
    tag,
    operationId: "getPublicFile",
    summary: "See a public image",
    description: "The link comes from another answer. If R2_PUBLIC_URL is set, links lead there instead.",
    access: open,
    unlimited: true,
    round_trips: 0, // everything in this bucket is public
    request: {
      params: z.object({
        kind: z.enum(PUBLIC_KINDS),
        name: z
          .string()
          .length(22)
          .regex(/^[\w-]+$/),
        variant: PublicVariant,
      }),
    },
    response: { 200: { stored_type: "image/*" } },
    errors: [416],
    handle: async ({ storage }, { params: { kind, name, variant } }) =>
      new StoredObject(storage.public_files, `${publicKey(kind, name)}/${variant}`, {
        name: variant,
        cache_control: "public, max-age=31536000, immutable",
      }),
  }),
];
