import * as z from "zod";
import { Id } from "../../http/schemas.ts";

export const HandOver = z
  .strictObject({
    to: Id.nullable().describe(
      "Who looks after their applications from now on: somebody with `users.approve`. Null: the applications are free again",
    ),
  })
  .meta({ id: "HandOver" });
export type HandOver = z.infer<typeof HandOver>;

export const HandedOver = z
  .object({
    id: Id,
    ended_roles: z
      .array(z.string())
      .describe("The codes of the roles that they held")
      .meta({ example: ["admin"] }),
    applications: z.int().describe("How many applications they were looking after"),
  })
  .meta({ id: "HandedOver" });
export type HandedOver = z.infer<typeof HandedOver>;
