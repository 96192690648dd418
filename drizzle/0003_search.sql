-- What can be searched for, by kind and id; and the words of it. Triggers only note that something has changed: whoever asks
-- first puts the words in order (src/lib/server/search/upkeep.ts), so that a keystroke costs one small row. Rights are no
-- matter of this index. A rebuild of one of these tables by a later migration drops its triggers: make them again.
CREATE TABLE search_entry (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	thing TEXT NOT NULL,
	-- Of minutes, whose words are in live documents: those words, projected. Of everything else nothing.
	text TEXT NOT NULL DEFAULT '',
	stale INTEGER NOT NULL DEFAULT 1,
	UNIQUE (kind, thing)
) STRICT;
--> statement-breakpoint
CREATE INDEX search_entry_stale ON search_entry (kind, thing) WHERE stale = 1;
--> statement-breakpoint
CREATE VIRTUAL TABLE search USING fts5 (code, title, text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
--> statement-breakpoint
CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN
	DELETE FROM search WHERE rowid = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_item_inserted AFTER INSERT ON agenda_item BEGIN
	INSERT INTO search_entry (kind, thing) VALUES ('item', new.id) ON CONFLICT (kind, thing) DO UPDATE SET stale = 1;
END;
--> statement-breakpoint
CREATE TRIGGER search_item_updated AFTER UPDATE OF title, number, case_id ON agenda_item
WHEN old.title IS NOT new.title OR old.number IS NOT new.number OR old.case_id IS NOT new.case_id BEGIN
	UPDATE search_entry SET stale = 1 WHERE kind IN ('item', 'minutes') AND thing = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_item_deleted AFTER DELETE ON agenda_item BEGIN
	DELETE FROM search_entry WHERE kind IN ('item', 'minutes') AND thing = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_decision_inserted AFTER INSERT ON decision BEGIN
	INSERT INTO search_entry (kind, thing) VALUES ('decision', new.id) ON CONFLICT (kind, thing) DO UPDATE SET stale = 1;
END;
--> statement-breakpoint
CREATE TRIGGER search_decision_updated AFTER UPDATE OF code, text, reasons, case_id ON decision BEGIN
	UPDATE search_entry SET stale = 1 WHERE kind = 'decision' AND thing = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_decision_deleted AFTER DELETE ON decision BEGIN
	DELETE FROM search_entry WHERE kind = 'decision' AND thing = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_action_inserted AFTER INSERT ON action BEGIN
	INSERT INTO search_entry (kind, thing) VALUES ('action', new.id) ON CONFLICT (kind, thing) DO UPDATE SET stale = 1;
END;
--> statement-breakpoint
CREATE TRIGGER search_action_updated AFTER UPDATE OF code, what, case_id ON action BEGIN
	UPDATE search_entry SET stale = 1 WHERE kind = 'action' AND thing = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_action_deleted AFTER DELETE ON action BEGIN
	DELETE FROM search_entry WHERE kind = 'action' AND thing = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_person_inserted AFTER INSERT ON person BEGIN
	INSERT INTO search_entry (kind, thing) VALUES ('person', new.id) ON CONFLICT (kind, thing) DO UPDATE SET stale = 1;
END;
--> statement-breakpoint
CREATE TRIGGER search_person_updated AFTER UPDATE OF name, title ON person BEGIN
	UPDATE search_entry SET stale = 1 WHERE kind = 'person' AND thing = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_person_deleted AFTER DELETE ON person BEGIN
	DELETE FROM search_entry WHERE kind = 'person' AND thing = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_task_inserted AFTER INSERT ON matrix_task BEGIN
	INSERT INTO search_entry (kind, thing) VALUES ('task', new.id) ON CONFLICT (kind, thing) DO UPDATE SET stale = 1;
END;
--> statement-breakpoint
CREATE TRIGGER search_task_updated AFTER UPDATE OF title ON matrix_task BEGIN
	UPDATE search_entry SET stale = 1 WHERE kind = 'task' AND thing = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_task_deleted AFTER DELETE ON matrix_task BEGIN
	DELETE FROM search_entry WHERE kind = 'task' AND thing = old.id;
END;
