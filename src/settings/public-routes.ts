import { open } from "../access/access.ts";
import { route } from "../http/route.ts";
import { getBranding, PublicBranding } from "./branding.ts";

export const brandingRoutes = [
  route({
    method: "get",
    path: "/api/branding",
    tag: "Branding",
    operationId: "getBranding",
    summary: "See how the organization appears, and what its forms must know",
    description: "Frontends take names, colors, logos and limits from here. Caches keep it for a minute.",
    access: open,
    public_for_a_minute: true,
    response: { 200: PublicBranding },
    handle: (ctx) => getBranding(ctx),
  }),
];
