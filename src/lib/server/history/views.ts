import { type AuthoredNode, blocksOf, sameness } from '#lib/domain/authored-text.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { type AgendaItem, schedule } from '#lib/domain/schedule.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import type { Meeting } from '#lib/server/meeting/meetings.ts';
import * as drafting from '#lib/server/recommendation/drafting.ts';
import type { Contents, FrozenItem } from '#lib/server/version/contents.ts';
import * as versions from '#lib/server/version/versions.ts';
import { compareBlocks, type ComparedBlock, compareLines, type Segment } from './comparison.ts';

/*
 * Two versions of a meeting's text side by side, item by item, for somebody who may see this much
 * of it.
 */

/** An item as one of the versions has it. */
export interface Side {
	/** Of a case item the heading is the database's, and no part of a version. */
	title: Segment[];
	blocks: ComparedBlock[];
	/** Its words have been erased. */
	erased: boolean;
}

/** One text as two versions have it. */
export interface ComparedText {
	before: Side | null;
	after: Side | null;
	/** 'looks': the words are the same, what they look like is not. */
	difference: 'none' | 'looks' | 'words';
	/** Whether this person can put the first text in the place of the one that stands there now. */
	restorable: boolean;
}

export interface ComparedItem extends ComparedText {
	id: string;
	/** '6.2'; of one that is only in the first, null. */
	ordinal: string | null;
	/** Whether it is a case item, whose text is in a document of its own. */
	isCase: boolean;
	/** A case that this person may not read: nothing of it is here. */
	sealed: boolean;
	/** What the recommendation that is made there says; null when neither version has any. */
	recommendation: ComparedText | null;
}

/** A text as a version has it; null when it may not be read. */
interface HeldText {
	place: AgendaItem;
	text: AuthoredNode[] | null;
	erased: boolean;
}

/** An item, and what a version holds of it. */
type Held = HeldText & { recommendation: AuthoredNode[] };

/**
 * Compares two versions; null stands for the text as it is now. Items in the order of the second,
 * then those that only the first has. Refuses not_found, version_damaged.
 */
export function compare(
	actor: Actor,
	meeting: Meeting,
	from: string | null,
	to: string | null
): ComparedItem[] {
	const [before, after] = [held(actor, meeting, from), held(actor, meeting, to)];
	const order = schedule(
		[...after.values()].map(({ place }) => place),
		0
	);
	const gone = [...before.keys()].filter((id) => !after.has(id));
	const there = order.map(({ id, ordinal }) => ({ id, ordinal }));
	return [...there, ...gone.map((id) => ({ id, ordinal: null }))].map(({ id, ordinal }) => {
		const pair = [before.get(id) ?? null, after.get(id) ?? null] as const;
		const restorable =
			to === null && ordinal !== null && before.has(id) && writes(actor, meeting, id);
		return {
			id,
			ordinal,
			...sides(...pair),
			restorable,
			recommendation: recommendations(actor, id, restorable, ...pair)
		};
	});
}

function recommendations(
	actor: Actor,
	item: string,
	restorable: boolean,
	...[before, after]: readonly [Held | null, Held | null]
): ComparedText | null {
	const [first, second] = [recommendationOf(before), recommendationOf(after)];
	if (!first && !second) return null;
	const { isCase: _, sealed: __, ...compared } = sides(first, second);
	const open = restorable && first !== null && drafting.isOpenAt(actor, item);
	return { ...compared, restorable: open };
}

/** The second text of an item, as one of its own. */
function recommendationOf(held: Held | null): HeldText | null {
	if (!held || held.recommendation.length === 0) return null;
	return { place: held.place, text: held.recommendation, erased: false };
}

function held(actor: Actor, meeting: Meeting, version: string | null): Map<string, Held> {
	const agenda = versions.contents(meeting.id, version, { kind: 'agenda', id: meeting.id });
	const items = agenda && 'items' in agenda ? agenda.items : [];
	return new Map(items.map((item) => [item.id, heldItem(actor, meeting, version, item)]));
}

function heldItem(actor: Actor, meeting: Meeting, version: string | null, item: FrozenItem): Held {
	const { text, erased = false, ...place } = item;
	if (place.open) return { place, text, erased, recommendation: [] };
	const row = agendas.find(item.id);
	if (!row || row.meetingId !== meeting.id || !may(actor, 'read', agendas.subject(row, meeting)))
		return { place, text: null, erased: false, recommendation: [] };
	const found = versions.contents(meeting.id, version, { kind: 'item', id: item.id });
	const erasedAll = found !== null && 'erased' in found;
	return { place, ...textsOf(found), erased: erasedAll };
}

function textsOf(contents: Contents | null): Pick<Held, 'text' | 'recommendation'> {
	const { text, recommendation = [] } = contents && 'text' in contents ? contents : { text: [] };
	return { text, recommendation };
}

/** Whether somebody writes in the document that holds the item's text. */
export function writes(actor: Actor, meeting: Meeting, item: string): boolean {
	const row = agendas.find(item);
	if (!row || row.meetingId !== meeting.id) return false;
	const { id, forumId: forum, forumKind, status } = meeting;
	return may(
		actor,
		'write',
		row.caseId
			? agendas.subject(row, meeting)
			: { kind: 'meeting', meeting: id, forum, forumKind, status }
	);
}

function sides(before: HeldText | null, after: HeldText | null) {
	const blocks = compareBlocks(blocksOf(before?.text ?? []), blocksOf(after?.text ?? []));
	const title = compareLines(before?.place.open?.title ?? '', after?.place.open?.title ?? '');
	const side = (held: HeldText | null, which: 'before' | 'after'): Side | null =>
		held && { title: title[which], blocks: blocks[which], erased: held.erased };
	const all = [...title.before, ...title.after, ...blocks.before.flatMap(segmentsOf)];
	const words =
		[...all, ...blocks.after.flatMap(segmentsOf)].some(({ change }) => change !== 'same') ||
		(before === null) !== (after === null) ||
		blocks.before.length !== blocks.after.length;
	const looks = (held: HeldText | null) => (held?.text ?? []).map(sameness).join();
	const place = after?.place ?? before?.place;
	const difference: ComparedItem['difference'] = words
		? 'words'
		: looks(before) === looks(after)
			? 'none'
			: 'looks';
	return {
		isCase: place?.open === null,
		sealed: (after ?? before)?.text === null,
		before: side(before, 'before'),
		after: side(after, 'after'),
		difference
	};
}

function segmentsOf(block: ComparedBlock): Segment[] {
	return block.segments;
}

/** Ids of those whose words are in what was compared. */
export function writersIn(items: ComparedItem[]): Set<string> {
	return new Set(allSegments(items).flatMap(({ by }) => (by === null ? [] : [by])));
}

/** What is referred to in what was compared, as `kind:id`. */
export function mentionsIn(items: ComparedItem[]): Set<string> {
	return new Set(
		allSegments(items).flatMap((segment) =>
			'mention' in segment ? [`${segment.mention}:${segment.id}`] : []
		)
	);
}

function allSegments(items: ComparedItem[]): Segment[] {
	return items
		.flatMap((item) => [item, ...(item.recommendation ? [item.recommendation] : [])])
		.flatMap(({ before, after }) => [before, after])
		.flatMap((side) => side?.blocks ?? [])
		.flatMap(segmentsOf);
}
