import * as z from "zod";
import { Cents, Line, Text } from "../http/schemas.ts";
import { donationstatus, donationtype } from "../tables/donations.ts";

export const DonationType = z.enum(donationtype.enumValues).meta({ id: "DonationType" });

export const DonationStatus = z
  .enum(donationstatus.enumValues)
  .describe(
    "`pending`: the checkout is open. `failed`: it was not paid. `refunded`: all of it was refunded or taken back by the bank",
  )
  .meta({ id: "DonationStatus" });

export const DonatedCents = Cents.min(1);

/** Long enough for a first and a last name. */
export const DonorName = Line(201).meta({ example: "Alex Example" });

export const DonorMessage = Text(1000).meta({ example: "For the picnic in June" });

export const Currency = z.string().describe("ISO 4217, lower case").meta({ example: "usd" });
