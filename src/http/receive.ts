import type { AppMiddleware } from "./hono.ts";
import { Upload, type UploadRules } from "./upload.ts";

/** Offers the file to the handler. After the answer, whatever it is, reads what the handler left. */
export const receive =
  (rules: UploadRules): AppMiddleware =>
  async (c, next) => {
    const upload = new Upload(c.req.raw, rules);
    c.set("upload", upload);
    await next();
    await upload.drain();
  };

/** Refuses an upload because of its headers. */
export const checkUpload: AppMiddleware = async (c, next) => {
  c.get("upload")?.check();
  await next();
};
