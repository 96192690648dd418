import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import { transaction } from '#lib/server/db/index.ts';
import * as events from '#lib/server/live/events.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { put, read, subject, tell } from '#lib/server/recommendation/rows.ts';
import { open } from './rulings.ts';

/**
 * Sends an adopted recommendation to be ruled on, on each of the tracks; from now on the decision
 * maker sees the card. `codes` are those that the rulings have elsewhere already, by track.
 * Refuses not_found, not_allowed, already_done, wrong_state, missing_choice (no track),
 * unknown_choice.
 */
export function send(
	actor: Actor,
	id: string,
	tracks: string[] | null = null,
	codes: Record<string, string> = {}
): void {
	const rulers = transaction(() => {
		const row = read(actor, id);
		if (!may(actor, 'run', subject(row))) throw new Refusal('not_allowed');
		if (row.own.status === 'draft' || row.own.outcome === 'put_off')
			throw new Refusal('wrong_state');
		if (row.own.status !== 'adopted') throw new Refusal('already_done');
		const on = tracks ?? procedure.tracksFor(row.own.outcome);
		if (on.length === 0) throw new Refusal('missing_choice', { field: 'tracks' });
		progress.advance(actor.id, row.own.caseId, 'send');
		put(id, { status: 'sent', sentById: actor.id, sentAt: clock.now() });
		for (const track of new Set(on)) open(actor, row, track, codes[track]);
		audit.record(actor.id, 'recommendation.send', auditSubject('recommendation', id));
		tell(row);
		return procedure.rulersOf(row.own.forumId);
	});
	events.changed(...rulers.map((one) => topicOf('person', one)));
}
