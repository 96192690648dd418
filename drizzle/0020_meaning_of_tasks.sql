-- What the rules of a matrix must know of a row was read from its title, and the applicant was the unit of a certain kind. Now it is
-- said. Old rows get what was read of them until now: what begins with «innstilling» or «tilråding» is the recommendation; lists,
-- figures, plans and the forum itself are about many, and every other row is about the applicant's own case.
ALTER TABLE `matrix` ADD `applicant` text REFERENCES `unit`(`id`);
--> statement-breakpoint
ALTER TABLE `matrix_task` ADD `about` text CONSTRAINT "matrix_task_about_known" CHECK("about" IN ('case', 'many'));
--> statement-breakpoint
ALTER TABLE `matrix_task` ADD `recommends` integer;
--> statement-breakpoint
UPDATE `matrix` SET `applicant` = (SELECT `id` FROM `unit` WHERE `kind` = 'part' ORDER BY `rowid` LIMIT 1);
--> statement-breakpoint
UPDATE `matrix_task` SET
	`recommends` = lower(`title`) GLOB 'innstilling*' OR lower(`title`) GLOB 'tilr[åÅ]ding*',
	`about` = CASE WHEN
		lower(`title`) GLOB 'liste*'
		OR lower(`title`) GLOB '*oversikt*'
		OR ' ' || lower(`title`) || ' ' GLOB '*[^a-z0-9_]tal[^a-z0-9_]*'
		OR ' ' || lower(`title`) || ' ' GLOB '*[^a-z0-9_]tall[^a-z0-9_]*'
		OR lower(`title`) GLOB '*forum*'
		OR lower(`title`) || ' ' GLOB '*plan[^a-z0-9_]*'
	THEN 'many' ELSE 'case' END;
