import sharp from "sharp";

export type Bytes = Uint8Array<ArrayBuffer>;

export const bytesOf = (buffer: Buffer): Bytes => new Uint8Array(buffer);
const text = (latin1: string): Bytes => bytesOf(Buffer.from(latin1, "latin1"));
export const joined = (...parts: Uint8Array[]): Bytes => bytesOf(Buffer.concat(parts));

/** An image whose left half is red and whose right half is blue, before anything turns it. */
export const halves = (width = 400, height = 200) =>
  sharp({ create: { width, height, channels: 3, background: "#ff0000" } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: "#0000ff" } }, left: width / 2, top: 0 },
  ]);

/** Texts that cameras and programs hide in a photo. None may come out again. */
export const SECRETS = [
  "CameraOfRobin",
  "OwnerIsRobin",
  "49/1 28/1 1234/100",
  "XmpOfRobin",
  "IptcOfRobin",
  "PreviewOfRobin",
  "CommentOfRobin",
];

/** A segment of a JPEG file: its marker, its length, and what is in it. */
const segment = (marker: number, content: Uint8Array): Bytes =>
  joined(Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff), content);

const IPTC = joined(
  text("Photoshop 3.0\x008BIM\x04\x04\0\0"),
  Uint8Array.of(0, 0, 0, 16, 0x1c, 2, 120, 0, 11),
  text("IptcOfRobin"),
);

/** A photo as a phone makes it: lying on its side, with camera, place, author, and previews in Exif, XMP and IPTC. */
export async function phonePhoto(orientation = 6): Promise<Bytes> {
  const jpeg = await halves()
    .jpeg()
    .withMetadata({ orientation })
    .withExifMerge({
      IFD0: { Make: "CameraOfRobin", Artist: "OwnerIsRobin" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "49/1 28/1 1234/100" },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">XmpOfRobin</x:xmpmeta>')
    .toBuffer();
  const preview = await halves(64, 32).jpeg().toBuffer();
  return joined(
    jpeg.subarray(0, 2),
    segment(0xed, IPTC),
    segment(0xe2, joined(text("MPF\0PreviewOfRobin"), preview)),
    segment(0xfe, text("CommentOfRobin")),
    jpeg.subarray(2),
  );
}

/** A PNG with a header that claims so many pixels. */
export async function claiming(width: number, height: number): Promise<Bytes> {
  const png = await halves().png().toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return bytesOf(png);
}

const box = (name: string, ...content: Uint8Array[]): Bytes => {
  const whole = joined(new Uint8Array(4), text(name), ...content);
  new DataView(whole.buffer).setUint32(0, whole.length);
  return whole;
};

/** As much of a HEIC image as says how large it is. Nothing in it can be decoded. */
export function heic(width = 4032, height = 3024): Bytes {
  const size = new Uint8Array(12);
  new DataView(size.buffer).setUint32(4, width);
  new DataView(size.buffer).setUint32(8, height);
  const meta = box("meta", new Uint8Array(4), box("iprp", box("ipco", box("ispe", size))));
  return joined(box("ftyp", text("heic\0\0\0\0mif1heic")), meta, box("mdat", new Uint8Array(2000)));
}

/** A JPEG with so many bytes: cameras, too, write data after the picture. */
export async function photoOfBytes(bytes: number): Promise<Bytes> {
  const photo = await phonePhoto();
  const padded = new Uint8Array(bytes);
  padded.set(photo);
  return padded;
}

/** The color of a pixel, as it is seen. */
export async function colorAt(image: Uint8Array, left: number, top: number): Promise<"red" | "blue" | "other"> {
  const [red = 0, , blue = 0] = await sharp(image)
    .extract({ left, top, width: 1, height: 1 })
    .removeAlpha()
    .raw()
    .toBuffer();
  return red > 200 && blue < 60 ? "red" : blue > 200 && red < 60 ? "blue" : "other";
}
