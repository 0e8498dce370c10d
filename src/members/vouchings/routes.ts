import { open, permitted, signedIn } from "../../access/access.ts";
import { linkLifetimeInWords } from "../../access/link-lifetime.ts";
import { LinkQuery } from "../../accounts/schemas.ts";
import { Notice, page } from "../../http/page.ts";
import { Paging } from "../../http/pagination.ts";
import { route } from "../../http/route.ts";
import { ById, Message } from "../../http/schemas.ts";
import { answerByLink, answerVouching } from "./answer.ts";
import { askToVouch, listVouchings } from "./ask.ts";
import { askMember, listVouchingQuestions, openVouchingLink } from "./questions.ts";
import {
  MailedQuestion,
  Vouching,
  VouchingAnswer,
  VouchingAnswerByLink,
  VouchingQuestionPage,
  VouchingRequest,
  Vouchings,
} from "./schemas.ts";

const forVolunteers = "Members (admin)";
const forMembers = "Members";

export const vouchingRoutes = [
  route({
    method: "get",
    path: "/api/admin/users/{id}/vouchings",
    tag: forVolunteers,
    operationId: "listVouchings",
    summary: "See who was asked about an applicant",
    description: "In the order in which they were asked, all on one page.",
    access: permitted("users.approve"),
    request: { params: ById },
    response: { 200: Vouchings },
    errors: [404],
    handle: (ctx, { params }) => listVouchings(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/users/{id}/vouchings",
    tag: forVolunteers,
    operationId: "askToVouch",
    summary: "Ask a member whether they know an applicant",
    description: `Choose the active member whom the applicant's \`referred_by\` means. The member gets an email that names the applicant, with a link that works for ${linkLifetimeInWords("vouch")}. If they say yes, an applicant in \`pending_validation\` becomes \`pre_validated\`. Asking again sends the email again, at most once a day.`,
    access: permitted("users.approve"),
    request: { params: ById, body: VouchingRequest },
    response: { 201: Vouching },
    errors: [404, 409, 429],
    handle: (ctx, { params, body }) => askToVouch(ctx, params.id, body),
  }),
  route({
    method: "get",
    path: "/api/members/vouchings",
    tag: forMembers,
    operationId: "listVouchingQuestions",
    summary: "List the applicants I am asked about",
    description: "Those about whom a volunteer asked me, until I answer or no answer is needed anymore.",
    access: signedIn("active"),
    request: { query: Paging },
    response: { 200: VouchingQuestionPage },
    handle: (ctx, { query }) => listVouchingQuestions(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/members/vouchings/{id}",
    tag: forMembers,
    operationId: "answerVouching",
    summary: "Say whether I know an applicant",
    description:
      "The first answer stands, and repeating it changes nothing. Volunteers see it. The applicant's own export has it too, without the member's name.",
    access: signedIn("active"),
    repeatable: true,
    request: { params: ById, body: VouchingAnswer },
    response: { 200: Message },
    errors: [404, 409],
    handle: (ctx, { params, body }) => answerVouching(ctx, params.id, body),
  }),
  route({
    method: "get",
    path: "/api/auth/vouch",
    tag: forMembers,
    operationId: "openVouchingLink",
    summary: "Open the link that asks whether a member knows an applicant",
    description:
      "Changes nothing. Shows a page that asks. A client whose Accept header names `application/json` gets the words of the page as JSON.",
    access: open,
    credentials: true,
    request: { query: LinkQuery },
    response: { 200: MailedQuestion },
    ask: (ctx, { query }) => askMember(ctx, query),
    handle: (ctx, { query }) => openVouchingLink(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/auth/vouch",
    tag: forMembers,
    operationId: "answerVouchingByLink",
    summary: "Say whether I know an applicant, by a link from an email",
    description: "The first answer stands, and repeating it changes nothing.",
    access: open,
    credentials: true,
    repeatable: true,
    request: { body: VouchingAnswerByLink, form: true },
    response: { 200: Notice },
    errors: [409],
    page,
    handle: (ctx, { body }) => answerByLink(ctx, body),
  }),
];
