import { newId } from "../ids.ts";
import type { PortalSession } from "../wire.ts";

export function buildPortalSession(
  created: number,
  stripe_url: string,
  customer: string,
  return_url: string | null,
  flow: PortalSession["flow"],
): PortalSession {
  const id = newId("bps_1", 23);
  return {
    id,
    object: "billing_portal.session",
    configuration: "bpc_1StandInDefaultConfigurat",
    created,
    customer,
    customer_account: null,
    flow,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url,
    url: `${stripe_url}/portal/${id}`,
  };
}
