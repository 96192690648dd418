import * as Y from 'yjs';
import { liveChildren, type Shared } from './structs.ts';

/*
 * The board's text of a recommendation, as several write it together: the root `recommendation`
 * of the case item's document. Paragraphs and lists, and nothing that looks like anything: it is
 * adopted as plain words, and what is frozen must be what was seen.
 */

/** The text of the recommendation that is made at a case item, in the item's own document. */
export function recommendationTextOf(doc: Y.Doc): Y.XmlFragment {
	return doc.getXmlFragment(root);
}

const root = 'recommendation';

/**
 * Whether a transaction changed anything of it. `changed`: the names that the engine's projectors
 * are told.
 */
export function isRecommendationAmong(changed: ReadonlySet<string>): boolean {
	return changed.has(root);
}

/**
 * Whether a transaction, which has not ended yet, writes in the text or takes something out of
 * it.
 */
export function touchesRecommendation(doc: Y.Doc, transaction: Y.Transaction): boolean {
	const fragment: Shared = recommendationTextOf(doc);
	return [...transaction.changed.keys()].some((type) => rootOf(type) === fragment);
}

function rootOf(type: Shared): Shared {
	let above = type;
	while (above._item) above = above._item.parent as Shared;
	return above;
}

/**
 * The words as they are adopted: a line for each paragraph, what stands in a list with its mark
 * before it. Without empty lines.
 */
export function wordsOf(fragment: Y.XmlFragment): string {
	return linesIn(fragment, '').join('\n');
}

function linesIn(parent: Shared, indent: string): string[] {
	return elementsIn(parent).flatMap((element) => {
		if (element.nodeName === 'bulletList') return listed(element, indent, () => '– ');
		if (element.nodeName === 'orderedList') {
			const first = Number(element.getAttribute('start') ?? 1);
			return listed(element, indent, (place) => `${first + place}. `);
		}
		const line = lineOf(element);
		return line.trim() === '' ? [] : [indent + line.trimEnd()];
	});
}

function listed(list: Shared, indent: string, mark: (place: number) => string): string[] {
	return elementsIn(list).flatMap((item, place) => {
		const lead = mark(place);
		const lines = linesIn(item, indent + ' '.repeat(lead.length));
		const [first, ...rest] = lines;
		return first === undefined ? [] : [indent + lead + first.trimStart(), ...rest];
	});
}

function elementsIn(parent: Shared): Y.XmlElement[] {
	return liveChildren(parent).flatMap(({ content }) =>
		content instanceof Y.ContentType && content.type instanceof Y.XmlElement ? [content.type] : []
	);
}

function lineOf(element: Shared): string {
	return liveChildren(element)
		.flatMap(({ content }) =>
			content instanceof Y.ContentType && content.type instanceof Y.XmlText
				? liveChildren(content.type)
				: []
		)
		.map(({ content }) => (content instanceof Y.ContentString ? content.str : ''))
		.join('');
}

/** A paragraph for each line of these words. */
export function paragraphsOf(words: string): Y.XmlElement[] {
	return words
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((line) => {
			const paragraph = new Y.XmlElement('paragraph');
			paragraph.insert(0, [new Y.XmlText(line)]);
			return paragraph;
		});
}

/** Puts these words in the place of all that stands there. Within the caller's transaction. */
export function replaceWords(fragment: Y.XmlFragment, words: string): void {
	fragment.delete(0, fragment.length);
	fragment.insert(0, paragraphsOf(words));
}
