import { signedIn } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { getDirectoryEntry, listDirectory } from "./directory.ts";
import { DirectoryEntry, DirectoryFilters, DirectoryPage } from "./schemas.ts";

const tag = "Members";

export const directoryRoutes = [
  route({
    method: "get",
    path: "/api/directory",
    tag,
    operationId: "listDirectory",
    summary: "List the members who want to be found",
    description: "By name. Each shows only what they choose to.",
    access: signedIn("active"),
    request: { query: DirectoryFilters },
    response: { 200: DirectoryPage },
    handle: (ctx, { query }) => listDirectory(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/directory/{id}",
    tag,
    operationId: "getDirectoryEntry",
    summary: "Get a member from the directory",
    access: signedIn("active"),
    request: { params: ById },
    response: { 200: DirectoryEntry },
    errors: [404],
    handle: (ctx, { params }) => getDirectoryEntry(ctx, params.id),
  }),
];
