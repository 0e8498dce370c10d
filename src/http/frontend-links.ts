import type { Settings } from "../env.ts";

type Bases = Pick<Settings, "API_URL" | "FRONTEND_URL">;
type WithTurnstile = Bases & Pick<Settings, "TURNSTILE_SECRET">;

/** The page that the link in a mail opens. */
const tokenPage =
  (name: string) =>
  ({ API_URL, FRONTEND_URL }: Bases, token: string) =>
    `${FRONTEND_URL ?? `${API_URL}/api/auth`}/${name}?token=${token}`;

/** Where we send people: to the frontend or, without one, to the small pages of this API. */
export const links = {
  verifyEmail: tokenPage("verify-email"),
  resetPassword: tokenPage("reset-password"),
  confirmEmail: tokenPage("confirm-email"),
  acceptInvitation: tokenPage("accept-invitation"),
  vouch: tokenPage("vouch"),
  activate: tokenPage("activate"),

  /** Always a page of this API: it asks before it gives up a seat. */
  cannotCome: ({ API_URL }: Bases, token: string) => `${API_URL}/api/events/cannot-come?token=${token}`,

  /** What a guest shows at the door. Always a page of this API: it needs no sign-in. */
  ticket: ({ API_URL }: Bases, token: string) => `${API_URL}/api/events/ticket?token=${token}`,

  /** Always a page of this API: mail programs call it too. */
  unsubscribe: ({ API_URL }: Bases, token: string) => `${API_URL}/api/unsubscribe/${token}`,

  /** The event as a file for a calendar, as the guest may know it. Always a page of this API: it needs no sign-in. */
  eventCalendar: ({ API_URL }: Bases, token: string) => `${API_URL}/api/events/calendar.ics?token=${token}`,

  /** Where helpers at the door check people in. Always a page of this API. */
  door: ({ API_URL }: Bases, token: string) => `${API_URL}/api/door/${token}`,

  /** A newsletter in the browser. Always a page of this API: it needs no sign-in. */
  readNewsletter: ({ API_URL }: Bases, token: string) => `${API_URL}/api/newsletters/read?token=${token}`,

  /** Stripe replaces the braces with the session's id. */
  paid: (bases: Bases): string => `${links.joined(bases)}?session_id={CHECKOUT_SESSION_ID}`,

  /** The same page after something that cost nothing: without a session. */
  joined: ({ API_URL, FRONTEND_URL }: Bases): string =>
    FRONTEND_URL ? `${FRONTEND_URL}/payment/success` : `${API_URL}/api/checkout/paid`,

  cancelled: ({ API_URL, FRONTEND_URL }: Bases) =>
    FRONTEND_URL ? `${FRONTEND_URL}/payment/cancelled` : `${API_URL}/api/checkout/cancelled`,

  /** Back from the billing portal. */
  billing: ({ API_URL, FRONTEND_URL }: Bases) =>
    FRONTEND_URL ? `${FRONTEND_URL}/membership` : `${API_URL}/api/checkout/managed`,

  /** Where somebody pays their dues. Our own page needs the token of a mail instead of a sign-in. */
  membership({ API_URL, FRONTEND_URL }: Bases, token: string | undefined): string | undefined {
    if (FRONTEND_URL) return `${FRONTEND_URL}/membership`;
    return token && `${API_URL}/api/pay/${token}`;
  },

  /** Our own page has no Turnstile, so where Turnstile guards this, only a frontend has a page for it. */
  forgotPassword({ API_URL, FRONTEND_URL, TURNSTILE_SECRET }: WithTurnstile): string | undefined {
    if (FRONTEND_URL) return `${FRONTEND_URL}/forgot-password`;
    return TURNSTILE_SECRET ? undefined : `${API_URL}/api/auth/forgot-password`;
  },

  /** Pages that only a frontend has: undefined without one. */
  signIn: ({ FRONTEND_URL }: Bases) => FRONTEND_URL && `${FRONTEND_URL}/login`,
  waitingApplicants: ({ FRONTEND_URL }: Bases) =>
    FRONTEND_URL && `${FRONTEND_URL}/admin/users?status=pending_validation,pre_validated`,
};
