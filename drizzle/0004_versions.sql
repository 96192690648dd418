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