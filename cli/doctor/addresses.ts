/** Where services answer. Tests name their stand-ins in these variables. */
export interface Addresses {
  cloudflare: string;
  stripe: string;
  mail: string;
  dns: string;
}

const MAIL = { resend: "https://api.resend.com", sendgrid: "https://api.sendgrid.com" };

export function addressesFrom(vars: Record<string, string>): Addresses {
  const provider = vars.MAIL_PROVIDER === "sendgrid" ? "sendgrid" : "resend";
  const of = (name: string, usual: string) => (vars[name] || usual).replace(/\/+$/, "");
  return {
    cloudflare: of("CLOUDFLARE_API_BASE_URL", "https://api.cloudflare.com/client/v4"),
    stripe: of("STRIPE_API_BASE", "https://api.stripe.com"),
    mail: of("MAIL_API_BASE", MAIL[provider]),
    dns: of("DNS_OVER_HTTPS_URL", "https://cloudflare-dns.com/dns-query"),
  };
}
