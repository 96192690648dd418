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
