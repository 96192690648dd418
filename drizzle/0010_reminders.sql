CREATE TABLE `calendar_feed` (
	`person` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_secret_unique` ON `calendar_feed` (`secret`);--> statement-breakpoint
CREATE TABLE `meeting_edition` (
	`meeting` text PRIMARY KEY NOT NULL,
	`sequence` integer NOT NULL,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `notice` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`about` text NOT NULL,
	`state` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`reply` integer,
	`token` text,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_token_unique` ON `notice` (`token`);--> statement-breakpoint
CREATE INDEX `notice_state` ON `notice` (`state`,`due_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `notice_once` ON `notice` (`person`,`kind`,`about`);--> statement-breakpoint
CREATE TABLE `notice_item` (
	`notice` text NOT NULL,
	`kind` text NOT NULL,
	`thing` text NOT NULL,
	PRIMARY KEY(`notice`, `kind`, `thing`),
	FOREIGN KEY (`notice`) REFERENCES `notice`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `notice_setting` (
	`person` text PRIMARY KEY NOT NULL,
	`digest` integer NOT NULL,
	`calls` integer NOT NULL,
	`quiet_from` text NOT NULL,
	`quiet_until` text NOT NULL,
	`quiet_days_off` integer NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
ALTER TABLE `person` ADD `email` text;