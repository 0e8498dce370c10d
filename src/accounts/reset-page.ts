import { html } from "hono/html";
import { page } from "../http/page.ts";
import type { ResetLink } from "./schemas.ts";

/** A page that asks for the new password, for installations without a frontend. */
export const resetPage = ({ token, ...notice }: ResetLink) =>
  page(
    notice,
    html`<form method="post" action="/api/auth/reset-password">
        <input type="hidden" name="token" value="${token}" />
        <label for="new_password">New password</label>
        <input id="new_password" name="new_password" type="password" autocomplete="new-password" minlength="8" required />
        <button>Change my password</button>
      </form>`,
  );
