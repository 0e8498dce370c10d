import { SAMPLE_ADMIN, SAMPLE_PASSWORD } from "./sample-data.ts";
import type { SamplePerson } from "./sample-ids.ts";

interface SignIn {
  name: SamplePerson;
  email: string;
  label: string;
}

const people: SignIn[] = [
  { name: "sam", email: SAMPLE_ADMIN, label: "Sam, superadmin" },
  { name: "vera", email: "volunteer@loaf.test", label: "Vera, admin" },
  { name: "fin", email: "finance@loaf.test", label: "Fin, finance" },
  { name: "ada", email: "active@loaf.test", label: "Ada, active member" },
  { name: "appa", email: "approved@loaf.test", label: "Appa, approved, has not paid" },
  { name: "wim", email: "waiting@loaf.test", label: "Wim, waits for approval" },
  { name: "flo", email: "former@loaf.test", label: "Flo, former member" },
];

/** Sample people whom `/docs` signs in as during development. The first one can do everything. */
export const SAMPLE_SIGN_INS = { password: SAMPLE_PASSWORD, people };
