/** What a PDF must know of a JPEG that it holds. */
export interface JpegFacts {
  width: number;
  height: number;
  colours: "DeviceGray" | "DeviceRGB";
}

/** The markers that begin a frame. ITU-T T.81, table B.1 */
const beginsFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** What the header of a JPEG says. Null if it is none, or has colors that we do not make. */
export function jpegFacts(jpeg: Uint8Array<ArrayBuffer>): JpegFacts | null {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (jpeg.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 10 <= jpeg.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    if (!beginsFrame(view.getUint8(at + 1))) continue;
    const colours = { 1: "DeviceGray", 3: "DeviceRGB" } as const;
    const known = colours[view.getUint8(at + 9) as keyof typeof colours];
    return known ? { height: view.getUint16(at + 5), width: view.getUint16(at + 7), colours: known } : null;
  }
  return null;
}
