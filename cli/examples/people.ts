import { SAMPLE, SAMPLE_YEAR } from "../../local/sample-ids.ts";
import { about, aboutPerson, type Examples } from "./example.ts";

const { person, role } = SAMPLE;

export const PEOPLE: Examples = {
  deleteUser: aboutPerson("lee"),
  editUser: aboutPerson("axel", { body: { first_name: "Axel", pronouns: "he/him", phone: "+1 212 555 0162" } }),
  getUser: aboutPerson("ada"),
  keepUser: aboutPerson("ada"),
  listUsers: { query: { status: "active" } },
  createUser: {
    body: {
      first_name: "Robin",
      last_name: "Example",
      email: "robin@example.org",
      phone: "+1 212 555 0198",
      referred_by: "Came to the picnic",
      status: "pending_validation",
      send_activation: true,
    },
  },
  exportUsers: { query: { status: "active" } },
  approveUser: aboutPerson("wim"),
  rejectUser: aboutPerson("noa", { body: { reason: "We could not reach you to say hello." } }),
  approveUsers: { body: { ids: [person.nia, person.ned] } },
  rejectUsers: { body: { ids: [person.nell, person.nils], reason: "We could not reach you to say hello." } },
  reconsiderUser: aboutPerson("remy"),
  takeOnApplication: aboutPerson("wanda"),
  letGoOfApplication: aboutPerson("wanda"),
  listVouchings: aboutPerson("wanda"),
  askToVouch: aboutPerson("nora", { body: { member_id: person.axel } }),
  invite: {
    body: {
      email: "alex@example.org",
      role_id: role.host,
      message: "We would love to have you on the events team. Robin",
    },
  },
  resendInvitation: about(SAMPLE.invitation.to_remind),
  revokeInvitation: about(SAMPLE.invitation.to_withdraw),
  getImport: about(SAMPLE.import_job.checked),
  mapImportColumns: about(SAMPLE.import_job.checked, {
    body: {
      columns: [
        { header: "Given name", field: "first_name" },
        { header: "Family name", field: "last_name" },
      ],
    },
  }),
  listImportRows: about(SAMPLE.import_job.checked),
  exportImportProblems: about(SAMPLE.import_job.checked),
  applyImport: about(SAMPLE.import_job.to_apply),
  undoImport: about(SAMPLE.import_job.applied),
  startActivationWaves: about(SAMPLE.import_job.to_activate, { body: { per_day: 200 } }),
  stopActivationWaves: about(SAMPLE.import_job.to_activate),
  changeUserStatus: aboutPerson("nico", { body: { status: "pre_validated", reason: "We met at the picnic." } }),
  resendConfirmation: aboutPerson("uma"),
  handOver: aboutPerson("fin", { body: { to: person.vera } }),
  getSensitiveDetails: aboutPerson("ada"),
  listTwins: aboutPerson("ada"),
  listNotes: aboutPerson("ada"),
  addNote: aboutPerson("ada", { body: { body: "Would like to help at the picnic.", sensitive: false } }),
  editNote: aboutPerson("ada", {
    params: { note_id: SAMPLE.note.to_edit },
    body: { body: "Would like to help at the picnic, but not before noon.", sensitive: false },
  }),
  deleteNote: aboutPerson("ada", { params: { note_id: SAMPLE.note.to_delete } }),
  replaceTags: aboutPerson("ada", { body: { tags: ["speaks spanish", "has a van"] } }),
  createRole: {
    body: {
      code: "greeter",
      name: "Greeter",
      description: "Welcomes people at events",
      permissions: ["events.view", "events.attendance"],
      second_factor_required: false,
    },
  },
  getRole: about(role.host),
  editRole: about(role.host, {
    body: { name: "Host", description: "Looks after guests, and locks the door", second_factor_required: false },
  }),
  deleteRole: about(role.librarian),
  editRolePermissions: about(role.host, { body: { permissions: ["events.view", "events.attendance"] } }),
  listUserRoles: aboutPerson("vera"),
  assignRoles: aboutPerson("axel", { body: { role_ids: [role.photographer] } }),
  getMemberGivingStatement: aboutPerson("sam", { params: { year: String(SAMPLE_YEAR) } }),
};
