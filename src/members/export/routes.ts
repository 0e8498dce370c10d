import { fresh, signedIn } from "../../access/access.ts";
import { Paging } from "../../http/pagination.ts";
import { route } from "../../http/route.ts";
import { listAccesses } from "../access-log/list.ts";
import { AccessLogPage } from "../access-log/schemas.ts";
import { exportMe } from "./export.ts";
import { MyExport, NEWEST } from "./schemas.ts";

const tag = "Members";

/** What the platform knows about me, and who looked at it. */
export const myDataRoutes = [
  route({
    method: "get",
    path: "/api/members/access-log",
    tag,
    operationId: "listMyAccessLog",
    summary: "See who looked at my data, and who could",
    description:
      "Which volunteers opened or exported my data, newest first, by name. What I read myself is left out, and so are looks at lists. `could` lists the roles that can open or export people's data, and how many people hold each.",
    access: signedIn(),
    request: { query: Paging },
    response: { 200: AccessLogPage },
    handle: (ctx, { query }) => listAccesses(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/members/export",
    tag,
    operationId: "exportMe",
    summary: "Download my data",
    description: `Everything that the platform keeps about me as one JSON file, with links to my photo and to the photos of events that I uploaded. It includes what volunteers wrote in notes about me, but not who wrote it. It leaves out secrets such as my password, and the bookkeeping notes of payments and donations. Lists that could go on forever hold the newest ${NEWEST} entries.`,
    access: fresh(signedIn()),
    response: { 200: MyExport },
    save_as: "my-data.json",
    handle: (ctx) => exportMe(ctx),
  }),
];
