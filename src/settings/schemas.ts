import * as z from "zod";

export const Branding = z
  .object({
    name: z.string(),
    primary_colour: z.string(),
    accent_colour: z.string(),
    logo_url: z.string().nullable(),
  })
  .meta({
    id: "Branding",
    example: { name: "LOAF", primary_colour: "#6a2c91", accent_colour: "#e4572e", logo_url: null },
  });
export type Branding = z.infer<typeof Branding>;
