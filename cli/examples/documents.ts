import { SAMPLE } from "../../local/sample-ids.ts";
import { about, type Examples } from "./example.ts";

const { newsletter, report, bylaws } = SAMPLE;

const LETTER = "Dear friends,\n\nThe garden is open again. **Come and see it!**";

export const DOCUMENTS: Examples = {
  createNewsletter: {
    body: {
      title: "What we did this fall",
      description: "The garden, the choir, and the new kitchen",
      document_type: null,
      subject: "Our fall newsletter",
      body: LETTER,
      shows_events: true,
      recipient_statuses: ["active"],
      recipient_tag: null,
    },
  },
  getManagedNewsletter: about(newsletter.spring),
  editNewsletter: about(newsletter.summer, { body: { title: "Our summer", body: LETTER, shows_events: true } }),
  deleteNewsletter: about(newsletter.old_draft),
  uploadNewsletter: about(newsletter.on_paper),
  previewNewsletter: about(newsletter.summer),
  countNewsletterRecipients: about(newsletter.autumn),
  listLeftOut: about(newsletter.autumn),
  testNewsletter: about(newsletter.summer),
  sendNewsletter: about(newsletter.autumn, { body: { count: 1 } }),
  stopNewsletter: about(newsletter.winter),
  createReport: {
    body: {
      title: "Annual report",
      year: 2025,
      document_type: "link",
      document_location: "https://www.example.org/report-2025.pdf",
      published: true,
    },
  },
  getManagedReport: about(report.last_year),
  editReport: about(report.draft, { body: { title: "Half-year report", published: true } }),
  deleteReport: about(report.old_draft),
  uploadReport: about(report.without_file),
  createBylaws: {
    body: {
      kind: "bylaws",
      title: "Bylaws",
      version: "2025-1",
      effective_on: "2025-01-01",
      document_type: "link",
      document_location: "https://www.example.org/bylaws-2025.pdf",
      published: true,
      current: true,
      asks_again: false,
    },
  },
  getManagedBylaws: about(bylaws.conduct),
  editBylaws: about(bylaws.draft, { body: { title: "Our code of conduct", effective_on: "2030-01-01" } }),
  deleteBylaws: about(bylaws.old_draft),
  uploadBylaws: about(bylaws.without_file),
};
