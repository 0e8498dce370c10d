import { expect, test, vi } from "vitest";
import { unstable_readConfig } from "wrangler";
import { doorbell } from "../../src/http/doorbell.ts";

test("a broken queue breaks nothing, and is logged", async () => {
  const line = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const queue = { send: () => Promise.reject(new Error("The queue is down")) } as unknown as Queue;
  await doorbell(queue, "request-1")("import", 5);
  expect(line.mock.calls.flat().join()).toContain("doorbell_broken");
  line.mockRestore();
});

test.each(["", "test", "staging", "production"])(
  "the environment '%s' rings and answers its own queue, one message at a time",
  (env) => {
    const { queues } = unstable_readConfig({ config: "wrangler.toml", env }, { hideWarnings: true });
    const [queue] = queues.producers.map((producer: { queue: string }) => producer.queue);
    expect(queues.producers).toEqual([expect.objectContaining({ binding: "QUEUE", queue })]);
    expect(queues.consumers).toEqual([expect.objectContaining({ queue, max_concurrency: 1 })]);
  },
);
