import { createFinalURL, createQuerySerializer, defaultPathSerializer } from "openapi-fetch";
import type { paths } from "./schema.d.ts";

/** The names that a type has itself, without those that it leaves open. */
type Named<Type> = keyof { [Name in keyof Type as string extends Name ? never : Name]: true };

/** The paths that answer a file. */
export type DownloadPath = keyof {
  [Path in keyof paths as paths[Path] extends { get: { responses: { 200: { headers: infer Headers } } } }
    ? "Content-Disposition" extends Named<Headers>
      ? Path
      : never
    : never]: true;
};

/** What stands for the braces of a path, `path`, and what follows its question mark, `query`: as with `GET`. */
export interface DownloadOptions<Path extends DownloadPath> {
  params?: Pick<paths[Path]["get"]["parameters"], "path" | "query">;
}

export interface Downloaded {
  file: Blob;
  name: string;
}

/** Asks for a path as a file: giving statements are JSON for whoever does not ask for a PDF. */
export function requestFor<Path extends DownloadPath>(
  baseUrl: string,
  path: Path,
  { params }: DownloadOptions<Path> = {},
): Request {
  const url = createFinalURL(path, {
    baseUrl,
    params: { path: params?.path ?? {}, query: params?.query ?? {} },
    querySerializer: createQuerySerializer(),
    pathSerializer: defaultPathSerializer,
  });
  return new Request(url, { headers: { Accept: "application/pdf, */*;q=0.5" } });
}

/** The file of an answer, with the name that the API gives it. */
export async function downloaded(answer: Response): Promise<Downloaded> {
  const [, name = "download"] = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "") ?? [];
  return { file: await answer.blob(), name };
}
