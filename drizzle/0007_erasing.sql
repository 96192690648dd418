CREATE TABLE `erasure` (
	`id` text PRIMARY KEY NOT NULL,
	`document` text NOT NULL,
	`item` text NOT NULL,
	`epoch` integer NOT NULL,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	`whole` integer DEFAULT false NOT NULL,
	`scrubbed_at` integer,
	FOREIGN KEY (`document`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `erasure_item` ON `erasure` (`item`);