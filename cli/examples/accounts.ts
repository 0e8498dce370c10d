import { SAMPLE, SAMPLE_YEAR } from "../../local/sample-ids.ts";
import { A_TOKEN, about, byLink, type Examples, NEEDS_LINK } from "./example.ts";

const PASSWORD = "loaf-dev-password";
const NEW_PASSWORD = "a long enough passphrase";

export const ACCOUNTS: Examples = {
  registerApplicant: {
    body: {
      first_name: "Alex",
      last_name: "Example",
      email: "alex@example.org",
      password: NEW_PASSWORD,
      phone: "+1 212 555 0123",
      referred_by: "Ada, from the choir",
      accepted_documents: [SAMPLE.bylaws.conduct],
    },
  },
  resendVerification: { body: { email: "unverified@loaf.test" } },
  openVerificationLink: byLink(),
  verifyEmail: byLink({}),
  disownRegistration: byLink({}),
  login: { body: { email: "admin@loaf.test", password: PASSWORD } },
  refreshSession: {
    body: { refresh_token: `${SAMPLE.session.lost_phone}.1.QxNcVGZ0ZW5hbnQtc2lnbmF0dXJl` },
    needs: "the `refresh_token` of a sign-in",
  },
  forgotPassword: { body: { email: "active@loaf.test" } },
  openResetLink: byLink(),
  resetPassword: byLink({ new_password: NEW_PASSWORD }),
  openActivationLink: byLink(),
  activateAccount: byLink({ password: NEW_PASSWORD }),
  changePassword: { body: { current_password: PASSWORD, new_password: NEW_PASSWORD } },
  changeEmail: { body: { new_email: "alex@example.org" } },
  openEmailChangeLink: byLink(),
  confirmEmail: byLink({}),
  endMySession: about(SAMPLE.session.lost_phone),
  signInWithSecondFactor: {
    body: { mfa_token: A_TOKEN, code: "492039" },
    needs: "the `mfa_token` of a sign-in, and a code from the authenticator app",
  },
  removeSecondFactor: { needs: "a second factor that is set up" },
  confirmSecondFactor: { body: { code: "492039" }, needs: "a code from the authenticator app" },
  renewRecoveryCodes: { needs: "a second factor that is set up" },
  reauthenticate: { body: { password: PASSWORD } },
  answerVouchingByLink: byLink({ answer: "yes" }),
  openVouchingLink: byLink(),
  openInvitation: byLink(),
  acceptInvitation: byLink({
    first_name: "Ida",
    last_name: "Invited",
    password: NEW_PASSWORD,
    accepted_documents: [SAMPLE.bylaws.conduct],
  }),
  openUnsubscribeLink: {
    params: { token: A_TOKEN },
    needs: NEEDS_LINK,
  },
  unsubscribe: { params: { token: A_TOKEN }, needs: NEEDS_LINK },
  resubscribe: { params: { token: A_TOKEN }, needs: NEEDS_LINK },

  editMyProfile: {
    body: {
      first_name: "Sam",
      pronouns: "they/them",
      phone: "+1 212 555 0147",
      address: "12 Garden Street\nNew York, NY 10001",
      birthday: "1984-05-17",
      bio: "I bake sourdough, and look after the website.",
      language: "en",
      time_zone: "America/New_York",
      photo_preference: "members",
      newsletter_consent: true,
      wants_event_news: true,
      wants_reminders: true,
    },
  },
  editMyPrivacy: {
    body: { in_directory: true, email_audience: "members", phone_audience: "admins", photo_audience: "members" },
  },
  listDirectory: { query: { search: "active" } },
  getDirectoryEntry: about(SAMPLE.person.axel),
  answerVouching: about(SAMPLE.vouching.about_wanda, { as: "ada", body: { answer: "yes" } }),
  eraseMe: { as: "flo" },
  getMySubscription: { as: "ada" },
  openBillingPortal: { as: "mona" },
  startSubscriptionCheckout: {
    as: "appa",
    body: { plan_id: SAMPLE.plan.yearly, donation_cents: 500 },
  },
  getMyGivingStatement: { params: { year: String(SAMPLE_YEAR) } },
  acceptMyDocuments: { body: { document_ids: [SAMPLE.bylaws.conduct] } },
  getNewsletter: about(SAMPLE.newsletter.spring),
  readNewsletter: byLink(),
  getReport: about(SAMPLE.report.last_year),
  getBylaws: about(SAMPLE.bylaws.conduct),
};
