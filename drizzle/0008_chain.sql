CREATE TABLE `appeal` (
	`ruling` text PRIMARY KEY NOT NULL,
	`received_on` text NOT NULL,
	`forwarded_on` text,
	`decided_on` text,
	`result` text,
	FOREIGN KEY (`ruling`) REFERENCES `ruling`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `authority` (
	`forum` text NOT NULL,
	`person` text NOT NULL,
	PRIMARY KEY(`forum`, `person`),
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `authority_person` ON `authority` (`person`);--> statement-breakpoint
CREATE TABLE `course` (
	`case_id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`reply_due` text,
	`replied_on` text,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `course_state` ON `course` (`state`,`since`);--> statement-breakpoint
CREATE TABLE `course_step` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`at` integer NOT NULL,
	`person` text,
	`deed` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`reason` text,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `course_step_case` ON `course_step` (`case_id`,`at`);--> statement-breakpoint
CREATE TABLE `course_word` (
	`state` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `dwelling` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`kind` text NOT NULL,
	`bedrooms` integer NOT NULL,
	`area` text NOT NULL,
	`floor` text NOT NULL,
	`accessible` integer NOT NULL,
	`zone` text NOT NULL,
	`status` text NOT NULL,
	`free_from` text,
	`note` text DEFAULT '' NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `dwelling_code_unique` ON `dwelling` (`code`);--> statement-breakpoint
CREATE TABLE `outcome_track` (
	`outcome` text NOT NULL,
	`track` text NOT NULL,
	PRIMARY KEY(`outcome`, `track`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `proposed_task` (
	`outcome` text NOT NULL,
	`task` text NOT NULL,
	`days` integer NOT NULL,
	`follow_up` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`outcome`, `task`),
	FOREIGN KEY (`task`) REFERENCES `matrix_task`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `recommendation` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`case_id` text NOT NULL,
	`forum` text NOT NULL,
	`meeting` text,
	`item` text,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`outcome` text NOT NULL,
	`dwelling` text,
	`months` integer,
	`shorter` text NOT NULL,
	`reasons` text NOT NULL,
	`wish` text NOT NULL,
	`follow_unit` text,
	`follow_level` text,
	`minority` text NOT NULL,
	`language` text NOT NULL,
	`text` text NOT NULL,
	`sha256` text,
	`adopted_by` text,
	`adopted_at` integer,
	`sent_by` text,
	`sent_at` integer,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`dwelling`) REFERENCES `dwelling`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`follow_unit`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`adopted_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sent_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `recommendation_code_unique` ON `recommendation` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `recommendation_item_unique` ON `recommendation` (`item`);--> statement-breakpoint
CREATE INDEX `recommendation_case` ON `recommendation` (`case_id`);--> statement-breakpoint
CREATE INDEX `recommendation_forum` ON `recommendation` (`forum`,`status`);--> statement-breakpoint
CREATE INDEX `recommendation_meeting` ON `recommendation` (`meeting`);--> statement-breakpoint
CREATE TABLE `recommendation_criterion` (
	`recommendation` text NOT NULL,
	`criterion` text NOT NULL,
	`finding` text NOT NULL,
	`reason` text,
	`words` text NOT NULL,
	PRIMARY KEY(`recommendation`, `criterion`),
	FOREIGN KEY (`recommendation`) REFERENCES `recommendation`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `recommendation_measure` (
	`recommendation` text NOT NULL,
	`measure` text NOT NULL,
	PRIMARY KEY(`recommendation`, `measure`),
	FOREIGN KEY (`recommendation`) REFERENCES `recommendation`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `recommendation_person` (
	`recommendation` text NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`recommendation`, `person`, `role`),
	FOREIGN KEY (`recommendation`) REFERENCES `recommendation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `recusal` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`person` text NOT NULL,
	`item` text NOT NULL,
	`raised_by` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	`law` text NOT NULL,
	`by_rule` text NOT NULL,
	`status` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`raised_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `recusal_one` ON `recusal` (`case_id`,`person`) WHERE status <> 'impartial';--> statement-breakpoint
CREATE INDEX `recusal_person` ON `recusal` (`person`,`status`);--> statement-breakpoint
CREATE INDEX `recusal_item` ON `recusal` (`item`);--> statement-breakpoint
CREATE TABLE `reservation` (
	`id` text PRIMARY KEY NOT NULL,
	`dwelling` text NOT NULL,
	`recommendation` text NOT NULL,
	`person` text,
	`at` integer NOT NULL,
	`released_at` integer,
	FOREIGN KEY (`dwelling`) REFERENCES `dwelling`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recommendation`) REFERENCES `recommendation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `reservation_one` ON `reservation` (`dwelling`) WHERE released_at IS NULL;--> statement-breakpoint
CREATE INDEX `reservation_recommendation` ON `reservation` (`recommendation`);--> statement-breakpoint
CREATE TABLE `rule` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `ruling` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`recommendation` text NOT NULL,
	`case_id` text NOT NULL,
	`forum` text NOT NULL,
	`track` text NOT NULL,
	`status` text NOT NULL,
	`stance` text,
	`result` text,
	`content` text NOT NULL,
	`reason` text NOT NULL,
	`opened_at` integer NOT NULL,
	`person` text,
	`at` integer,
	`ruled_on` text,
	`notice_on` text,
	`appeal_until` text,
	`started_at` integer,
	FOREIGN KEY (`recommendation`) REFERENCES `recommendation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `ruling_code_unique` ON `ruling` (`code`);--> statement-breakpoint
CREATE INDEX `ruling_case` ON `ruling` (`case_id`);--> statement-breakpoint
CREATE INDEX `ruling_forum` ON `ruling` (`forum`,`status`);--> statement-breakpoint
CREATE UNIQUE INDEX `ruling_once` ON `ruling` (`recommendation`,`track`);--> statement-breakpoint
CREATE TABLE `ruling_action` (
	`action` text PRIMARY KEY NOT NULL,
	`ruling` text NOT NULL,
	FOREIGN KEY (`action`) REFERENCES `action`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ruling`) REFERENCES `ruling`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `ruling_action_ruling` ON `ruling_action` (`ruling`);--> statement-breakpoint
CREATE TABLE `urgent_member` (
	`forum` text NOT NULL,
	`person` text NOT NULL,
	PRIMARY KEY(`forum`, `person`),
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
