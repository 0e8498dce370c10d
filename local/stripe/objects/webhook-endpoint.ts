import { newId } from "../ids.ts";

/** https://docs.stripe.com/api/webhook_endpoints/object */
export interface WebhookEndpoint {
  id: string;
  object: "webhook_endpoint";
  api_version: string | null;
  application: null;
  created: number;
  description: string | null;
  enabled_events: string[];
  livemode: boolean;
  metadata: Record<string, string>;
  status: "enabled" | "disabled";
  url: string;
}

export const buildWebhookEndpoint = (
  created: number,
  {
    url,
    enabled_events,
    api_version,
    description,
  }: Pick<WebhookEndpoint, "url" | "enabled_events" | "api_version" | "description">,
): WebhookEndpoint => ({
  id: newId("we_1", 23),
  object: "webhook_endpoint",
  api_version,
  application: null,
  created,
  description,
  enabled_events,
  livemode: false,
  metadata: {},
  status: "enabled",
  url,
});
