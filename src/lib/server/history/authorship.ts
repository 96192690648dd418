import { caseTextOf, textOf } from '#lib/domain/agenda.ts';
import { type Block, blocksOf, readAuthored } from '#lib/domain/authored-text.ts';
import type { DocumentName } from '#lib/domain/document.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Actor } from '#lib/domain/may.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as versions from '#lib/server/version/versions.ts';
import * as labels from './labels.ts';

export interface Authorship {
	at: number;
	blocks: Block[];
	/** Names of those who wrote, by id. */
	writers: Record<string, string>;
	/** What is referred to, by `kind:id`, as far as the reader may see it. */
	labels: Record<string, string>;
}

/** Who wrote what of an item as it stands now, line by line. Refuses not_found. */
export function of(actor: Actor, meetingId: string, item: string, language: Language): Authorship {
	const meeting = versions.readable(actor, meetingId);
	const row = agendas.read(actor, meeting, item);
	const name: DocumentName = row.caseId
		? { kind: 'item', id: item }
		: { kind: 'agenda', id: meetingId };
	const authorOf = versions.authorsIn(name);
	const blocks = rooms.read(name, (doc) => {
		const text = row.caseId ? caseTextOf(doc) : textOf(doc, item);
		return text ? blocksOf(readAuthored(text, authorOf)) : [];
	});
	const pieces = blocks.flatMap((block) => block.pieces);
	const writers = pieces.flatMap(({ by }) => (by === null ? [] : [by]));
	const mentioned = pieces.flatMap((piece) =>
		'mention' in piece ? [`${piece.mention}:${piece.id}`] : []
	);
	return {
		at: clock.now(),
		blocks,
		writers: Object.fromEntries(people.labelled(writers).map((one) => [one.id, one.name])),
		labels: labels.among(mentioned, labels.of(actor, language))
	};
}
