CREATE TABLE `audit_key` (
	`thing` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL
) STRICT;
--> statement-breakpoint
ALTER TABLE `audit` ADD `content` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `audit` ADD `hash` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `audit_thing` ON `audit` (`thing`,`seq`);--> statement-breakpoint
-- Rows are only added. One that is not sealed yet may be sealed, once, and nothing else of it changed.
CREATE TRIGGER audit_only_sealed BEFORE UPDATE ON audit
	WHEN old.hash <> '' OR new.hash = '' OR new.seq <> old.seq OR new.at <> old.at OR new.person IS NOT old.person
		OR new.deed <> old.deed OR new.thing <> old.thing OR new.content <> old.content BEGIN
	SELECT RAISE(ABORT, 'audit: a row is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit BEGIN
	SELECT RAISE(ABORT, 'audit: a row is never deleted');
END;
--> statement-breakpoint
-- REPLACE deletes without asking the guard above.
CREATE TRIGGER audit_never_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = new.seq) BEGIN
	SELECT RAISE(ABORT, 'audit: a row is never replaced');
END;
