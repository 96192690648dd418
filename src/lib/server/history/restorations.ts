import { diffArrays } from 'diff';
import type * as Y from 'yjs';
import { caseTextOf, textOf } from '#lib/domain/agenda.ts';
import { type AuthoredNode, readAuthored, sameness, toShared } from '#lib/domain/authored-text.ts';
import type { DocumentName } from '#lib/domain/document.ts';
import type { Actor } from '#lib/domain/may.ts';
import { recommendationTextOf } from '#lib/domain/recommendation-text.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { transaction } from '#lib/server/db/index.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as drafting from '#lib/server/recommendation/drafting.ts';
import * as versions from '#lib/server/version/versions.ts';
import * as views from './views.ts';

/** Which of an item's texts: a case item has two when a recommendation is made there. */
export type TextPart = 'minutes' | 'recommendation';

/**
 * Gives an item the text back that it had in a version: as new edits of the actor, which
 * everybody sees at once. Paragraphs that have not changed are left alone, with those who wrote
 * them. What stood there is kept in a version of its own. Refuses not_found, not_allowed,
 * meeting_locked, text_erased, version_damaged; of a recommendation already_adopted, and
 * wrong_state when nobody has opened its text.
 */
export function restore(
	actor: Actor,
	meetingId: string,
	version: string,
	item: string,
	part: TextPart = 'minutes'
): void {
	// What others are typing right now is part of what is kept.
	rooms.flush();
	const changed = transaction(() => {
		const meeting = versions.readable(actor, meetingId);
		const row = agendas.read(actor, meeting, item);
		if (!views.writes(actor, meeting, item))
			throw new Refusal(meeting.status === 'locked' ? 'meeting_locked' : 'not_allowed');
		const name: DocumentName = row.caseId
			? { kind: 'item', id: item }
			: { kind: 'agenda', id: meetingId };
		if (part === 'recommendation') drafting.assertOpenAt(actor, item);
		const target = { name, item, part };
		const text = textIn(meetingId, version, target);
		const edits = editsTo(target, text);
		if (edits.length === 0) return false;
		versions.freeze(meetingId, 'replaced', actor.id);
		rooms.transact(name, actor.id, (doc) => {
			const fragment = fragmentOf(doc, target);
			for (const { at, remove, insert } of edits) {
				fragment.delete(at, remove);
				fragment.insert(at, toShared(insert));
			}
		});
		audit.record(actor.id, 'item.restore', auditSubject('item', item));
		return true;
	});
	if (changed) events.changed(topicOf('meeting', meetingId));
}

interface Target {
	name: DocumentName;
	item: string;
	part: TextPart;
}

/** What the item said then: nothing, when it was on the agenda and nobody had written in it. */
function textIn(meetingId: string, version: string, { name, item, part }: Target): AuthoredNode[] {
	const agenda = versions.contents(meetingId, version, { kind: 'agenda', id: meetingId });
	if (agenda && 'erased' in agenda && name.kind === 'agenda') throw new Refusal('text_erased');
	const listed = agenda && 'items' in agenda && agenda.items.find(({ id }) => id === item);
	if (!listed) throw new Refusal('not_found');
	const held = name.kind === 'agenda' ? listed : versions.contents(meetingId, version, name);
	if (held && 'erased' in held && held.erased) throw new Refusal('text_erased');
	if (part === 'minutes') return held && 'text' in held ? held.text : [];
	const text = held && 'recommendation' in held ? held.recommendation : undefined;
	if (!text) throw new Refusal('not_found');
	return text;
}

function fragmentOf(doc: Y.Doc, { name, item, part }: Target): Y.XmlFragment {
	if (part === 'recommendation') return recommendationTextOf(doc);
	const fragment = name.kind === 'item' ? caseTextOf(doc) : textOf(doc, item);
	if (!fragment) throw new Refusal('not_found');
	return fragment;
}

interface Edit {
	at: number;
	remove: number;
	insert: AuthoredNode[];
}

/**
 * What turns the text as it stands into the wanted one, the last paragraphs first, so that places
 * hold.
 */
function editsTo(target: Target, wanted: AuthoredNode[]): Edit[] {
	const now = rooms.read(target.name, (doc) =>
		readAuthored(fragmentOf(doc, target), () => null).map(sameness)
	);
	const edits: Edit[] = [];
	let [at, from] = [0, 0];
	for (const { added, removed, count } of diffArrays(now, wanted.map(sameness))) {
		const last = edits.at(-1);
		const edit = last && last.at + last.remove === at ? last : { at, remove: 0, insert: [] };
		if (edit !== last && (added || removed)) edits.push(edit);
		if (removed) edit.remove += count;
		if (added) edit.insert.push(...wanted.slice(from, from + count));
		if (!added) at += count;
		if (!removed) from += count;
	}
	return edits.reverse();
}
