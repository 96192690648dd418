CREATE TABLE `meeting_version` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`person` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `meeting_version_meeting` ON `meeting_version` (`meeting`,`at`);--> statement-breakpoint
ALTER TABLE `document_version` ADD `version` text REFERENCES meeting_version(id);
--> statement-breakpoint
-- Versions from before they were put together, a meeting at a time: the agenda's row gives the moment its id, and the rows of
-- case items belong to the moment last before them. In the migration that makes the table: a later one may not add rows to it.
INSERT INTO meeting_version (id, meeting, kind, name, person, at)
SELECT id, substr(document, 8), name, '', person, at FROM document_version WHERE document LIKE 'agenda:%';
--> statement-breakpoint
UPDATE document_version SET version = id WHERE document LIKE 'agenda:%';
--> statement-breakpoint
UPDATE document_version SET version = (
	SELECT v.id FROM meeting_version v JOIN agenda_item i ON i.meeting = v.meeting
	WHERE 'item:' || i.id = document_version.document AND v.kind = document_version.name AND v.at <= document_version.at
	ORDER BY v.at DESC LIMIT 1
) WHERE document LIKE 'item:%';
