import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "../../src/http/errors.ts";
import { Upload } from "../../src/http/upload.ts";

const RULES = { most_bytes: 1000, type: "image/*" } as const;
const BOUNDARY = "----a-boundary";

/** A request whose body comes in chunks of these sizes, over and over. */
function requestOf(body: Uint8Array, sizes: number[], content_type: string): Request {
  let [sent, chunk] = [0, 0];
  const stream = new ReadableStream({
    type: "bytes",
    pull(controller) {
      const view = controller.byobRequest?.view;
      if (sent >= body.length) {
        controller.close();
        controller.byobRequest?.respond(0);
      } else if (view) {
        const piece = body.subarray(sent, sent + Math.min(view.byteLength, sizes[chunk++ % sizes.length] ?? 1));
        new Uint8Array(view.buffer, view.byteOffset).set(piece);
        sent += piece.length;
        controller.byobRequest?.respond(piece.length);
      }
    },
  });
  const init = { method: "POST", body: stream, headers: { "Content-Type": content_type }, duplex: "half" };
  return new Request("https://loaf.example/", init as RequestInit);
}

/** What an upload yields, or its refusal. */
async function read(request: Request): Promise<Buffer | [number, string]> {
  const upload = new Upload(request, RULES);
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of upload.chunks) chunks.push(chunk.slice());
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof Refusal) return [error.status, error.code];
    throw error;
  } finally {
    await upload.drain();
  }
}

const form = (content: Uint8Array, end = `\r\n--${BOUNDARY}--\r\n`) =>
  Buffer.concat([
    Buffer.from(`before\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="caption"\r\n\r\nfile\r\n`),
    Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name=file; filename="a;b.jpg"\r\n\r\n`),
    content,
    Buffer.from(end),
  ]);
const FORM = `multipart/form-data; boundary=${BOUNDARY}`;

/** Bytes that look like the parts of a form, at every length. */
const content = fc.oneof(
  fc.uint8Array({ maxLength: 1000 }),
  fc
    .array(fc.constantFrom("\r", "\n", "-", "--", `\r\n--${BOUNDARY.slice(0, 6)}`, "a"), { maxLength: 60 })
    .map((parts) => new Uint8Array(Buffer.from(parts.join("")))),
);
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });

test("a file comes out of a form as it went in, whatever is in it, and wherever its chunks end", async () => {
  await fc.assert(
    fc.asyncProperty(content, sizes, async (bytes, chunks) => {
      expect(await read(requestOf(form(bytes), chunks, FORM))).toEqual(Buffer.from(bytes));
      expect(await read(requestOf(bytes, chunks, "image/jpeg"))).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 100, examples: [[Uint8Array.of(1, 2, 3), [1]]] },
  );
});

/** The files of a form of many. Of each, only so many bytes are read before the next is asked for. */
async function readMany(request: Request, most = Number.POSITIVE_INFINITY): Promise<[string, Buffer][] | string> {
  const upload = new Upload(request, { ...RULES, many: { files: 20, bytes: 100_000 } });
  const files: [string, Buffer][] = [];
  try {
    for await (const { name, chunks } of upload.files()) {
      const read: Uint8Array[] = [];
      for (let bytes = 0; bytes < most; ) {
        const { value, done } = await chunks.next();
        if (done) break;
        read.push(value.slice());
        bytes += value.byteLength;
      }
      // Somebody who gave up on a file still asks for its rest while the next one comes.
      if (most === 0) void chunks.next();
      files.push([name, Buffer.concat(read)]);
    }
    return files;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const formOfMany = (files: Uint8Array[]) =>
  Buffer.concat([
    ...files.flatMap((file, index) => [
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="caption"\r\n\r\n${index}\r\n`),
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${index}.jpg"\r\n\r\n`),
      file,
      Buffer.from("\r\n"),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);

