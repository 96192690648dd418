import * as Y from 'yjs';
import { caseTextOf, textOf } from '#lib/domain/agenda.ts';
import { blocksOf, readAuthored } from '#lib/domain/authored-text.ts';
import type { DocumentName } from '#lib/domain/document.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as views from '#lib/server/history/views.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { actor, boardMeeting, itemOf, person } from '#lib/server/start/testing.ts';
import * as versions from './versions.ts';

/* The board's next meeting, written in and read back as its texts' versions are. */

export const meeting = () => boardMeeting('22/26');
export const found = () => meetings.find(meeting())!;
export const agenda = (): DocumentName => ({ kind: 'agenda', id: meeting() });
export const caseItem = (): DocumentName => ({ kind: 'item', id: itemOf('S-K6YJ') });

export function ordinaryItem(): string {
	const rows = sqlite()
		.prepare(
			"SELECT id FROM agenda_item WHERE meeting = ? AND case_id IS NULL AND kind = 'fixed' ORDER BY pos"
		)
		.all(meeting()) as { id: string }[];
	return rows[0]!.id;
}

/** Writes paragraphs as somebody, the way their editor would. */
export function type(who: string, name: DocumentName, item: string, ...lines: string[]): void {
	rooms.transact(name, person(who).id, (doc) => {
		const fragment = name.kind === 'agenda' ? textOf(doc, item)! : caseTextOf(doc);
		for (const line of lines) {
			const paragraph = new Y.XmlElement('paragraph');
			paragraph.insert(0, [new Y.XmlText(line)]);
			fragment.insert(fragment.length, [paragraph]);
		}
	});
}

export function put(
	who: string,
	name: DocumentName,
	item: string,
	at: number,
	words: string
): void {
	rooms.transact(name, person(who).id, (doc) => {
		const fragment = name.kind === 'agenda' ? textOf(doc, item)! : caseTextOf(doc);
		((fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(at, words);
	});
}

export function textNow(name: DocumentName, item: string) {
	const authorOf = versions.authorsIn(name);
	return rooms.read(name, (doc) =>
		readAuthored(name.kind === 'agenda' ? textOf(doc, item)! : caseTextOf(doc), authorOf)
	);
}

export const linesNow = (name: DocumentName, item: string) =>
	blocksOf(textNow(name, item)).map((block) =>
		block.pieces.map((piece) => ('text' in piece ? piece.text : '@')).join('')
	);

export const seen = (who: string, from: string | null, to: string | null, item: string) =>
	views.compare(actor(who), found(), from, to).find((one) => one.id === item)!;

export const words = (side: views.Side | null) =>
	side?.blocks.map((block) =>
		block.segments
			.map((segment) => {
				const text = 'text' in segment ? segment.text : `@${segment.id}`;
				return segment.change === 'same' ? text : `[${segment.change} ${text}]`;
			})
			.join('')
	);
