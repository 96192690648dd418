CREATE TABLE `action_event` (
	`id` text PRIMARY KEY NOT NULL,
	`action` text NOT NULL,
	`at` integer NOT NULL,
	`person` text,
	`deed` text NOT NULL,
	`from_value` text,
	`to_value` text,
	`note` text,
	FOREIGN KEY (`action`) REFERENCES `action`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `action_event_action` ON `action_event` (`action`,`at`);--> statement-breakpoint
CREATE TABLE `attendance` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting` text NOT NULL,
	`item` text,
	`person` text NOT NULL,
	`status` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `attendance_once` ON `attendance` (`meeting`,`item`,`person`);--> statement-breakpoint
CREATE TABLE `backlog_item` (
	`id` text PRIMARY KEY NOT NULL,
	`forum` text NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`minutes` integer NOT NULL,
	`proposed_by` text,
	`at` integer NOT NULL,
	`from_item` text,
	`taken_item` text,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taken_item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `backlog_item_forum` ON `backlog_item` (`forum`,`taken_item`);--> statement-breakpoint
CREATE TABLE `correction` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting` text NOT NULL,
	`item` text NOT NULL,
	`person` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	`status` text NOT NULL,
	`settled_by` text,
	`settled_at` integer,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`settled_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `correction_meeting` ON `correction` (`meeting`);--> statement-breakpoint
CREATE TABLE `decision` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`meeting` text NOT NULL,
	`item` text NOT NULL,
	`case_id` text,
	`text` text NOT NULL,
	`reasons` text NOT NULL,
	`minority` text NOT NULL,
	`statement` text NOT NULL,
	`review_on` text,
	`reviewed_in` text,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reviewed_in`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `decision_code_unique` ON `decision` (`code`);--> statement-breakpoint
CREATE INDEX `decision_meeting` ON `decision` (`meeting`);--> statement-breakpoint
CREATE INDEX `decision_item` ON `decision` (`item`);--> statement-breakpoint
CREATE INDEX `decision_at` ON `decision` (`at`);--> statement-breakpoint
CREATE TABLE `deputy_call` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting` text NOT NULL,
	`item` text,
	`deputy` text NOT NULL,
	`for_person` text,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deputy`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`for_person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `deputy_call_deputy` ON `deputy_call` (`deputy`);--> statement-breakpoint
CREATE INDEX `deputy_call_meeting` ON `deputy_call` (`meeting`);--> statement-breakpoint
CREATE TABLE `document_version` (
	`id` text PRIMARY KEY NOT NULL,
	`document` text NOT NULL,
	`name` text NOT NULL,
	`bytes` blob NOT NULL,
	`rendered` text NOT NULL,
	`sha256` text NOT NULL,
	`person` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`document`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `document_version_document` ON `document_version` (`document`,`at`);--> statement-breakpoint
CREATE TABLE `handover` (
	`id` text PRIMARY KEY NOT NULL,
	`action` text NOT NULL,
	`person` text,
	`unit` text,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	`status` text NOT NULL,
	`settled_by` text,
	`settled_at` integer,
	FOREIGN KEY (`action`) REFERENCES `action`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`settled_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "handover_one_target" CHECK(("handover"."person" is null) <> ("handover"."unit" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `handover_action` ON `handover` (`action`);--> statement-breakpoint
CREATE INDEX `handover_person` ON `handover` (`person`,`status`);--> statement-breakpoint
CREATE INDEX `handover_unit` ON `handover` (`unit`,`status`);--> statement-breakpoint
CREATE TABLE `last_look` (
	`person` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `meeting_event` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting` text NOT NULL,
	`at` integer NOT NULL,
	`person` text,
	`deed` text NOT NULL,
	`from_value` text,
	`to_value` text,
	`about` text,
	`reason` text,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `meeting_event_meeting` ON `meeting_event` (`meeting`,`at`);--> statement-breakpoint
CREATE TABLE `meeting_role` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting` text NOT NULL,
	`item` text,
	`person` text NOT NULL,
	`role` text NOT NULL,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `meeting_role_meeting` ON `meeting_role` (`meeting`);--> statement-breakpoint
CREATE INDEX `meeting_role_person` ON `meeting_role` (`person`);--> statement-breakpoint
CREATE TABLE `number_series` (
	`forum` text NOT NULL,
	`year` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`forum`, `year`),
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `talk` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting` text NOT NULL,
	`speaker` text NOT NULL,
	`status` text NOT NULL,
	`title` text NOT NULL,
	`minutes` integer NOT NULL,
	`item` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`speaker`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `talk_meeting` ON `talk` (`meeting`);--> statement-breakpoint
CREATE INDEX `talk_speaker` ON `talk` (`speaker`);--> statement-breakpoint
CREATE TABLE `talk_event` (
	`id` text PRIMARY KEY NOT NULL,
	`talk` text NOT NULL,
	`at` integer NOT NULL,
	`person` text,
	`deed` text NOT NULL,
	`from_value` text,
	`to_value` text,
	FOREIGN KEY (`talk`) REFERENCES `talk`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `talk_event_talk` ON `talk_event` (`talk`,`at`);--> statement-breakpoint
ALTER TABLE `action` ADD `decision` text REFERENCES decision(id);--> statement-breakpoint
ALTER TABLE `action` ADD `task` text REFERENCES matrix_task(id);--> statement-breakpoint
ALTER TABLE `action` ADD `waiting_for` text;--> statement-breakpoint
ALTER TABLE `agenda_item` ADD `outcome` text;--> statement-breakpoint
ALTER TABLE `agenda_item` ADD `carried_from` text;--> statement-breakpoint
ALTER TABLE `agenda_item` ADD `round` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `agenda_item` ADD `spent` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `agenda_item_carried_from_unique` ON `agenda_item` (`carried_from`);--> statement-breakpoint
ALTER TABLE `forum` ADD `quorum` integer;--> statement-breakpoint
ALTER TABLE `meeting` ADD `current_item` text;--> statement-breakpoint
ALTER TABLE `meeting` ADD `current_since` integer;