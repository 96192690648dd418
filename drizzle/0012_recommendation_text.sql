ALTER TABLE `recommendation` ADD `seed` text;--> statement-breakpoint
ALTER TABLE `recommendation` ADD `redacted_at` integer;