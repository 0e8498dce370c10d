/** A time that a camera wrote: `2027-03-01T18:30:00`, with an offset such as `+02:00` if the camera knew it. */
export type CameraTime = string;

const TAGS = { exif: 0x8769, taken: 0x9003, offset: 0x9011 };

/** Where the TIFF header of Exif data begins: after `Exif\0\0`, with the order of its bytes. */
function tiffStart(head: Uint8Array): number | undefined {
  const [E, x, i, f, I, M] = [0x45, 0x78, 0x69, 0x66, 0x49, 0x4d];
  for (let at = head.indexOf(E); at >= 0 && at + 14 <= head.length; at = head.indexOf(E, at + 1)) {
    const marked = [E, x, i, f, 0, 0].every((byte, index) => head[at + index] === byte);
    const order = head[at + 6];
    if (marked && (order === I || order === M) && head[at + 7] === order) return at + 6;
  }
  return undefined;
}

/**
 * When the first bytes of a JPEG or HEIC image say that it was taken. Null if they do not say it, or say no real time.
 * https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E
 */
export function cameraTimeIn(head: Uint8Array): CameraTime | null {
  const start = tiffStart(head);
  if (start === undefined) return null;
  const view = new DataView(head.buffer, head.byteOffset + start, head.byteLength - start);
  const little = head[start] === 0x49;
  /** Where the value of a tag is, in the directory at an offset. */
  const find = (directory: number, tag: number): number | undefined => {
    for (let index = 0; index < view.getUint16(directory, little); index++) {
      const entry = directory + 2 + index * 12;
      if (view.getUint16(entry, little) === tag) return view.getUint32(entry + 8, little);
    }
    return undefined;
  };
  const text = (at: number | undefined, length: number) =>
    at === undefined ? "" : String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));
  try {
    const exif = find(view.getUint32(4, little), TAGS.exif);
    if (exif === undefined) return null;
    return inIso(text(find(exif, TAGS.taken), 19), text(find(exif, TAGS.offset), 6));
  } catch {
    return null; // The data points outside of itself.
  }
}

function inIso(taken: string, offset: string): CameraTime | null {
  const [, day, time] = /^((?:19|20)\d\d:\d\d:\d\d) (\d\d:\d\d:\d\d)$/.exec(taken) ?? [];
  if (!day || !time) return null;
  const local = `${day.replaceAll(":", "-")}T${time}`;
  const instant = new Date(`${local}Z`);
  // A day such as February 30 is none.
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(local)) return null;
  return /^[+-](0\d|1[0-4]):[0-5]\d$/.test(offset) ? local + offset : local;
}
