import sharp from "sharp";
import { expect, test } from "vitest";
import { withoutMetadata } from "../../src/storage/metadata.ts";
import { bytesOf, halves, joined } from "../harness/images.ts";

const chunk = (name: string, content: Uint8Array) => {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(content.length, 4);
  return joined(head, content, new Uint8Array(content.length % 2));
};

test("Exif, XMP and unknown chunks go, and the picture stays", async () => {
  const made = await halves()
    .webp()
    .withExif({ IFD0: { Make: "CameraOfRobin" } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">XmpOfRobin</x:xmpmeta>')
    .toBuffer();
  expect(await sharp(made).metadata()).toMatchObject({ exif: expect.any(Buffer), xmp: expect.any(Buffer) });
  const odd = joined(made, chunk("ROBN", Buffer.from("SecretOfRobin")));
  new DataView(odd.buffer).setUint32(4, odd.length - 8, true);
  const clean = withoutMetadata(bytesOf(Buffer.from(odd)));
  const { exif, xmp, format, width, height } = await sharp(clean).metadata();
  expect({ exif, xmp, format, width, height }).toEqual({ format: "webp", width: 400, height: 200 });
  for (const trace of ["OfRobin", "EXIF", "XMP", "ROBN"]) expect(Buffer.from(clean).includes(trace)).toBe(false);
  expect(await sharp(clean).raw().toBuffer()).toEqual(await sharp(made).raw().toBuffer());
});

test("an image without metadata stays as it is, to the byte", async () => {
  for (const options of [{}, { lossless: true }]) {
    const plain = bytesOf(await halves().webp(options).toBuffer());
    expect(withoutMetadata(plain)).toEqual(plain);
  }
  const transparent = bytesOf(await halves().ensureAlpha(0.5).webp().toBuffer());
  expect(await sharp(withoutMetadata(transparent)).raw().toBuffer()).toEqual(await sharp(transparent).raw().toBuffer());
});

test("what is no WebP is refused", () => {
  expect(() => withoutMetadata(bytesOf(Buffer.from("<html>")))).toThrow("cannot read this image");
});
