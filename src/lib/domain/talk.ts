import * as Y from 'yjs';
import { limits } from './document.ts';
import { checkRichChange } from './rich-text.ts';
import { type AgendaItem, schedule } from './schedule.ts';
import {
	demand,
	hasList,
	isLive,
	isNew,
	liveChildren,
	liveKeys,
	pathTo,
	type Shared,
	valueOf
} from './structs.ts';

/**
 * `proposed → accepted → confirmed → held`, or declined by the hosts, or withdrawn by the
 * speaker.
 */
export const talkStatuses = [
	'proposed',
	'accepted',
	'confirmed',
	'held',
	'declined',
	'withdrawn'
] as const;
export type TalkStatus = (typeof talkStatuses)[number];

/** What moves a talk on: whose command it is, from which states, and to which. */
export const talkSteps = {
	accept: { by: 'host', from: ['proposed', 'declined'], to: 'accepted' },
	decline: { by: 'host', from: ['proposed', 'accepted'], to: 'declined' },
	confirm: { by: 'speaker', from: ['accepted'], to: 'confirmed' },
	withdraw: { by: 'speaker', from: ['proposed', 'accepted', 'confirmed'], to: 'withdrawn' }
} as const satisfies Record<string, TalkStep>;

interface TalkStep {
	by: 'host' | 'speaker';
	from: readonly TalkStatus[];
	to: TalkStatus;
}

export type TalkStepName = keyof typeof talkSteps;
export const talkStepNames = Object.keys(talkSteps) as TalkStepName[];

/**
 * The steps that lead on from here, for who hosts the day, who speaks, or both. A talk is
 * confirmed when it has a slot.
 */
export function talkStepsFrom(
	talk: { status: TalkStatus; hasSlot: boolean },
	who: { host: boolean; speaker: boolean }
): TalkStepName[] {
	return talkStepNames.filter((name) => {
		const step: TalkStep = talkSteps[name];
		return who[step.by] && step.from.includes(talk.status) && (name !== 'confirm' || talk.hasSlot);
	});
}

/** Whether the speaker still writes in it. */
export function isOpenTalk(status: TalkStatus): boolean {
	return status === 'proposed' || status === 'accepted' || status === 'confirmed';
}

/**
 * What is written down of a talk: its status, its slot, and which words the programme took over.
 */
export const talkLogKinds = ['status', 'slot', 'words'] as const;
export type TalkLogKind = (typeof talkLogKinds)[number];

/* ── Its slot ── */

/** From when to when, 'HH:MM'. */
export interface Slot {
	starts: string;
	ends: string;
}

/** The slot of every item of a day that begins at `starts`, 'HH:MM'. */
export function slotsOf(items: AgendaItem[], starts: string): Map<string, Slot> {
	const [hours = 0, minutes = 0] = starts.split(':').map(Number);
	return new Map(
		schedule(items, hours * 60 + minutes).map((line) => [
			line.id,
			{ starts: clock(line.starts), ends: clock(line.starts + line.minutes) }
		])
	);
}

function clock(minutes: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

/** As the log has it, '10:35-11:20'. */
export function formatSlot(slot: Slot): string {
	return `${slot.starts}-${slot.ends}`;
}

export function parseSlot(text: string | null): Slot | null {
	const [, starts, ends] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text ?? '') ?? [];
	return starts !== undefined && ends !== undefined ? { starts, ends } : null;
}

/* ── Its document ── */

/*
 * The words of a talk, as they live in the document `talk:<talk>`.
 *
 * Root `about`: Y.Map title Y.Text minutes whole number, 5–180 wishes Y.Text, what the speaker
 * asks of the hosts Root `text`: Y.XmlFragment, the abstract: what the minutes of an item may
 * hold, but no reference to a case.
 *
 * The server makes it, whole; a client writes in the texts and sets the minutes.
 */

export const talkLimits = { title: limits.title, wishes: 2000, shortest: 5, longest: 180 } as const;

export function aboutOf(doc: Y.Doc): Y.Map<unknown> {
	return doc.getMap('about');
}

export function abstractOf(doc: Y.Doc): Y.XmlFragment {
	return doc.getXmlFragment('text');
}

/** Makes the roots exist with their types. */
export function openTalk(doc: Y.Doc): void {
	aboutOf(doc);
	abstractOf(doc);
}

