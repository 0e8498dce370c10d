import { SAMPLE } from "../../local/sample-ids.ts";
import { A_TOKEN, about, byLink, type Examples, type OperationExample } from "./example.ts";

const { event, person } = SAMPLE;

const needsPhoto = "a photo: upload one with `POST /api/admin/events/{id}/gallery`";
const needsDoorLink = "the token of a door link: `POST /api/admin/events/{id}/door-links` returns one";

const A_PHOTO = "10af0012-0000-4000-8000-000000000001";
const photo = (body?: unknown): OperationExample =>
  about(A_PHOTO, { needs: needsPhoto, ...(body !== undefined && { body }) });
const atDoor = (body?: unknown): OperationExample => ({
  params: { token: A_TOKEN },
  needs: needsDoorLink,
  ...(body !== undefined && { body }),
});

export const EVENTS: Examples = {
  getEvent: about(event.board_games),
  rsvp: about(event.board_games, { body: { rsvp_status: "yes", guests: 0, show_name: true } }),
  withdrawRsvp: about(event.hike),
  getMyTicket: about(event.choir),
  openTicketLink: byLink(),
  answeredEventCalendar: byLink(),
  listComers: about(event.coffee),
  openCannotComeLink: byLink(),
  cannotCome: byLink({}),
  eventCalendar: about(event.board_games),
  personalCalendar: {
    params: { token: A_TOKEN },
    needs: "the address of a calendar: `POST /api/members/calendar-token` returns one",
  },
  renewCalendarToken: { body: { show_titles: true } },
  createEvent: {
    body: {
      title: "Picnic in the park",
      description: "Bring something to share. We have blankets.",
      location: "Riverside park, by the pond",
      tags: ["outdoors"],
      start_at: "2030-06-15T12:00:00-04:00",
      end_at: "2030-06-15T16:00:00-04:00",
      capacity: 40,
      guests_limit: 2,
      waiting_list: true,
      welcome_statuses: ["active", "payment_pending"],
      contact_email: "events@example.org",
      published: true,
    },
  },
  getManagedEvent: about(event.board_games),
  editEvent: about(event.gala, {
    body: { title: "Spring gala", location: "Town hall", capacity: 120, guests_limit: 1 },
  }),
  deleteEvent: about(event.rehearsal),
  setEventStatus: about(event.open_mic, { body: { status: "published" } }),
  duplicateEvent: about(event.board_games, { body: { start_at: "2030-06-15T18:00:00-04:00" } }),
  setQuestions: about(event.book_club, {
    body: {
      questions: [
        {
          question: "What would you like to eat?",
          purpose: "So that the cook knows how much to buy",
          kind: "choice",
          choices: ["Anything", "Vegetarian", "Vegan"],
          required: true,
        },
      ],
    },
  }),
  listRsvps: about(event.film_night),
  addRsvp: about(event.coffee, { body: { user_id: person.ada, rsvp_status: "yes", guests: 0 } }),
  removeRsvp: about(event.hike, { params: { user_id: person.axel } }),
  promoteRsvp: about(event.cooking, { params: { user_id: person.axel } }),
  exportRsvps: about(event.film_night),
  listAttendance: about(event.film_night),
  markAttendance: about(event.film_night, { body: { attendees: [{ user_id: person.ada, attended: true }] } }),
  checkIn: about(event.potluck, { body: { code: "7B2E90D4", attended: true } }),
  listEventGallery: about(event.picnic),
  offerPhoto: about(event.potluck),
  takeDownPhoto: photo(),
  takeBackTakedown: photo(),
  uploadToGallery: about(event.picnic),
  uploadManyToGallery: about(event.picnic),
  editPhoto: photo({ caption: "By the pond", visibility: "members", consent: true, accepted: true }),
  deletePhotoOfEvent: photo(),
  rotatePhoto: photo({ clockwise: 90 }),
  orderGallery: about(event.picnic, { body: { ids: [A_PHOTO] }, needs: needsPhoto }),
  listDoorLinks: about(event.choir),
  createDoorLink: about(event.choir, { body: { label: "Robin at the gate" } }),
  revokeDoorLink: about(event.choir, { params: { link_id: SAMPLE.door_link.gate } }),
  showDoor: atDoor(),
  checkInAtDoor: atDoor({ code: "4F09A1C3", attended: true }),
  countWalkIn: atDoor({}),
  takeBackWalkIn: atDoor(),
  countRecipients: about(event.choir, { query: { to: "yes,maybe" } }),
  sendMessage: about(event.choir, {
    body: {
      id: "10af0013-0000-4000-8000-000000000001",
      to: ["yes", "maybe"],
      subject: "About Sunday",
      body: "Please come to the side door.\n\nSee you there!",
      count: 2,
    },
  }),
  repeatEvent: about(event.gala, { body: { rrule: "FREQ=WEEKLY;COUNT=4" } }),
  uploadCover: about(event.coffee),
  chooseCover: about(event.picnic, { body: { photo_id: A_PHOTO }, needs: needsPhoto }),
  deleteCover: about(event.coffee),
};
