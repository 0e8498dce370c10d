import { afterAll } from "vitest";
import { stepDown } from "./people.ts";

afterAll(stepDown);
