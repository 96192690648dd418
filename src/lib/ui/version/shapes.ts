import type { VersionKind } from '#lib/domain/version.ts';
import { momentText } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/* A comparison as a page gets it. */

export type Segment = { by: string | null; change: 'same' | 'deleted' | 'inserted' } & (
	{ text: string } | { mention: string; id: string }
);

export interface Line {
	kind: 'paragraph' | 'heading' | 'bullet' | 'number';
	level: number;
	segments: Segment[];
}

export interface Side {
	title: Segment[];
	blocks: Line[];
	erased: boolean;
}

/** 'looks': the words are the same, what they look like is not. */
export type Difference = 'none' | 'looks' | 'words';

/** A text in two versions. */
export interface ComparedText {
	before: Side | null;
	after: Side | null;
	difference: Difference;
	restorable: boolean;
}

/** Names of those who wrote, by id; and of what is referred to, by `kind:id`. */
export interface Names {
	writers: Record<string, string>;
	labels: Record<string, string>;
}

export interface Version {
	id: string;
	kind: VersionKind;
	name: string;
	at: number;
	person: string | null;
}

const kinds: Record<VersionKind, () => string> = {
	called: m.version_kind_called,
	opened: m.version_kind_opened,
	reviewed: m.version_kind_reviewed,
	locked: m.version_kind_locked,
	by_hand: m.version_kind_by_hand,
	replaced: m.version_kind_replaced,
	recomposed: m.board_version_recomposed
};

/** «Før gjennomsyn», «Innkalla». */
export function versionName(version: Version): string {
	return version.name || kinds[version.kind]();
}

/** With when, which tells two of a kind apart. */
export function versionLabel(version: Version): string {
	return `${versionName(version)} · ${momentText(version.at)}`;
}

/** What a segment says: its words, or what it refers to under the name that this reader may see. */
export function wordsOf(segment: Segment, { labels }: Names): string {
	if ('text' in segment) return segment.text;
	const unnamed = segment.mention === 'case' ? 'S-····' : '…';
	return labels[`${segment.mention}:${segment.id}`] ?? unnamed;
}

/**
 * Who wrote it; the server's own words, and those of somebody who is not known any more, are
 * Samråd's.
 */
export function writerOf(segment: Segment, { writers }: Names): string {
	return (segment.by !== null && writers[segment.by]) || m.version_unknown_writer();
}

const letter = /[\p{L}\p{N}]/u;

/**
 * Whether the writer is to be named before this segment: when another one begins, and not for a
 * blank or a comma alone.
 */
export function beginsAnother(segments: Segment[], index: number): boolean {
	const named = (segment: Segment) => 'mention' in segment || letter.test(segment.text);
	const segment = segments[index]!;
	if (!named(segment)) return false;
	const before = segments.slice(0, index).filter(named).at(-1);
	return before === undefined || before.by !== segment.by;
}
