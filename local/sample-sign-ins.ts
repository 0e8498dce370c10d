import { SAMPLE_ADMIN, SAMPLE_PASSWORD } from "./sample-data.ts";

/** Sample people whom `/docs` signs in as during development. */
export const SAMPLE_SIGN_INS = {
  password: SAMPLE_PASSWORD,
  people: [
    { email: SAMPLE_ADMIN, label: "Sam, superadmin" },
    { email: "volunteer@loaf.test", label: "Vera, admin" },
    { email: "finance@loaf.test", label: "Fin, finance" },
    { email: "active@loaf.test", label: "Ada, active member" },
    { email: "monthly@loaf.test", label: "Mona, pays online each month" },
    { email: "past.due@loaf.test", label: "Pia, past due" },
    { email: "approved@loaf.test", label: "Appa, approved, has not paid" },
    { email: "waiting@loaf.test", label: "Wim, waits for approval" },
    { email: "former@loaf.test", label: "Flo, former member" },
  ],
};
