import { IMAGE_VARIANTS } from "./links.ts";
import { fromBucket, type Storage } from "./storage.ts";

/** No link leads to objects with such names. They go with the file. */
const hiddenName = (name: string) => `hidden-${name}`;

async function move(bucket: R2Bucket, from: string, to: string): Promise<void> {
  const object = await fromBucket(bucket.get(from));
  if (!object) return;
  await fromBucket(bucket.put(to, await object.arrayBuffer(), { httpMetadata: object.httpMetadata ?? {} }));
  await fromBucket(bucket.delete(from));
}

/** Makes every link to a private image lead nowhere, also those that are out already. Hiding it again changes nothing. */
export async function hideImage({ private_files }: Storage, key: string): Promise<void> {
  for (const name of IMAGE_VARIANTS) await move(private_files, `${key}/${name}`, `${key}/${hiddenName(name)}`);
}

/** Undoes {@link hideImage}. */
export async function showImage({ private_files }: Storage, key: string): Promise<void> {
  for (const name of IMAGE_VARIANTS) await move(private_files, `${key}/${hiddenName(name)}`, `${key}/${name}`);
}
