-- adds rows to: course
-- adds rows to: course_step
-- changes what is vouched for: case
-- Cases from before there were courses (0008_chain.sql) begin theirs as every case does, with being registered: at the moment of the
-- deed that made them, by whom it was; else on the first day of the month in which somebody applied. In those versions the audit trail
-- called a case by its code. By when they must have an answer is not known.
INSERT INTO `course` (`case_id`, `state`, `since`)
SELECT `id`, 'registered', coalesce(
	(SELECT min(`at`) FROM `audit` WHERE `deed` = 'case.create' AND `thing` IN ('case:' || `case_card`.`id`, 'case:' || `case_card`.`code`)),
	unixepoch(`month_in` || '-01') * 1000
)
FROM `case_card` WHERE `id` NOT IN (SELECT `case_id` FROM `course`);
--> statement-breakpoint
INSERT INTO `course_step` (`id`, `case_id`, `at`, `person`, `deed`, `to_state`)
SELECT
	lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
	`course`.`case_id`, `course`.`since`,
	(SELECT `person`.`id` FROM `audit` JOIN `person` ON `person`.`id` = `audit`.`person`
		WHERE `deed` = 'case.create' AND `thing` IN ('case:' || `case_card`.`id`, 'case:' || `case_card`.`code`) ORDER BY `at` LIMIT 1),
	'register', 'registered'
FROM `course` JOIN `case_card` ON `case_card`.`id` = `course`.`case_id`
WHERE `course`.`state` = 'registered' AND `course`.`case_id` NOT IN (SELECT `case_id` FROM `course_step`);
