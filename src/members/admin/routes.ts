import { permitted } from "../../access/access.ts";
import { Paging } from "../../http/pagination.ts";
import { route } from "../../http/route.ts";
import { ById, Message } from "../../http/schemas.ts";
import { openUser } from "./detail.ts";
import { UserDetail } from "./detail-schemas.ts";
import { NoteOfPerson, NoteText, UserNote, UserNotePage } from "./note-schemas.ts";
import { addNote, deleteNote, editNote, listNotes } from "./notes.ts";
import { readSensitive } from "./sensitive.ts";
import { SensitiveDetails } from "./sensitive-schemas.ts";
import { TagFilters, TagPage, Tags } from "./tag-schemas.ts";
import { listTags, replaceTags } from "./tags.ts";
import { listTwins, Twins } from "./twins.ts";

const tag = "Members (admin)";

const LOGGED = "The person's access log shows that you looked.";

export const personRoutes = [
  route({
    method: "get",
    path: "/api/admin/users/{id}",
    tag,
    operationId: "getUser",
    summary: "Get a person",
    description: `With the newest notes, and people who may be the same person. For those who may read the lists, also vouchings, the subscription and the newest donations, RSVPs, emails and changes. ${LOGGED}`,
    access: permitted("users.view"),
    request: { params: ById },
    response: { 200: UserDetail },
    errors: [404],
    handle: (ctx, { params }) => openUser(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/admin/users/{id}/sensitive",
    tag,
    operationId: "getSensitiveDetails",
    summary: "See what a person hides",
    description: `With the legal name, and people who may be the same person, judged by hidden details too. ${LOGGED}`,
    access: permitted("users.view_sensitive"),
    request: { params: ById },
    response: { 200: SensitiveDetails },
    errors: [404],
    handle: (ctx, { params }) => readSensitive(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/admin/users/{id}/twins",
    tag,
    operationId: "listTwins",
    summary: "List people who may be the same person",
    description: `At most 20 people with the same email address, the same name and birthday, the same phone, or the same address. What either of them hides from volunteers is not compared. ${LOGGED}`,
    access: permitted("users.view"),
    request: { params: ById },
    response: { 200: Twins },
    errors: [404],
    handle: (ctx, { params }) => listTwins(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/admin/users/{id}/notes",
    tag,
    operationId: "listNotes",
    summary: "List the notes about a person",
    description: `Newest first. Only holders of \`users.view_sensitive\` get the sensitive ones. ${LOGGED}`,
    access: permitted("users.view"),
    request: { params: ById, query: Paging },
    response: { 200: UserNotePage },
    errors: [404],
    handle: (ctx, { params, query }) => listNotes(ctx, params.id, query),
  }),
  route({
    method: "post",
    path: "/api/admin/users/{id}/notes",
    tag,
    operationId: "addNote",
    summary: "Write a note about a person",
    description: "The person can read it in the export of their data.",
    access: permitted("users.edit"),
    request: { params: ById, body: NoteText },
    response: { 201: UserNote },
    errors: [404],
    handle: (ctx, { params, body }) => addNote(ctx, params.id, body),
  }),
  route({
    method: "put",
    path: "/api/admin/users/{id}/notes/{note_id}",
    tag,
    operationId: "editNote",
    summary: "Change a note",
    description: "For its author, and for holders of `users.delete`.",
    access: permitted("users.edit"),
    repeatable: true,
    request: { params: NoteOfPerson, body: NoteText },
    response: { 200: UserNote },
    errors: [404],
    handle: (ctx, { params, body }) => editNote(ctx, params, body),
  }),
  route({
    method: "delete",
    path: "/api/admin/users/{id}/notes/{note_id}",
    tag,
    operationId: "deleteNote",
    summary: "Delete a note",
    description: "For its author, and for holders of `users.delete`.",
    access: permitted("users.edit"),
    request: { params: NoteOfPerson },
    response: { 200: Message },
    errors: [404],
    handle: (ctx, { params }) => deleteNote(ctx, params),
  }),
  route({
    method: "put",
    path: "/api/admin/users/{id}/tags",
    tag,
    operationId: "replaceTags",
    summary: "Replace a person's tags",
    description: "At most 20. Case and extra spaces do not matter.",
    access: permitted("users.edit"),
    repeatable: true,
    request: { params: ById, body: Tags },
    response: { 200: Tags },
    errors: [404],
    handle: (ctx, { params, body }) => replaceTags(ctx, params.id, body),
  }),
  route({
    method: "get",
    path: "/api/admin/tags",
    tag,
    operationId: "listTags",
    summary: "List all tags",
    description: "By name, with the number of people who have each.",
    access: permitted("users.view"),
    request: { query: TagFilters },
    response: { 200: TagPage },
    handle: (ctx, { query }) => listTags(ctx, query),
  }),
];
