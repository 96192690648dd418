CREATE TABLE `urgent_report` (
	`recommendation` text PRIMARY KEY NOT NULL,
	`meeting` text,
	FOREIGN KEY (`recommendation`) REFERENCES `recommendation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meeting`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `urgent_report_meeting` ON `urgent_report` (`meeting`);--> statement-breakpoint
ALTER TABLE `meeting` ADD `urgent_under` text;--> statement-breakpoint
ALTER TABLE `template_item` ADD `takes_urgent` integer DEFAULT false NOT NULL;