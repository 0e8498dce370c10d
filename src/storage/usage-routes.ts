import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { StorageUsage } from "./schemas.ts";
import { getStorageUsage, recalculateStorage } from "./usage.ts";

const tag = "Storage (admin)";

export const storageUsageRoutes = [
  route({
    method: "get",
    path: "/api/admin/storage/usage",
    tag,
    operationId: "getStorageUsage",
    summary: "See how much room files take",
    description: "By kind of file, with the limit and the thresholds at which somebody should look into it.",
    access: permitted("settings.storage"),
    response: { 200: StorageUsage },
    handle: (ctx) => getStorageUsage(ctx),
  }),
  route({
    method: "post",
    path: "/api/admin/storage/recalculate",
    tag,
    operationId: "recalculateStorage",
    summary: "Add up again how much room files take",
    description:
      "Adds up the sizes of all files, and begins to compare them with what is stored, as happens once a day by itself: sizes are corrected, and what has belonged to no file for 30 days is deleted. That goes on after the answer; `comparing` says whether it still does.",
    access: permitted("settings.storage"),
    repeatable: true,
    response: { 200: StorageUsage },
    handle: (ctx) => recalculateStorage(ctx),
  }),
];
