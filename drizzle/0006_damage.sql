CREATE TABLE `document_damage` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`document` text NOT NULL,
	`epoch` integer NOT NULL,
	`part` text NOT NULL,
	`seq` integer NOT NULL,
	`person` text,
	`at` integer,
	`bytes` blob NOT NULL,
	`sha256` text NOT NULL,
	`found` integer NOT NULL,
	FOREIGN KEY (`document`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `document_damage_document` ON `document_damage` (`document`,`found`);--> statement-breakpoint
CREATE TABLE `document_mirror` (
	`document` text PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`bytes` blob NOT NULL,
	`sha256` text NOT NULL
) STRICT;
--> statement-breakpoint
-- The mirror of a state follows whatever is done to it: replaced with it, gone with it. A change of the bytes alone, under a
-- checksum that is no longer theirs, is damage and is not followed.
INSERT INTO document_mirror (document, epoch, seq, bytes, sha256)
	SELECT document, epoch, seq, bytes, sha256 FROM document_state;
--> statement-breakpoint
CREATE TRIGGER document_mirror_inserted AFTER INSERT ON document_state BEGIN
	INSERT INTO document_mirror (document, epoch, seq, bytes, sha256)
		VALUES (new.document, new.epoch, new.seq, new.bytes, new.sha256)
		ON CONFLICT (document) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, bytes = excluded.bytes,
			sha256 = excluded.sha256;
END;
--> statement-breakpoint
CREATE TRIGGER document_mirror_updated AFTER UPDATE ON document_state
	WHEN new.sha256 <> old.sha256 OR new.seq <> old.seq OR new.epoch <> old.epoch BEGIN
	UPDATE document_mirror SET epoch = new.epoch, seq = new.seq, bytes = new.bytes, sha256 = new.sha256
		WHERE document = new.document;
END;
--> statement-breakpoint
CREATE TRIGGER document_mirror_deleted AFTER DELETE ON document_state BEGIN
	DELETE FROM document_mirror WHERE document = old.document;
END;
--> statement-breakpoint
CREATE TRIGGER document_damage_erased AFTER UPDATE OF epoch ON document WHEN new.epoch <> old.epoch BEGIN
	UPDATE document_damage SET bytes = x'' WHERE document = new.id;
END;
