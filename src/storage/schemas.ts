import * as z from "zod";
import { Id, Instant } from "../http/schemas.ts";
import { FILE_KINDS } from "../tables/files.ts";
import { CRITICAL, StorageLevel, WARNING } from "./level.ts";

/** What a comparison found. */
export const StorageComparison = z
  .object({
    objects: z.int().describe("How many objects there are"),
    unmatched: z.int().describe("Objects that belong to no file"),
    removed: z.int().describe("Files that we deleted because they had had no record for 30 days"),
    corrected: z.int().describe("Files whose size we had wrong. It is corrected"),
    missing: z.int().describe("Files without any object. Nobody can see them. They stay as they are"),
    missing_ids: z.array(Id).describe("The first 50 of them"),
    unknown: z.int().describe("Objects that this platform did not name. They stay as they are"),
  })
  .meta({ id: "StorageComparison" });
export type StorageComparison = z.infer<typeof StorageComparison>;

const Bytes = z.int();

export const StorageUsage = z
  .object({
    used_bytes: Bytes,
    limit_bytes: Bytes.describe("Uploads that do not fit are refused with 413 `storage_full`"),
    level: StorageLevel.describe("Which threshold is reached"),
    thresholds: z
      .object({ warning_bytes: Bytes, critical_bytes: Bytes })
      .describe(`${WARNING * 100}% and ${CRITICAL * 100}% of the limit`),
    by_kind: z
      .array(z.object({ kind: z.enum(FILE_KINDS), files: z.int(), bytes: Bytes }))
      .describe("What it is used for. Their bytes add up to `used_bytes`"),
    comparing: z.boolean().describe("Whether our records are being compared with what is stored"),
    compared_at: Instant.nullable().describe("When the last comparison ended"),
    comparison: StorageComparison.nullable().describe("What the last comparison found"),
  })
  .meta({ id: "StorageUsage" });
export type StorageUsage = z.infer<typeof StorageUsage>;
