-- Versions from before they were put together, a meeting at a time: the agenda's row gives the moment its id, and the rows of
-- case items belong to the moment last before them.
INSERT INTO meeting_version (id, meeting, kind, name, person, at)
SELECT id, substr(document, 8), name, '', person, at FROM document_version WHERE document LIKE 'agenda:%';
--> statement-breakpoint
UPDATE document_version SET version = id WHERE document LIKE 'agenda:%';
--> statement-breakpoint
UPDATE document_version SET version = (
	SELECT v.id FROM meeting_version v JOIN agenda_item i ON i.meeting = v.meeting
	WHERE 'item:' || i.id = document_version.document AND v.kind = document_version.name AND v.at <= document_version.at
	ORDER BY v.at DESC LIMIT 1
) WHERE document LIKE 'item:%';
--> statement-breakpoint
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
