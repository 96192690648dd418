-- A version stands. Its words can be taken out of it (erasing), and nothing else can be done to it. A rebuild of one of these
-- tables by a later migration drops its triggers: make them again.
CREATE TRIGGER document_version_stands BEFORE UPDATE ON document_version
WHEN length(new.bytes) > 0 OR new.id IS NOT old.id
	OR new.document IS NOT old.document OR new.name IS NOT old.name OR new.person IS NOT old.person OR new.at IS NOT old.at
	OR new.version IS NOT old.version
BEGIN
	SELECT RAISE(ABORT, 'a version stands');
END;
--> statement-breakpoint
CREATE TRIGGER document_version_stays BEFORE DELETE ON document_version BEGIN
	SELECT RAISE(ABORT, 'a version stays');
END;
--> statement-breakpoint
CREATE TRIGGER meeting_version_stands BEFORE UPDATE ON meeting_version BEGIN
	SELECT RAISE(ABORT, 'a version stands');
END;
--> statement-breakpoint
CREATE TRIGGER meeting_version_stays BEFORE DELETE ON meeting_version BEGIN
	SELECT RAISE(ABORT, 'a version stays');
END;
