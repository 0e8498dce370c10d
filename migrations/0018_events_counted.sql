DROP INDEX "event_rsvps_status_line";--> statement-breakpoint
CREATE INDEX "events_counted" ON "events" USING btree ("published","cancelled_at","end_at");--> statement-breakpoint
CREATE INDEX "event_rsvps_status_line" ON "event_rsvps" USING btree ("event_id","rsvp_status","line_number","guests");