test("many files come out of a form as they went in, wherever its chunks end, and whatever is read of each", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 5 }), sizes, async (files, chunks) => {
      const request = () => requestOf(formOfMany(files), chunks, FORM);
      const all = files.map((file, index) => [`${index}.jpg`, Buffer.from(file)]);
      expect(await readMany(request())).toEqual(all);
      const names = files.map((_, index) => `${index}.jpg`);
      for (const most of [0, 1]) {
        const read = await readMany(request(), most);
        expect(typeof read === "string" ? read : read.map(([name]) => name)).toEqual(names);
        for (const [index, [, bytes]] of (typeof read === "string" ? [] : read).entries())
          expect(Buffer.from(files[index] ?? []).subarray(0, bytes.length)).toEqual(bytes);
      }
    }),
    { numRuns: 60 },
  );
});

test("a form of many files that ends early is refused after the last complete file", async () => {
  const whole = formOfMany([Uint8Array.of(1, 2, 3), Uint8Array.of(4)]);
  for (let end = whole.length - 200; end < whole.length - "-\r\n".length; end += 1)
    for (const size of [7, 1000])
      expect([end, await readMany(requestOf(whole.subarray(0, end), [size], FORM))]).toEqual([
        end,
        "upload_incomplete",
      ]);
  expect(await readMany(requestOf(formOfMany([]), [7], FORM))).toBe("invalid_input");
});

/** As files are called on phones and computers, and as browsers write that in a form. */
const NAMES = [
  "plain.jpg",
  "Café.jpg",
  "Screenshot 2026-05-01 at 9.41.00\u202fAM.png",
  "Treasurer’s report – 2026.jpg",
  "Анна.jpg",
  "Cafe\u0301.jpg",
  "🏳️‍🌈.jpg",
  "Anna %22the boss%22 – 1; name=x.jpg",
  'Анна \\"1\\".jpg',
];

test("a file comes out of a form whatever it is called, wherever the form's chunks end", async () => {
  const headersOf = (name: string) =>
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`);
  const [file, end] = [Buffer.from("a photo"), Buffer.from(`\r\n--${BOUNDARY}--\r\n`)];
  const files = NAMES.flatMap((name) => [headersOf(name), file, Buffer.from("\r\n")]);
  for (const sizes of [[1], [7], [1000]]) {
    for (const name of NAMES)
      expect([name, await read(requestOf(Buffer.concat([headersOf(name), file, end]), sizes, FORM))]).toEqual([
        name,
        file,
      ]);
    const many = await readMany(requestOf(Buffer.concat([...files, end.subarray(2)]), sizes, FORM));
    expect(many).toEqual(NAMES.map((name) => [name, file]));
  }
});

test("a form that ends early is refused, wherever it ends", async () => {
  const whole = form(Uint8Array.of(1, 2, 3));
  const begun = whole.indexOf("filename");
  // Without the two dashes it could go on with another part, but the file is complete.
  for (let end = begun; end < whole.length - `--\r\n`.length; end += 1)
    for (const size of [1, 7, 1000]) {
      const result = await read(requestOf(whole.subarray(0, end), [size], FORM));
      expect(Array.isArray(result) && result[0], String(end)).toBe(400);
    }
});

test("exactly as many bytes as allowed are read, and one more is refused", async () => {
  for (const [bytes, refused] of [
    [1000, false],
    [1001, true],
  ] as const) {
    const file = new Uint8Array(bytes);
    for (const request of [requestOf(file, [64], "image/png"), requestOf(form(file), [64], FORM)])
      expect(await read(request)).toEqual(refused ? [413, "file_too_large"] : Buffer.from(file));
  }
});

test("what stands around the file has a limit, too", async () => {
  const endless = Buffer.concat([form(Uint8Array.of(1), ""), Buffer.alloc(100)]);
  const before = Buffer.concat([Buffer.alloc(70_000, "x"), form(Uint8Array.of(1))]);
  expect(await read(requestOf(before, [1000], FORM))).toEqual([413, "file_too_large"]);
  expect(await read(requestOf(endless, [1000], FORM))).toEqual([400, "upload_incomplete"]);
});
