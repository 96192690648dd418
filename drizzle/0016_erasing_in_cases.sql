PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_erasure` (
	`id` text PRIMARY KEY NOT NULL,
	`document` text,
	`item` text,
	`epoch` integer,
	`case_id` text,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	`whole` integer DEFAULT false NOT NULL,
	`scrubbed_at` integer,
	FOREIGN KEY (`document`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "erasure_place" CHECK(("item" IS NULL) <> ("case_id" IS NULL))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_erasure`("id", "document", "item", "epoch", "case_id", "person", "at", "reason", "whole", "scrubbed_at") SELECT "id", "document", "item", "epoch", NULL, "person", "at", "reason", "whole", "scrubbed_at" FROM `erasure`;--> statement-breakpoint
DROP TABLE `erasure`;--> statement-breakpoint
ALTER TABLE `__new_erasure` RENAME TO `erasure`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `erasure_item` ON `erasure` (`item`);--> statement-breakpoint
CREATE INDEX `erasure_case` ON `erasure` (`case_id`);