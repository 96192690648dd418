import { diffArrays } from 'diff';
import type * as Y from 'yjs';
import { caseTextOf, textOf } from '#lib/domain/agenda.ts';
import { readAuthored, sameness, toShared, type AuthoredNode } from '#lib/domain/authored-text.ts';
import type { DocumentName } from '#lib/domain/document.ts';
import type { Actor } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as agendas from './agendas.ts';
import * as audit from './audit.ts';
import { transaction } from './db/index.ts';
import * as events from './live/events.ts';
import * as rooms from './live/rooms.ts';
import * as versions from './versions.ts';
import * as views from './version-views.ts';

/**
 * Gives an item the text back that it had in a version: as new edits of the asker, which everybody sees at once. Paragraphs that
 * have not changed are left alone, with those who wrote them. What stood there is kept in a version of its own.
 * Refuses not_found, not_allowed, meeting_locked, text_erased, version_damaged.
 */
export function restore(asker: Actor, meetingId: string, version: string, item: string): void {
	// What others are typing right now is part of what is kept.
	rooms.flush();
	const changed = transaction(() => {
		const meeting = versions.readable(asker, meetingId);
		const row = agendas.read(asker, meeting, item);
		if (!views.writes(asker, meeting, item))
			throw new Refusal(meeting.status === 'locked' ? 'meeting_locked' : 'not_allowed');
		const name: DocumentName = row.case
			? { kind: 'item', id: item }
			: { kind: 'agenda', id: meetingId };
		const text = textIn(meetingId, version, name, item);
		const edits = editsTo(name, item, text);
		if (edits.length === 0) return false;
		versions.freeze(meetingId, 'replaced', asker.id);
		rooms.transact(name, asker.id, (doc) => {
			const fragment = fragmentOf(doc, name, item);
			for (const { at, remove, insert } of edits) {
				fragment.delete(at, remove);
				fragment.insert(at, toShared(insert));
			}
		});
		audit.record(asker.id, 'item.restore', `item:${item}`);
		return true;
	});
	if (changed) events.changed(`meeting:${meetingId}`);
}

/** What the item said then: nothing, when it was on the agenda and nobody had written in it. */
function textIn(
	meetingId: string,
	version: string,
	name: DocumentName,
	item: string
): AuthoredNode[] {
	const agenda = versions.contents(meetingId, version, { kind: 'agenda', id: meetingId });
	if (agenda && 'erased' in agenda && name.kind === 'agenda') throw new Refusal('text_erased');
	const listed = agenda && 'items' in agenda && agenda.items.find(({ id }) => id === item);
	if (!listed) throw new Refusal('not_found');
	const held = name.kind === 'agenda' ? listed : versions.contents(meetingId, version, name);
	if (held && 'erased' in held && held.erased) throw new Refusal('text_erased');
	return held && 'text' in held ? held.text : [];
}

function fragmentOf(doc: Y.Doc, name: DocumentName, item: string): Y.XmlFragment {
	const fragment = name.kind === 'item' ? caseTextOf(doc) : textOf(doc, item);
	if (!fragment) throw new Refusal('not_found');
	return fragment;
}

interface Edit {
	at: number;
	remove: number;
	insert: AuthoredNode[];
}

/** What turns the text as it stands into the wanted one, the last paragraphs first, so that places hold. */
function editsTo(name: DocumentName, item: string, wanted: AuthoredNode[]): Edit[] {
	const now = rooms.read(name, (doc) =>
		readAuthored(fragmentOf(doc, name, item), () => null).map(sameness)
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
