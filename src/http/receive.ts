import type { AppMiddleware } from "./hono.ts";
import { Upload, type UploadRules } from "./upload.ts";

/** Offers the file to the handler. Whatever the answer, it then reads what the handler left. */
export const receive =
  (rules: UploadRules): AppMiddleware =>
  async (c, next) => {
    const upload = new Upload(c.req.raw, rules);
    c.set("upload", upload);
    await next();
    await upload.drain();
  };

/** Refuses an upload for what its headers say. */
export const checkUpload: AppMiddleware = async (c, next) => {
  c.get("upload")?.check();
  await next();
};
