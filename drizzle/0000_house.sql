CREATE TABLE `action` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`what` text NOT NULL,
	`person` text,
	`unit` text,
	`due` text NOT NULL,
	`status` text NOT NULL,
	`meeting` text NOT NULL,
	`item` text,
	`case_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`done_at` integer,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "action_one_responsible" CHECK(("action"."person" is null) <> ("action"."unit" is null))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `action_code_unique` ON `action` (`code`);--> statement-breakpoint
CREATE INDEX `action_person` ON `action` (`person`,`status`);--> statement-breakpoint
CREATE INDEX `action_unit` ON `action` (`unit`,`status`);--> statement-breakpoint
CREATE INDEX `action_item` ON `action` (`item`);--> statement-breakpoint
CREATE INDEX `action_meeting` ON `action` (`meeting`);--> statement-breakpoint
CREATE INDEX `action_case` ON `action` (`case_id`);--> statement-breakpoint
CREATE INDEX `action_due` ON `action` (`status`,`due`);--> statement-breakpoint
CREATE TABLE `agenda_item` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting` text NOT NULL,
	`number` text,
	`case_id` text,
	`parent` text,
	`pos` text NOT NULL,
	`minutes` integer NOT NULL,
	`removed` integer DEFAULT false NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`responsible` text,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `agenda_item_number_unique` ON `agenda_item` (`number`);--> statement-breakpoint
CREATE INDEX `agenda_item_meeting` ON `agenda_item` (`meeting`,`pos`);--> statement-breakpoint
CREATE INDEX `agenda_item_case` ON `agenda_item` (`case_id`);--> statement-breakpoint
CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`person` text,
	`deed` text NOT NULL,
	`thing` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `case_card` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`forum` text NOT NULL,
	`household` text NOT NULL,
	`age` text NOT NULL,
	`situation` text NOT NULL,
	`bedrooms` text NOT NULL,
	`accessible` integer DEFAULT false NOT NULL,
	`follow_up` text NOT NULL,
	`month_in` text NOT NULL,
	`urgent` integer DEFAULT false NOT NULL,
	`status` text NOT NULL,
	`unit` text NOT NULL,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `case_card_code_unique` ON `case_card` (`code`);--> statement-breakpoint
CREATE INDEX `case_card_forum` ON `case_card` (`forum`,`status`);--> statement-breakpoint
CREATE TABLE `case_measure` (
	`case_id` text NOT NULL,
	`measure` text NOT NULL,
	PRIMARY KEY(`case_id`, `measure`),
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `choice` (
	`list` text NOT NULL,
	`code` text NOT NULL,
	`pos` integer NOT NULL,
	`nn` text NOT NULL,
	`nb` text NOT NULL,
	`en` text NOT NULL,
	PRIMARY KEY(`list`, `code`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `document` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`epoch` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `document_author` (
	`document` text NOT NULL,
	`epoch` integer NOT NULL,
	`client` integer NOT NULL,
	`person` text,
	PRIMARY KEY(`document`, `epoch`, `client`),
	FOREIGN KEY (`document`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `document_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`document` text NOT NULL,
	`epoch` integer NOT NULL,
	`person` text,
	`at` integer NOT NULL,
	`bytes` blob NOT NULL,
	`sha256` text NOT NULL,
	FOREIGN KEY (`document`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `document_log_document` ON `document_log` (`document`,`seq`);--> statement-breakpoint
CREATE TABLE `document_state` (
	`document` text PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`bytes` blob NOT NULL,
	`sha256` text NOT NULL,
	FOREIGN KEY (`document`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `forum` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`mandate` text NOT NULL,
	`cadence` text NOT NULL,
	`intake` text NOT NULL,
	`output` text NOT NULL,
	`handles_cases` integer DEFAULT false NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `forum_code_unique` ON `forum` (`code`);--> statement-breakpoint
CREATE TABLE `matrix` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`forum` text,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `matrix_cell` (
	`task` text NOT NULL,
	`unit` text NOT NULL,
	`letters` text NOT NULL,
	PRIMARY KEY(`task`, `unit`),
	FOREIGN KEY (`task`) REFERENCES `matrix_task`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `matrix_task` (
	`id` text PRIMARY KEY NOT NULL,
	`matrix` text NOT NULL,
	`pos` integer NOT NULL,
	`title` text NOT NULL,
	FOREIGN KEY (`matrix`) REFERENCES `matrix`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `matrix_task_matrix` ON `matrix_task` (`matrix`,`pos`);--> statement-breakpoint
CREATE TABLE `meeting` (
	`id` text PRIMARY KEY NOT NULL,
	`forum` text NOT NULL,
	`number` text NOT NULL,
	`date` text NOT NULL,
	`starts` text NOT NULL,
	`ends` text NOT NULL,
	`place` text NOT NULL,
	`theme` text NOT NULL,
	`status` text NOT NULL,
	`cases_under` text,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `meeting_date` ON `meeting` (`date`);--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_number` ON `meeting` (`forum`,`number`);--> statement-breakpoint
CREATE TABLE `membership` (
	`id` text PRIMARY KEY NOT NULL,
	`forum` text NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`deputy_for` text,
	`since` integer NOT NULL,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deputy_for`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `membership_person` ON `membership` (`person`);--> statement-breakpoint
CREATE UNIQUE INDEX `membership_once` ON `membership` (`forum`,`person`);--> statement-breakpoint
CREATE TABLE `municipality` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`language` text NOT NULL,
	`time_zone` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`title` text NOT NULL,
	`unit` text,
	`language` text,
	`outside` integer DEFAULT false NOT NULL,
	`administrator` integer DEFAULT false NOT NULL,
	`decides` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `person_code_unique` ON `person` (`code`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`created_at` integer NOT NULL,
	`renewed_at` integer NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `session_person` ON `session` (`person`);--> statement-breakpoint
CREATE TABLE `template_item` (
	`id` text PRIMARY KEY NOT NULL,
	`forum` text NOT NULL,
	`pos` integer NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`minutes` integer NOT NULL,
	`responsible` text,
	`takes_cases` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`responsible`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `template_item_forum` ON `template_item` (`forum`,`pos`);--> statement-breakpoint
CREATE TABLE `unit` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`leader` text,
	`outside` integer DEFAULT false NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_code_unique` ON `unit` (`code`);