-- adds rows to: authority
-- deletes rows of: attendance
-- deletes rows of: meeting_role
-- deletes rows of: deputy_call
-- deletes rows of: handover
-- deletes rows of: backlog_item
-- deletes rows of: recommendation
-- deletes rows of: recommendation_criterion
-- deletes rows of: recommendation_measure
-- deletes rows of: recommendation_person
-- deletes rows of: urgent_report
-- deletes rows of: search_entry
-- changes what is vouched for: recommendation
-- What holds of the rows is said by the schema: references, what a column may hold, and what there is one of, also where a column is
-- null. Copies keep the order of the rowid, by which steps of the same moment are told apart. References that rows make to each
-- other are judged when a transaction ends. The checks are those of the unions in src/lib/domain: a value that is none of them
-- stops here, and the error names the check.

-- Who rules was said of a person; it is said of a person and a forum.
INSERT INTO `authority` (`forum`, `person`)
SELECT `forum`.`id`, `person`.`id` FROM `forum` JOIN `person` ON `person`.`decides` = 1
WHERE `forum`.`handles_cases` = 1 AND NOT EXISTS (SELECT 1 FROM `authority`);
--> statement-breakpoint
-- What there is twice and should be once: the latest stays.
DELETE FROM `attendance` WHERE `id` IN (SELECT `id` FROM (
	SELECT `id`, row_number() OVER (PARTITION BY `meeting`, `item`, `person` ORDER BY `at` DESC, `rowid` DESC) AS `place` FROM `attendance`
) WHERE `place` > 1);
--> statement-breakpoint
DELETE FROM `meeting_role` WHERE `id` IN (SELECT `id` FROM (
	SELECT `id`, row_number() OVER (PARTITION BY `meeting`, `item`, `person`, `role` ORDER BY `rowid` DESC) AS `place` FROM `meeting_role`
) WHERE `place` > 1);
--> statement-breakpoint
DELETE FROM `deputy_call` WHERE `id` IN (SELECT `id` FROM (
	SELECT `id`, row_number() OVER (PARTITION BY `meeting`, `item`, `deputy` ORDER BY `at` DESC, `rowid` DESC) AS `place` FROM `deputy_call` WHERE `ended_at` IS NULL
) WHERE `place` > 1);
--> statement-breakpoint
DELETE FROM `handover` WHERE `id` IN (SELECT `id` FROM (
	SELECT `id`, row_number() OVER (PARTITION BY `action` ORDER BY `at` DESC, `rowid` DESC) AS `place` FROM `handover` WHERE `status` = 'offered'
) WHERE `place` > 1);
--> statement-breakpoint
-- One that is on an agenda already stays before one that waits.
DELETE FROM `backlog_item` WHERE `id` IN (SELECT `id` FROM (
	SELECT `id`, row_number() OVER (PARTITION BY `from_item` ORDER BY `taken_item` IS NULL, `at` DESC, `rowid` DESC) AS `place` FROM `backlog_item` WHERE `from_item` IS NOT NULL
) WHERE `place` > 1);
--> statement-breakpoint
-- A talk is somebody's own words: it loses its place in the programme to the later one, and stays.
UPDATE `talk` SET `item` = NULL WHERE `id` IN (SELECT `id` FROM (
	SELECT `id`, row_number() OVER (PARTITION BY `item` ORDER BY `at` DESC, `rowid` DESC) AS `place` FROM `talk` WHERE `item` IS NOT NULL
) WHERE `place` > 1);
--> statement-breakpoint
-- Of a case's drafts from between meetings the one that was written in most stays, and what was kept for another is kept for it.
-- The search lets go of the others.
CREATE TEMPORARY TABLE `surplus` AS
SELECT `id`, `kept` FROM (
	SELECT `id`, first_value(`id`) OVER (PARTITION BY `case_id` ORDER BY `version` DESC, `rowid`) AS `kept`
	FROM `recommendation` WHERE `item` IS NULL AND `status` = 'draft'
) WHERE `id` <> `kept`;
--> statement-breakpoint
UPDATE `reservation` SET `recommendation` = (SELECT `kept` FROM `surplus` WHERE `id` = `recommendation`)
WHERE `recommendation` IN (SELECT `id` FROM `surplus`);
--> statement-breakpoint
DELETE FROM `recommendation_criterion` WHERE `recommendation` IN (SELECT `id` FROM `surplus`);
--> statement-breakpoint
DELETE FROM `recommendation_measure` WHERE `recommendation` IN (SELECT `id` FROM `surplus`);
--> statement-breakpoint
DELETE FROM `recommendation_person` WHERE `recommendation` IN (SELECT `id` FROM `surplus`);
--> statement-breakpoint
DELETE FROM `urgent_report` WHERE `recommendation` IN (SELECT `id` FROM `surplus`);
--> statement-breakpoint
DELETE FROM `recommendation` WHERE `id` IN (SELECT `id` FROM `surplus`);
--> statement-breakpoint
DROP TABLE `surplus`;
--> statement-breakpoint
-- What points at nothing points nowhere.
UPDATE `meeting` SET `cases_under` = NULL WHERE `cases_under` NOT IN (SELECT `id` FROM `agenda_item`);
--> statement-breakpoint
UPDATE `meeting` SET `urgent_under` = NULL WHERE `urgent_under` NOT IN (SELECT `id` FROM `agenda_item`);
--> statement-breakpoint
UPDATE `meeting` SET `current_item` = NULL, `current_since` = NULL
WHERE `current_item` IS NULL OR `current_since` IS NULL OR `current_item` NOT IN (SELECT `id` FROM `agenda_item`);
--> statement-breakpoint
UPDATE `agenda_item` SET `carried_from` = NULL WHERE `carried_from` NOT IN (SELECT `id` FROM `agenda_item`);
--> statement-breakpoint
UPDATE `unit` SET `leader` = NULL WHERE `leader` NOT IN (SELECT `id` FROM `person`);
--> statement-breakpoint
UPDATE `unit` SET `parent` = NULL WHERE `parent` NOT IN (SELECT `id` FROM `unit`);
--> statement-breakpoint
-- Another one of the same name is made with its table.
DROP INDEX `attendance_once`;
--> statement-breakpoint
CREATE TABLE `__new_action` (
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
	`decision` text,
	`task` text,
	`waiting_for` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`done_at` integer,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decision`) REFERENCES `decision`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`task`) REFERENCES `matrix_task`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "action_one_responsible" CHECK(("person" IS NULL) <> ("unit" IS NULL)),
	CONSTRAINT "action_status_known" CHECK("status" IN ('open', 'in_progress', 'waiting', 'done', 'dropped'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_action`("id", "code", "what", "person", "unit", "due", "status", "meeting", "item", "case_id", "decision", "task", "waiting_for", "created_by", "created_at", "done_at") SELECT "id", "code", "what", "person", "unit", "due", "status", "meeting", "item", "case_id", "decision", "task", "waiting_for", "created_by", "created_at", "done_at" FROM `action` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `action`;
--> statement-breakpoint
ALTER TABLE `__new_action` RENAME TO `action`;
--> statement-breakpoint
CREATE UNIQUE INDEX `action_code_unique` ON `action` (`code`);
--> statement-breakpoint
CREATE INDEX `action_person` ON `action` (`person`,`status`);
--> statement-breakpoint
CREATE INDEX `action_unit` ON `action` (`unit`,`status`);
--> statement-breakpoint
CREATE INDEX `action_item` ON `action` (`item`);
--> statement-breakpoint
CREATE INDEX `action_meeting` ON `action` (`meeting`);
--> statement-breakpoint
CREATE INDEX `action_case` ON `action` (`case_id`);
--> statement-breakpoint
CREATE INDEX `action_decision` ON `action` (`decision`) WHERE decision IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `action_due` ON `action` (`status`,`due`);
--> statement-breakpoint
CREATE TRIGGER search_action_inserted AFTER INSERT ON action BEGIN
	INSERT INTO search_entry (kind, thing) VALUES ('action', new.id) ON CONFLICT (kind, thing) DO UPDATE SET stale = 1;
END;
--> statement-breakpoint
CREATE TRIGGER search_action_updated AFTER UPDATE OF code, what, case_id ON action BEGIN
	UPDATE search_entry SET stale = 1 WHERE kind = 'action' AND thing = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_action_deleted AFTER DELETE ON action BEGIN
	DELETE FROM search_entry WHERE kind = 'action' AND thing = old.id;
END;
--> statement-breakpoint
CREATE TABLE `__new_handover` (
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
	CONSTRAINT "handover_one_target" CHECK(("person" IS NULL) <> ("unit" IS NULL)),
	CONSTRAINT "handover_status_known" CHECK("status" IN ('offered', 'accepted', 'declined', 'withdrawn'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_handover`("id", "action", "person", "unit", "by_person", "at", "status", "settled_by", "settled_at") SELECT "id", "action", "person", "unit", "by_person", "at", "status", "settled_by", "settled_at" FROM `handover` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `handover`;
--> statement-breakpoint
ALTER TABLE `__new_handover` RENAME TO `handover`;
--> statement-breakpoint
CREATE UNIQUE INDEX `handover_one_offer` ON `handover` (`action`) WHERE status = 'offered';
--> statement-breakpoint
CREATE INDEX `handover_action` ON `handover` (`action`);
--> statement-breakpoint
CREATE INDEX `handover_person` ON `handover` (`person`,`status`);
--> statement-breakpoint
CREATE INDEX `handover_unit` ON `handover` (`unit`,`status`);
--> statement-breakpoint
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
	CONSTRAINT "erasure_place" CHECK(("item" IS NULL) <> ("case_id" IS NULL)),
	CONSTRAINT "erasure_reason_known" CHECK("reason" IN ('identifier', 'sensitive', 'third_party', 'wrong_place', 'requested'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_erasure`("id", "document", "item", "epoch", "case_id", "person", "at", "reason", "whole", "scrubbed_at") SELECT "id", "document", "item", "epoch", "case_id", "person", "at", "reason", "whole", "scrubbed_at" FROM `erasure` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `erasure`;
--> statement-breakpoint
ALTER TABLE `__new_erasure` RENAME TO `erasure`;
--> statement-breakpoint
CREATE INDEX `erasure_item` ON `erasure` (`item`);
--> statement-breakpoint
CREATE INDEX `erasure_case` ON `erasure` (`case_id`);
--> statement-breakpoint
CREATE TABLE `__new_attendance` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting` text NOT NULL,
	`item` text,
	`person` text NOT NULL,
	`status` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "attendance_status_known" CHECK("status" IN ('present', 'late', 'absent'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_attendance`("id", "meeting", "item", "person", "status", "at") SELECT "id", "meeting", "item", "person", "status", "at" FROM `attendance` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `attendance`;
--> statement-breakpoint
ALTER TABLE `__new_attendance` RENAME TO `attendance`;
--> statement-breakpoint
CREATE UNIQUE INDEX `attendance_once` ON `attendance` (`meeting`,`person`) WHERE item IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX `attendance_once_at_item` ON `attendance` (`meeting`,`item`,`person`) WHERE item IS NOT NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX `backlog_item_from` ON `backlog_item` (`from_item`) WHERE from_item IS NOT NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX `deputy_call_once` ON `deputy_call` (`meeting`,`deputy`) WHERE item IS NULL AND ended_at IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX `deputy_call_once_at_item` ON `deputy_call` (`meeting`,`item`,`deputy`) WHERE item IS NOT NULL AND ended_at IS NULL;
--> statement-breakpoint
CREATE TABLE `__new_meeting_role` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting` text NOT NULL,
	`item` text,
	`person` text NOT NULL,
	`role` text NOT NULL,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "meeting_role_role_known" CHECK("role" IN ('chair', 'secretary'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_meeting_role`("id", "meeting", "item", "person", "role") SELECT "id", "meeting", "item", "person", "role" FROM `meeting_role` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `meeting_role`;
--> statement-breakpoint
ALTER TABLE `__new_meeting_role` RENAME TO `meeting_role`;
--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_role_once` ON `meeting_role` (`meeting`,`person`,`role`) WHERE item IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_role_once_at_item` ON `meeting_role` (`meeting`,`item`,`person`,`role`) WHERE item IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `meeting_role_meeting` ON `meeting_role` (`meeting`);
--> statement-breakpoint
CREATE INDEX `meeting_role_person` ON `meeting_role` (`person`);
--> statement-breakpoint
CREATE TABLE `__new_recommendation` (
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
	`seed` text,
	`sha256` text,
	`adopted_by` text,
	`adopted_at` integer,
	`redacted_at` integer,
	`sent_by` text,
	`sent_at` integer,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`dwelling`) REFERENCES `dwelling`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`follow_unit`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`adopted_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sent_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "recommendation_status_known" CHECK("status" IN ('draft', 'adopted', 'sent', 'settled')),
	CONSTRAINT "recommendation_outcome_known" CHECK("outcome" IN ('allocate', 'extend', 'exchange', 'reserve', 'adapt', 'other_help', 'refuse', 'put_off')),
	CONSTRAINT "recommendation_language_known" CHECK("language" IN ('nn', 'nb'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_recommendation`("id", "code", "case_id", "forum", "meeting", "item", "status", "version", "outcome", "dwelling", "months", "shorter", "reasons", "wish", "follow_unit", "follow_level", "minority", "language", "text", "seed", "sha256", "adopted_by", "adopted_at", "redacted_at", "sent_by", "sent_at") SELECT "id", "code", "case_id", "forum", "meeting", "item", "status", "version", "outcome", "dwelling", "months", "shorter", "reasons", "wish", "follow_unit", "follow_level", "minority", "language", "text", "seed", "sha256", "adopted_by", "adopted_at", "redacted_at", "sent_by", "sent_at" FROM `recommendation` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `recommendation`;
--> statement-breakpoint
ALTER TABLE `__new_recommendation` RENAME TO `recommendation`;
--> statement-breakpoint
CREATE UNIQUE INDEX `recommendation_code_unique` ON `recommendation` (`code`);
--> statement-breakpoint
CREATE UNIQUE INDEX `recommendation_item_unique` ON `recommendation` (`item`);
--> statement-breakpoint
CREATE UNIQUE INDEX `recommendation_urgent_draft` ON `recommendation` (`case_id`) WHERE item IS NULL AND status = 'draft';
--> statement-breakpoint
CREATE INDEX `recommendation_case` ON `recommendation` (`case_id`);
--> statement-breakpoint
CREATE INDEX `recommendation_forum` ON `recommendation` (`forum`,`status`);
--> statement-breakpoint
CREATE INDEX `recommendation_meeting` ON `recommendation` (`meeting`);
--> statement-breakpoint
CREATE TRIGGER search_recommendation_inserted AFTER INSERT ON recommendation BEGIN
	INSERT INTO search_entry (kind, thing) VALUES ('recommendation', new.id) ON CONFLICT (kind, thing) DO UPDATE SET stale = 1;
END;
--> statement-breakpoint
CREATE TRIGGER search_recommendation_updated AFTER UPDATE OF code, text, case_id ON recommendation
WHEN old.code IS NOT new.code OR old.text IS NOT new.text OR old.case_id IS NOT new.case_id BEGIN
	UPDATE search_entry SET stale = 1 WHERE kind = 'recommendation' AND thing = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_recommendation_deleted AFTER DELETE ON recommendation BEGIN
	DELETE FROM search_entry WHERE kind = 'recommendation' AND thing = old.id;
END;
--> statement-breakpoint
CREATE TABLE `__new_talk` (
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
	FOREIGN KEY (`item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "talk_status_known" CHECK("status" IN ('proposed', 'accepted', 'confirmed', 'held', 'declined', 'withdrawn'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_talk`("id", "meeting", "speaker", "status", "title", "minutes", "item", "at") SELECT "id", "meeting", "speaker", "status", "title", "minutes", "item", "at" FROM `talk` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `talk`;
--> statement-breakpoint
ALTER TABLE `__new_talk` RENAME TO `talk`;
--> statement-breakpoint
CREATE UNIQUE INDEX `talk_item` ON `talk` (`item`) WHERE item IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `talk_meeting` ON `talk` (`meeting`);
--> statement-breakpoint
CREATE INDEX `talk_speaker` ON `talk` (`speaker`);
--> statement-breakpoint
CREATE TABLE `__new_action_event` (
	`id` text PRIMARY KEY NOT NULL,
	`action` text NOT NULL,
	`at` integer NOT NULL,
	`person` text,
	`deed` text NOT NULL,
	`from_value` text,
	`to_value` text,
	`note` text,
	FOREIGN KEY (`action`) REFERENCES `action`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "action_event_deed_known" CHECK("deed" IN ('created', 'status', 'waiting', 'due', 'note', 'offered', 'accepted', 'declined', 'withdrawn', 'moved'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_action_event`("id", "action", "at", "person", "deed", "from_value", "to_value", "note") SELECT "id", "action", "at", "person", "deed", "from_value", "to_value", "note" FROM `action_event` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `action_event`;
--> statement-breakpoint
ALTER TABLE `__new_action_event` RENAME TO `action_event`;
--> statement-breakpoint
CREATE INDEX `action_event_action` ON `action_event` (`action`,`at`);
--> statement-breakpoint
CREATE TABLE `__new_course` (
	`case_id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`reply_due` text,
	`replied_on` text,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "course_state_known" CHECK("state" IN ('registered', 'assessed', 'to_council', 'recommended', 'to_ruling', 'ruled', 'housed', 'helped', 'followed_up', 'closed', 'put_off', 'sent_back', 'withdrawn'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_course`("case_id", "state", "since", "reply_due", "replied_on") SELECT "case_id", "state", "since", "reply_due", "replied_on" FROM `course` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `course`;
--> statement-breakpoint
ALTER TABLE `__new_course` RENAME TO `course`;
--> statement-breakpoint
CREATE INDEX `course_state` ON `course` (`state`,`since`);
--> statement-breakpoint
CREATE TABLE `__new_course_step` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`at` integer NOT NULL,
	`person` text,
	`deed` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`reason` text,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "course_step_deed_known" CHECK("deed" IN ('register', 'assess', 'queue', 'put_off', 'recommend', 'urge', 'wait', 'send', 'rule', 'send_back', 'house', 'help', 'follow_up', 'close', 'remit', 'withdraw', 'reopen')),
	CONSTRAINT "course_step_from_state_known" CHECK("from_state" IN ('registered', 'assessed', 'to_council', 'recommended', 'to_ruling', 'ruled', 'housed', 'helped', 'followed_up', 'closed', 'put_off', 'sent_back', 'withdrawn')),
	CONSTRAINT "course_step_to_state_known" CHECK("to_state" IN ('registered', 'assessed', 'to_council', 'recommended', 'to_ruling', 'ruled', 'housed', 'helped', 'followed_up', 'closed', 'put_off', 'sent_back', 'withdrawn'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_course_step`("id", "case_id", "at", "person", "deed", "from_state", "to_state", "reason") SELECT "id", "case_id", "at", "person", "deed", "from_state", "to_state", "reason" FROM `course_step` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `course_step`;
--> statement-breakpoint
ALTER TABLE `__new_course_step` RENAME TO `course_step`;
--> statement-breakpoint
CREATE INDEX `course_step_case` ON `course_step` (`case_id`,`at`);
--> statement-breakpoint
CREATE TABLE `__new_document` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`epoch` integer NOT NULL,
	CONSTRAINT "document_kind_known" CHECK("kind" IN ('agenda', 'item', 'talk', 'matrix'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_document`("id", "kind", "epoch") SELECT "id", "kind", "epoch" FROM `document` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `document`;
--> statement-breakpoint
ALTER TABLE `__new_document` RENAME TO `document`;
--> statement-breakpoint
CREATE TRIGGER document_damage_erased AFTER UPDATE OF epoch ON document WHEN new.epoch <> old.epoch BEGIN
	UPDATE document_damage SET bytes = x'' WHERE document = new.id;
END;
--> statement-breakpoint
CREATE TABLE `__new_dwelling` (
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
	`note` text DEFAULT '' NOT NULL,
	CONSTRAINT "dwelling_status_known" CHECK("status" IN ('free', 'let', 'repair', 'for_sale'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_dwelling`("id", "code", "kind", "bedrooms", "area", "floor", "accessible", "zone", "status", "free_from", "note") SELECT "id", "code", "kind", "bedrooms", "area", "floor", "accessible", "zone", "status", "free_from", "note" FROM `dwelling` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `dwelling`;
--> statement-breakpoint
ALTER TABLE `__new_dwelling` RENAME TO `dwelling`;
--> statement-breakpoint
CREATE UNIQUE INDEX `dwelling_code_unique` ON `dwelling` (`code`);
--> statement-breakpoint
CREATE TABLE `__new_forum` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`mandate` text NOT NULL,
	`cadence` text NOT NULL,
	`intake` text NOT NULL,
	`output` text NOT NULL,
	`handles_cases` integer DEFAULT false NOT NULL,
	`quorum` integer,
	CONSTRAINT "forum_kind_known" CHECK("kind" IN ('day', 'strategic', 'council', 'group'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_forum`("id", "code", "name", "kind", "mandate", "cadence", "intake", "output", "handles_cases", "quorum") SELECT "id", "code", "name", "kind", "mandate", "cadence", "intake", "output", "handles_cases", "quorum" FROM `forum` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `forum`;
--> statement-breakpoint
ALTER TABLE `__new_forum` RENAME TO `forum`;
--> statement-breakpoint
CREATE UNIQUE INDEX `forum_code_unique` ON `forum` (`code`);
--> statement-breakpoint
CREATE TABLE `__new_membership` (
	`id` text PRIMARY KEY NOT NULL,
	`forum` text NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`deputy_for` text,
	`since` integer NOT NULL,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deputy_for`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "membership_role_known" CHECK("role" IN ('chair', 'secretary', 'member', 'deputy', 'observer', 'speaker'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_membership`("id", "forum", "person", "role", "deputy_for", "since") SELECT "id", "forum", "person", "role", "deputy_for", "since" FROM `membership` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `membership`;
--> statement-breakpoint
ALTER TABLE `__new_membership` RENAME TO `membership`;
--> statement-breakpoint
CREATE INDEX `membership_person` ON `membership` (`person`);
--> statement-breakpoint
CREATE UNIQUE INDEX `membership_once` ON `membership` (`forum`,`person`);
--> statement-breakpoint
CREATE TABLE `__new_template_item` (
	`id` text PRIMARY KEY NOT NULL,
	`forum` text NOT NULL,
	`pos` integer NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`minutes` integer NOT NULL,
	`responsible` text,
	`takes_cases` integer DEFAULT false NOT NULL,
	`takes_urgent` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`responsible`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "template_item_kind_known" CHECK("kind" IN ('section', 'fixed', 'information', 'discussion', 'decision', 'notice', 'talk', 'conversation', 'plenary', 'group', 'form', 'break'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_template_item`("id", "forum", "pos", "title", "kind", "minutes", "responsible", "takes_cases", "takes_urgent") SELECT "id", "forum", "pos", "title", "kind", "minutes", "responsible", "takes_cases", "takes_urgent" FROM `template_item` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `template_item`;
--> statement-breakpoint
ALTER TABLE `__new_template_item` RENAME TO `template_item`;
--> statement-breakpoint
CREATE INDEX `template_item_forum` ON `template_item` (`forum`,`pos`);
--> statement-breakpoint
CREATE TABLE `__new_agenda_item` (
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
	`outcome` text,
	`carried_from` text,
	`round` integer DEFAULT 1 NOT NULL,
	`spent` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `case_card`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`carried_from`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "agenda_item_outcome_known" CHECK("outcome" IN ('concluded', 'noted', 'put_off', 'next_meeting'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_agenda_item`("id", "meeting", "number", "case_id", "parent", "pos", "minutes", "removed", "title", "kind", "responsible", "outcome", "carried_from", "round", "spent") SELECT "id", "meeting", "number", "case_id", "parent", "pos", "minutes", "removed", "title", "kind", "responsible", "outcome", "carried_from", "round", "spent" FROM `agenda_item` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `agenda_item`;
--> statement-breakpoint
ALTER TABLE `__new_agenda_item` RENAME TO `agenda_item`;
--> statement-breakpoint
CREATE UNIQUE INDEX `agenda_item_number_unique` ON `agenda_item` (`number`);
--> statement-breakpoint
CREATE UNIQUE INDEX `agenda_item_carried_from_unique` ON `agenda_item` (`carried_from`);
--> statement-breakpoint
CREATE INDEX `agenda_item_meeting` ON `agenda_item` (`meeting`,`pos`);
--> statement-breakpoint
CREATE INDEX `agenda_item_case` ON `agenda_item` (`case_id`);
--> statement-breakpoint
CREATE TRIGGER search_item_inserted AFTER INSERT ON agenda_item BEGIN
	INSERT INTO search_entry (kind, thing) VALUES ('item', new.id) ON CONFLICT (kind, thing) DO UPDATE SET stale = 1;
END;
--> statement-breakpoint
CREATE TRIGGER search_item_updated AFTER UPDATE OF title, number, case_id ON agenda_item
WHEN old.title IS NOT new.title OR old.number IS NOT new.number OR old.case_id IS NOT new.case_id BEGIN
	UPDATE search_entry SET stale = 1 WHERE kind IN ('item', 'minutes') AND thing = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_item_deleted AFTER DELETE ON agenda_item BEGIN
	DELETE FROM search_entry WHERE kind IN ('item', 'minutes') AND thing = old.id;
END;
--> statement-breakpoint
CREATE TABLE `__new_correction` (
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
	FOREIGN KEY (`settled_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "correction_status_known" CHECK("status" IN ('proposed', 'taken', 'left'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_correction`("id", "meeting", "item", "person", "text", "at", "status", "settled_by", "settled_at") SELECT "id", "meeting", "item", "person", "text", "at", "status", "settled_by", "settled_at" FROM `correction` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `correction`;
--> statement-breakpoint
ALTER TABLE `__new_correction` RENAME TO `correction`;
--> statement-breakpoint
CREATE INDEX `correction_meeting` ON `correction` (`meeting`);
--> statement-breakpoint
CREATE TABLE `__new_meeting` (
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
	`urgent_under` text,
	`current_item` text,
	`current_since` integer,
	FOREIGN KEY (`forum`) REFERENCES `forum`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cases_under`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`urgent_under`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`current_item`) REFERENCES `agenda_item`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "meeting_status_known" CHECK("status" IN ('planned', 'called', 'open', 'review', 'locked', 'cancelled')),
	CONSTRAINT "meeting_current" CHECK(("current_item" IS NULL) = ("current_since" IS NULL))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_meeting`("id", "forum", "number", "date", "starts", "ends", "place", "theme", "status", "cases_under", "urgent_under", "current_item", "current_since") SELECT "id", "forum", "number", "date", "starts", "ends", "place", "theme", "status", "cases_under", "urgent_under", "current_item", "current_since" FROM `meeting` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `meeting`;
--> statement-breakpoint
ALTER TABLE `__new_meeting` RENAME TO `meeting`;
--> statement-breakpoint
CREATE INDEX `meeting_date` ON `meeting` (`date`);
--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_number` ON `meeting` (`forum`,`number`);
--> statement-breakpoint
CREATE TRIGGER meeting_edition_rises AFTER UPDATE OF date, starts, ends, place, status ON meeting
WHEN new.date IS NOT old.date OR new.starts IS NOT old.starts OR new.ends IS NOT old.ends OR new.place IS NOT old.place
	OR (new.status = 'cancelled' AND old.status <> 'cancelled')
BEGIN
	INSERT INTO meeting_edition (meeting, sequence) VALUES (new.id, 1)
	ON CONFLICT (meeting) DO UPDATE SET sequence = sequence + 1;
END;
--> statement-breakpoint
CREATE TABLE `__new_meeting_event` (
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
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "meeting_event_deed_known" CHECK("deed" IN ('state', 'called', 'item', 'outcome', 'appoint', 'attendance', 'deputy_called', 'deputy_ended', 'correction', 'correction_settled', 'erased'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_meeting_event`("id", "meeting", "at", "person", "deed", "from_value", "to_value", "about", "reason") SELECT "id", "meeting", "at", "person", "deed", "from_value", "to_value", "about", "reason" FROM `meeting_event` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `meeting_event`;
--> statement-breakpoint
ALTER TABLE `__new_meeting_event` RENAME TO `meeting_event`;
--> statement-breakpoint
CREATE INDEX `meeting_event_meeting` ON `meeting_event` (`meeting`,`at`);
--> statement-breakpoint
CREATE TABLE `__new_notice` (
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
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notice_kind_known" CHECK("kind" IN ('digest', 'call', 'cancelled')),
	CONSTRAINT "notice_state_known" CHECK("state" IN ('waiting', 'sending', 'sent', 'dropped', 'given_up', 'uncertain'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_notice`("id", "person", "kind", "about", "state", "tries", "due_at", "created_at", "settled_at", "reply", "token") SELECT "id", "person", "kind", "about", "state", "tries", "due_at", "created_at", "settled_at", "reply", "token" FROM `notice` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `notice`;
--> statement-breakpoint
ALTER TABLE `__new_notice` RENAME TO `notice`;
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_token_unique` ON `notice` (`token`);
--> statement-breakpoint
CREATE INDEX `notice_state` ON `notice` (`state`,`due_at`);
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_once` ON `notice` (`person`,`kind`,`about`);
--> statement-breakpoint
CREATE TABLE `__new_notice_item` (
	`notice` text NOT NULL,
	`kind` text NOT NULL,
	`thing` text NOT NULL,
	PRIMARY KEY(`notice`, `kind`, `thing`),
	FOREIGN KEY (`notice`) REFERENCES `notice`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "notice_item_kind_known" CHECK("kind" IN ('action', 'ruling', 'appeal', 'reply'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_notice_item`("notice", "kind", "thing") SELECT "notice", "kind", "thing" FROM `notice_item` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `notice_item`;
--> statement-breakpoint
ALTER TABLE `__new_notice_item` RENAME TO `notice_item`;
--> statement-breakpoint
CREATE TABLE `__new_course_word` (
	`state` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	CONSTRAINT "course_word_state_known" CHECK("state" IN ('registered', 'assessed', 'to_council', 'recommended', 'to_ruling', 'ruled', 'housed', 'helped', 'followed_up', 'closed', 'put_off', 'sent_back', 'withdrawn'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_course_word`("state", "status") SELECT "state", "status" FROM `course_word` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `course_word`;
--> statement-breakpoint
ALTER TABLE `__new_course_word` RENAME TO `course_word`;
--> statement-breakpoint
CREATE TABLE `__new_outcome_track` (
	`outcome` text NOT NULL,
	`track` text NOT NULL,
	PRIMARY KEY(`outcome`, `track`),
	CONSTRAINT "outcome_track_outcome_known" CHECK("outcome" IN ('allocate', 'extend', 'exchange', 'reserve', 'adapt', 'other_help', 'refuse', 'put_off'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_outcome_track`("outcome", "track") SELECT "outcome", "track" FROM `outcome_track` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `outcome_track`;
--> statement-breakpoint
ALTER TABLE `__new_outcome_track` RENAME TO `outcome_track`;
--> statement-breakpoint
CREATE TABLE `__new_proposed_task` (
	`outcome` text NOT NULL,
	`task` text NOT NULL,
	`days` integer NOT NULL,
	`follow_up` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`outcome`, `task`),
	FOREIGN KEY (`task`) REFERENCES `matrix_task`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "proposed_task_outcome_known" CHECK("outcome" IN ('allocate', 'extend', 'exchange', 'reserve', 'adapt', 'other_help', 'refuse', 'put_off'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_proposed_task`("outcome", "task", "days", "follow_up") SELECT "outcome", "task", "days", "follow_up" FROM `proposed_task` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `proposed_task`;
--> statement-breakpoint
ALTER TABLE `__new_proposed_task` RENAME TO `proposed_task`;
--> statement-breakpoint
CREATE TABLE `__new_recommendation_criterion` (
	`recommendation` text NOT NULL,
	`criterion` text NOT NULL,
	`finding` text NOT NULL,
	`reason` text,
	`words` text NOT NULL,
	PRIMARY KEY(`recommendation`, `criterion`),
	FOREIGN KEY (`recommendation`) REFERENCES `recommendation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "recommendation_criterion_finding_known" CHECK("finding" IN ('met', 'not_met', 'not_relevant'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_recommendation_criterion`("recommendation", "criterion", "finding", "reason", "words") SELECT "recommendation", "criterion", "finding", "reason", "words" FROM `recommendation_criterion` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `recommendation_criterion`;
--> statement-breakpoint
ALTER TABLE `__new_recommendation_criterion` RENAME TO `recommendation_criterion`;
--> statement-breakpoint
CREATE TABLE `__new_recommendation_person` (
	`recommendation` text NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`recommendation`, `person`, `role`),
	FOREIGN KEY (`recommendation`) REFERENCES `recommendation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "recommendation_person_role_known" CHECK("role" IN ('present', 'minority'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_recommendation_person`("recommendation", "person", "role") SELECT "recommendation", "person", "role" FROM `recommendation_person` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `recommendation_person`;
--> statement-breakpoint
ALTER TABLE `__new_recommendation_person` RENAME TO `recommendation_person`;
--> statement-breakpoint
CREATE TABLE `__new_recusal` (
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
	FOREIGN KEY (`decided_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "recusal_by_rule_known" CHECK("by_rule" IN ('body', 'self')),
	CONSTRAINT "recusal_status_known" CHECK("status" IN ('raised', 'disqualified', 'impartial'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_recusal`("id", "case_id", "person", "item", "raised_by", "at", "reason", "law", "by_rule", "status", "decided_by", "decided_at") SELECT "id", "case_id", "person", "item", "raised_by", "at", "reason", "law", "by_rule", "status", "decided_by", "decided_at" FROM `recusal` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `recusal`;
--> statement-breakpoint
ALTER TABLE `__new_recusal` RENAME TO `recusal`;
--> statement-breakpoint
CREATE UNIQUE INDEX `recusal_one` ON `recusal` (`case_id`,`person`) WHERE status <> 'impartial';
--> statement-breakpoint
CREATE INDEX `recusal_person` ON `recusal` (`person`,`status`);
--> statement-breakpoint
CREATE INDEX `recusal_item` ON `recusal` (`item`);
--> statement-breakpoint
CREATE TABLE `__new_appeal` (
	`ruling` text PRIMARY KEY NOT NULL,
	`received_on` text NOT NULL,
	`forwarded_on` text,
	`decided_on` text,
	`result` text,
	FOREIGN KEY (`ruling`) REFERENCES `ruling`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "appeal_result_known" CHECK("result" IN ('upheld', 'changed', 'set_aside'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_appeal`("ruling", "received_on", "forwarded_on", "decided_on", "result") SELECT "ruling", "received_on", "forwarded_on", "decided_on", "result" FROM `appeal` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `appeal`;
--> statement-breakpoint
ALTER TABLE `__new_appeal` RENAME TO `appeal`;
--> statement-breakpoint
CREATE TABLE `__new_ruling` (
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
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ruling_status_known" CHECK("status" IN ('waiting', 'ruled', 'sent_back', 'dropped')),
	CONSTRAINT "ruling_stance_known" CHECK("stance" IN ('follow', 'depart', 'send_back')),
	CONSTRAINT "ruling_result_known" CHECK("result" IN ('granted', 'partly', 'refused'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_ruling`("id", "code", "recommendation", "case_id", "forum", "track", "status", "stance", "result", "content", "reason", "opened_at", "person", "at", "ruled_on", "notice_on", "appeal_until", "started_at") SELECT "id", "code", "recommendation", "case_id", "forum", "track", "status", "stance", "result", "content", "reason", "opened_at", "person", "at", "ruled_on", "notice_on", "appeal_until", "started_at" FROM `ruling` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `ruling`;
--> statement-breakpoint
ALTER TABLE `__new_ruling` RENAME TO `ruling`;
--> statement-breakpoint
CREATE UNIQUE INDEX `ruling_code_unique` ON `ruling` (`code`);
--> statement-breakpoint
CREATE INDEX `ruling_case` ON `ruling` (`case_id`);
--> statement-breakpoint
CREATE INDEX `ruling_forum` ON `ruling` (`forum`,`status`);
--> statement-breakpoint
CREATE UNIQUE INDEX `ruling_once` ON `ruling` (`recommendation`,`track`);
--> statement-breakpoint
CREATE TABLE `__new_talk_event` (
	`id` text PRIMARY KEY NOT NULL,
	`talk` text NOT NULL,
	`at` integer NOT NULL,
	`person` text,
	`deed` text NOT NULL,
	`from_value` text,
	`to_value` text,
	FOREIGN KEY (`talk`) REFERENCES `talk`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "talk_event_deed_known" CHECK("deed" IN ('status', 'slot', 'words'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_talk_event`("id", "talk", "at", "person", "deed", "from_value", "to_value") SELECT "id", "talk", "at", "person", "deed", "from_value", "to_value" FROM `talk_event` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `talk_event`;
--> statement-breakpoint
ALTER TABLE `__new_talk_event` RENAME TO `talk_event`;
--> statement-breakpoint
CREATE INDEX `talk_event_talk` ON `talk_event` (`talk`,`at`);
--> statement-breakpoint
CREATE TABLE `__new_unit` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`leader` text,
	`parent` text,
	`outside` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`leader`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`parent`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_unit`("id", "code", "name", "kind", "leader", "parent", "outside") SELECT "id", "code", "name", "kind", "leader", "parent", "outside" FROM `unit` ORDER BY `rowid`;
--> statement-breakpoint
DROP TABLE `unit`;
--> statement-breakpoint
ALTER TABLE `__new_unit` RENAME TO `unit`;
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_code_unique` ON `unit` (`code`);
