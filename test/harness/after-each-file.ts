import { afterAll, vi } from "vitest";
import { stepDown } from "./people.ts";

afterAll(stepDown);

// A second, Vitest's own patience, is too short for work after an answer on a busy machine.
const { waitFor } = vi;
vi.waitFor = (callback, options = 10_000) => waitFor(callback, options);
