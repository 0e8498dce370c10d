import { signedIn } from "../../access/access.ts";
import { Paging } from "../../http/pagination.ts";
import { route } from "../../http/route.ts";
import { PRINTED } from "../statement/print.ts";
import { ABOUT_STATEMENTS, GivingStatement, StatementYear } from "../statement/schemas.ts";
import { statementOf } from "../statement/statement.ts";
import { listMyDonations } from "./list.ts";
import { MyDonationPage } from "./schemas.ts";

const tag = "Payments";

export const myDonationRoutes = [
  route({
    method: "get",
    path: "/api/members/donations",
    tag,
    operationId: "listMyDonations",
    summary: "See what I gave",
    description: "Donations, and what was given on top of membership dues, newest first. Dues are not included.",
    access: signedIn(),
    request: { query: Paging },
    response: { 200: MyDonationPage },
    handle: (ctx, { query }) => listMyDonations(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/members/donations/statement/{year}",
    tag,
    operationId: "getMyGivingStatement",
    summary: "Get my giving statement for a year",
    description: ABOUT_STATEMENTS,
    access: signedIn(),
    request: { params: StatementYear },
    response: { 200: GivingStatement },
    ...PRINTED,
    handle: (ctx, { params }) =>
      ctx.transact((t) => statementOf(t, ctx, { user_id: ctx.user_id }, Number(params.year))),
  }),
];
