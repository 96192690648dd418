-- Calendars take a meeting's new time or place only when its edition's number is higher. A trigger, so that whoever changes one cannot
-- forget it. A rebuild of the meeting table by a later migration drops it: make it again.
CREATE TRIGGER meeting_edition_rises AFTER UPDATE OF date, starts, ends, place, status ON meeting
WHEN new.date IS NOT old.date OR new.starts IS NOT old.starts OR new.ends IS NOT old.ends OR new.place IS NOT old.place
	OR (new.status = 'cancelled' AND old.status <> 'cancelled')
BEGIN
	INSERT INTO meeting_edition (meeting, sequence) VALUES (new.id, 1)
	ON CONFLICT (meeting) DO UPDATE SET sequence = sequence + 1;
END;
