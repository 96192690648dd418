-- Recommendations can be searched for. As in 0003_search.sql, triggers only note that something has changed; a rebuild of the table by a
-- later migration drops them: make them again.
CREATE TRIGGER search_recommendation_inserted AFTER INSERT ON recommendation BEGIN
	INSERT INTO search_entry (kind, thing) VALUES ('recommendation', new.id) ON CONFLICT (kind, thing) DO UPDATE SET stale = 1;
END;
--> statement-breakpoint
CREATE TRIGGER search_recommendation_updated AFTER UPDATE OF code, text, case_id ON recommendation
WHEN old.code IS NOT new.code OR old.text IS NOT new.text OR old.case_id IS NOT new.case_id BEGIN
	UPDATE search_entry SET stale = 1 WHERE kind = 'recommendation' AND thing = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_recommendation_deleted AFTER DELETE ON recommendation BEGIN
	DELETE FROM search_entry WHERE kind = 'recommendation' AND thing = old.id;
END;
