CREATE TABLE `document_damage` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`document` text NOT NULL,
	`epoch` integer NOT NULL,
	`part` text NOT NULL,
	`seq` integer NOT NULL,
	`person` text,
	`at` integer,
	`bytes` blob NOT NULL,
	`sha256` text NOT NULL,
	`found` integer NOT NULL,
	FOREIGN KEY (`document`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `document_damage_document` ON `document_damage` (`document`,`found`);--> statement-breakpoint
CREATE TABLE `document_mirror` (
	`document` text PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`bytes` blob NOT NULL,
	`sha256` text NOT NULL
) STRICT;
