import { getSchema } from '@tiptap/core';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { caseTextOf } from '#lib/domain/agenda.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { checkCaseText } from '#lib/domain/shape.ts';
import { textExtensions } from './extensions.ts';
import { labels, mention } from './mentions.ts';

/*
 * Texts made at random, of what the editor knows and of what it does not: whatever the server's
 * check lets in, the editor knows to the last attribute, and no reader shows anything of it but
 * words.
 */

const schema = getSchema([...textExtensions, mention(labels([]))]);
const id = '3f2c1a60-0000-4000-8000-000000000001';

const names = [
	'paragraph',
	'heading',
	'bulletList',
	'orderedList',
	'listItem',
	'mention',
	'image',
	'script',
	'iframe',
	'a',
	'taskList',
	'horizontalRule',
	'constructor',
	''
];
const attributes: [string, unknown][] = [
	['level', 2],
	['level', 9],
	['start', 3],
	['kind', 'person'],
	['id', id],
	['id', 'x'],
	['class', 'x'],
	['onclick', 'alert(1)'],
	['src', 'javascript:alert(1)'],
	['__proto__', { a: 1 }]
];
const marks: [string, unknown][] = [
	['bold', {}],
	['italic--aB3+/=xy', {}],
	['bold', { style: 'x' }],
	['underline', {}],
	['textStyle', { color: 'red' }],
	['link', { href: 'https://example.no/' }],
	['link', { href: 'mailto:post@example.no' }],
	['link', { href: 'javascript:alert(1)' }],
	['link', { href: 'JaVa\tScript:alert(1)' }],
	['link', { href: 'data:text/html,<script>' }],
	['link', { href: '//evil.example' }],
	['link', { href: 'https://example.no/', onclick: 'x' }]
];

/** Numbers that come out the same each time. */
function sequence(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state * 1664525 + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

type Random = (below: number) => number;
/** Mostly of the sound ones, which come first: else hardly any text would be let in. */
const some = <Subject>(random: Random, subjects: Subject[], sound: number) =>
	subjects[random(random(12) === 0 ? subjects.length : sound)]!;

function grow(random: Random, parent: Y.XmlFragment, depth: number): void {
	for (let count = 1 + random(2); count > 0; count--) {
		const inText = parent instanceof Y.XmlElement && /paragraph|heading/.test(parent.nodeName);
		if (inText ? random(5) > 0 : random(40) === 0) {
			const run = new Y.XmlText();
			parent.push([run]);
			run.insert(0, 'Ord');
			if (random(3) === 0) {
				const [mark, value] = some(random, marks, 2);
				run.format(0, 2, { [random(6) ? mark : 'link']: value } as object);
			}
			continue;
		}
		const isList = parent instanceof Y.XmlElement && /List$/.test(parent.nodeName);
		const usual = isList ? 'listItem' : inText ? 'mention' : some(random, names, 4);
		const node = new Y.XmlElement(random(25) ? usual : some(random, names, names.length));
		parent.push([node]);
		const due: [string, unknown][] =
			node.nodeName === 'heading'
				? [['level', 2]]
				: node.nodeName === 'mention'
					? [
							['kind', 'person'],
							['id', id]
						]
					: [];
		for (const [key, value] of random(20) ? due : [some(random, attributes, attributes.length)])
			node.setAttribute(key, value as string);
		if (depth > 0 && node.nodeName !== 'mention') grow(random, node, depth - 1);
	}
}

/** Whether the server lets this in, as it comes from a client. */
function isLetIn(update: Uint8Array): boolean {
	const doc = new Y.Doc();
	caseTextOf(doc);
	try {
		doc.transact((transaction) => {
			Y.applyUpdate(doc, update);
			checkCaseText(doc, transaction);
		});
		return true;
	} catch {
		return false;
	}
}

/** What the editor does not know in a text. */
function unknown(node: Y.XmlFragment): string[] {
	return node.toArray().flatMap((child) => {
		if (child instanceof Y.XmlText) return unknownMarks(child);
		if (!(child instanceof Y.XmlElement)) return ['something else'];
		const spec = Object.hasOwn(schema.nodes, child.nodeName) && schema.nodes[child.nodeName]?.spec;
		if (!spec) return [child.nodeName];
		const strange = Object.keys(child.getAttributes()).filter(
			(key) => !Object.hasOwn(spec.attrs ?? {}, key)
		);
		return [...strange, ...unknown(child)];
	});
}

function unknownMarks(run: Y.XmlText): string[] {
	const parts = run.toDelta() as { attributes?: Record<string, object> }[];
	return parts.flatMap(({ attributes: found = {} }) =>
		Object.entries(found).flatMap(([name, value]) => {
			const plain = name.split('--')[0]!;
			const spec = Object.hasOwn(schema.marks, plain) && schema.marks[plain]?.spec;
			if (!spec) return [name];
			const strange = Object.keys(value).filter((key) => !Object.hasOwn(spec.attrs ?? {}, key));
			const { href } = value as { href?: string };
			const runs = href !== undefined && !/^(https?:\/\/|mailto:|tel:)/.test(href);
			return runs ? [...strange, href] : strange;
		})
	);
}

test('what the server lets in, the editor knows; what it does not know is never let in', () => {
	let [admitted, strange] = [0, 0];
	for (let seed = 1; seed <= 3000; seed++) {
		const doc = new Y.Doc();
		grow(sequence(seed * 7919), caseTextOf(doc), 3);
		const found = unknown(caseTextOf(doc));
		const taken = isLetIn(Y.encodeStateAsUpdate(doc));
		if (found.length > 0) strange++;
		if (!taken) continue;
		admitted++;
		expect(found, `seed ${seed}`).toEqual([]);
		expect(plainText(caseTextOf(doc)), `seed ${seed}`).toMatch(/^(?:Ord|\s)*$/);
	}
	expect(admitted).toBeGreaterThan(300);
	expect(strange).toBeGreaterThan(300);
});

test('a link that got in all the same is no link where it is shown', () => {
	const shown = (href: unknown) => {
		const mark = schema.marks.link!.create({ href });
		return JSON.stringify(mark.type.spec.toDOM!(mark, true));
	};
	for (const href of ['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x', 5, null])
		expect(shown(href)).not.toMatch(/href|script|data/);
	expect(shown('https://example.no/')).toContain('https://example.no/');
});