/** A new talk without words. */
export function beginTalk(doc: Y.Doc, minutes: number): void {
	const about = aboutOf(doc);
	about.set('title', new Y.Text());
	about.set('minutes', minutes);
	about.set('wishes', new Y.Text());
}

/** The title or the wishes as shared text; null until the document is here. */
export function talkTextOf(doc: Y.Doc, name: 'title' | 'wishes'): Y.Text | null {
	const text = aboutOf(doc).get(name);
	return text instanceof Y.Text ? text : null;
}

export interface TalkWords {
	title: string;
	minutes: number;
	wishes: string;
}

/**
 * Peers may write anything: what does not parse reads as nothing, and a length as the nearest
 * that may be.
 */
export function readTalk(doc: Y.Doc): TalkWords {
	const minutes = aboutOf(doc).get('minutes');
	return {
		title: talkTextOf(doc, 'title')?.toString() ?? '',
		minutes: typeof minutes === 'number' ? wholeMinutes(minutes) : talkLimits.shortest,
		wishes: talkTextOf(doc, 'wishes')?.toString() ?? ''
	};
}

export function setTalkMinutes(doc: Y.Doc, minutes: number, origin?: unknown): void {
	if (!Number.isFinite(minutes)) return;
	doc.transact(() => aboutOf(doc).set('minutes', wholeMinutes(minutes)), origin);
}

function wholeMinutes(minutes: number): number {
	return Math.max(talkLimits.shortest, Math.min(talkLimits.longest, Math.round(minutes)));
}

/**
 * What a transaction changed in a talk, as domain/shape.ts does it for the agenda. Throws
 * Refusal('bad_shape').
 */
export function checkTalk(doc: Y.Doc, transaction: Y.Transaction): void {
	demand([...doc.share.keys()].every((name) => name === 'about' || name === 'text'));
	for (const [type, keys] of transaction.changed) {
		const path = pathTo(type);
		const root = Y.findRootTypeKey(path.length === 0 ? type : (path[0]!.parent as Shared));
		if (root === 'text') {
			checkRichChange(path.length === 0 ? abstractOf(doc) : type, keys, path.length, transaction);
			demand(isWithoutCases(type, keys, transaction));
		} else if (path.length === 0) checkAbout(aboutOf(doc), keys, transaction.local);
		else demand(path.length === 1 && isText(type, path[0]!.parentSub));
	}
}

function checkAbout(about: Shared, keys: ReadonlySet<string | null>, local: boolean): void {
	demand(!hasList(about));
	for (const key of keys) {
		const entry = key === null ? undefined : about._map.get(key);
		demand(isLive(entry));
		const value = entry && valueOf(entry);
		if (key === 'minutes') demand(isLength(value));
		else demand(local && isText(value, key));
	}
}

function isLength(value: unknown): boolean {
	return Number.isInteger(value) && wholeMinutes(Number(value)) === value;
}

/**
 * Plain, and no longer than twice what a field lets somebody type: two tabs may both have kept
 * within the limit.
 */
function isText(type: unknown, name: string | null): boolean {
	if (!(type instanceof Y.Text) || type.constructor !== Y.Text) return false;
	if (name !== 'title' && name !== 'wishes') return false;
	const plain = liveChildren(type).every(({ content }) => content instanceof Y.ContentString);
	return plain && liveKeys(type).length === 0 && type.length <= 2 * talkLimits[name];
}

/** A talk is read outside the board: no case is referred to in it, not even by an id. */
function isWithoutCases(
	type: Shared,
	keys: ReadonlySet<string | null>,
	transaction: Y.Transaction
): boolean {
	if (isCaseMention(type)) return false;
	if (!keys.has(null)) return true;
	return liveChildren(type).every((child) => !isNew(child, transaction) || !holdsCase(child));
}

function holdsCase(item: Y.Item): boolean {
	const type = item.content instanceof Y.ContentType ? item.content.type : null;
	return type !== null && (isCaseMention(type) || liveChildren(type).some(holdsCase));
}

function isCaseMention(type: Shared): boolean {
	return (
		type instanceof Y.XmlElement &&
		type.nodeName === 'mention' &&
		type.getAttribute('kind') === 'case'
	);
}
