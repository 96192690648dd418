import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	addCaseItem,
	addItem,
	agendaItems,
	caseTextOf,
	changeItem,
	moveItem,
	nestItem,
	textOf,
	titleOf
} from './agenda.ts';
import { limits } from './document.ts';
import { recommendationTextOf } from './recommendation-text.ts';
import { checkAgenda, checkCaseText } from './shape.ts';

type Check = (doc: Y.Doc, transaction: Y.Transaction) => void;

/**
 * Does a command as a client far away, and lets the check judge it on the server's document as
 * the engine does.
 */
function judge(server: Y.Doc, check: Check, verb: (doc: Y.Doc) => void): 'taken' | 'refused' {
	// Keeps what is deleted in one go, as an editor with undo does, so that the server sees it come
	// and go.
	const client = new Y.Doc({ gc: false });
	Y.applyUpdate(client, Y.encodeStateAsUpdate(server));
	const updates: Uint8Array[] = [];
	client.on('update', (bytes: Uint8Array) => updates.push(bytes));
	client.transact(() => verb(client));
	const trial = new Y.Doc();
	trial.getMap('items');
	Y.applyUpdate(trial, Y.encodeStateAsUpdate(server));
	if (check === checkCaseText) trial.share.delete('items');
	try {
		trial.transact((transaction) => {
			for (const bytes of updates) Y.applyUpdate(trial, bytes);
			check(trial, transaction);
		});
	} catch (error) {
		expect(String(error)).toContain('bad_shape');
		return 'refused';
	}
	for (const bytes of updates) Y.applyUpdate(server, bytes);
	return 'taken';
}

function element(
	name: string,
	attributes: Record<string, unknown> = {},
	...children: (Y.XmlElement | Y.XmlText)[]
): Y.XmlElement {
	const made = new Y.XmlElement(name);
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
	made.insert(0, children);
	return made;
}

const paragraph = (text = 'Tekst') => element('paragraph', {}, new Y.XmlText(text));

describe('the agenda', () => {
	let doc: Y.Doc;
	const [item, section, caseItem] = [randomUUID(), randomUUID(), randomUUID()];
	const fields = (of: Y.Doc, id = item) => agendaItems(of).get(id)!;
	const client = (verb: (doc: Y.Doc) => void) => judge(doc, checkAgenda, verb);
	/** A new item, made by hand. */
	const handmade = (change: (made: Y.Map<unknown>) => void, id: string = randomUUID()) =>
		client((of) => {
			const made = new Y.Map<unknown>();
			const whole = {
				pos: 'a5',
				parent: null,
				minutes: 5,
				removed: false,
				kind: 'fixed',
				responsible: null
			};
			for (const [key, value] of Object.entries(whole)) made.set(key, value);
			made.set('title', new Y.Text('Tittel'));
			made.set('text', new Y.XmlFragment());
			change(made);
			agendaItems(of).set(id, made);
		});

	beforeEach(() => {
		doc = new Y.Doc();
		addItem(doc, { id: section, title: 'Seksjon', kind: 'section', minutes: 0 });
		addItem(doc, { id: item, title: 'Sak', kind: 'fixed', minutes: 5 });
		addCaseItem(doc, { id: caseItem, minutes: 10, parent: section });
	});

	test("takes everything that the agenda's own writers do", () => {
		const fresh = randomUUID();
		const responsible = `unit:${randomUUID()}`;
		const verbs: ((of: Y.Doc) => void)[] = [
			(of) =>
				addItem(of, {
					id: fresh,
					title: 'Ny',
					kind: 'talk',
					minutes: 15,
					responsible,
					after: section
				}),
			(of) => moveItem(of, item, -1),
			(of) => nestItem(of, item, section),
			(of) => nestItem(of, item, null),
			(of) => moveItem(of, caseItem, 1),
			(of) =>
				changeItem(of, item, {
					minutes: 600,
					kind: 'break',
					responsible: `person:${randomUUID()}`
				}),
			(of) => changeItem(of, caseItem, { minutes: 0, removed: true }),
			(of) => changeItem(of, fresh, { responsible: null, removed: true }),
			(of) => titleOf(of, fresh)!.insert(1, 'ere'),
			(of) => titleOf(of, fresh)!.delete(0, 2),
			(of) => textOf(of, item)!.insert(0, [paragraph()]),
			(of) => (textOf(of, item)!.get(0) as Y.XmlElement).insert(1, [new Y.XmlText('meir')]),
			(of) => textOf(of, item)!.insert(0, [element('heading', { level: 2 })]),
			(of) => {
				(textOf(of, item)!.get(0) as Y.XmlElement).insert(0, [
					new Y.XmlText('endra, og så sletta')
				]);
				textOf(of, item)!.delete(0, 1);
			}
		];
		expect(verbs.map(client)).toEqual(verbs.map(() => 'taken'));
		expect(titleOf(doc, fresh)!.toString()).toBe('rey');
	});

	test.each<[string, unknown[], unknown[]]>([
		[
			'pos',
			['a0', 'a0V', 'Zz'],
			['', 'A00000000000000000000000000', 'a0 ', 'æ', 'a00', 7, null, 'a0'.padEnd(600, 'V')]
		],
		['parent', [null, randomUUID()], ['', 'x', 1, undefined]],
		['minutes', [0, 600], [-1, 601, 1.5, NaN, '5', null]],
		['removed', [true, false], [0, 'true', null]],
		['kind', ['talk', 'plenary'], ['case', '', 'constructor', null]],
		[
			'responsible',
			[null, `person:${randomUUID()}`],
			['person:', `case:${randomUUID()}`, 'x', 5, { id: 1 }]
		]
	])('%s has its range', (key, good, bad) => {
		for (const value of good) expect(client((of) => fields(of).set(key, value))).toBe('taken');
		for (const value of bad) {
			expect([value, client((of) => fields(of).set(key, value))]).toEqual([value, 'refused']);
			expect([value, handmade((made) => made.set(key, value))]).toEqual([value, 'refused']);
		}
	});

	test('a client can neither make a case item nor make one of an ordinary item, nor the other way', () => {
		expect(client((of) => addCaseItem(of, { id: randomUUID(), minutes: 5, parent: null }))).toBe(
			'refused'
		);
		for (const key of ['title', 'kind', 'text', 'responsible', 'minutes'])
			expect([key, client((of) => fields(of).delete(key))]).toEqual([key, 'refused']);
		expect(
			client((of) => fields(of, caseItem).set('title', new Y.Text('Familien på Haugen')))
		).toBe('refused');
		expect(client((of) => fields(of, caseItem).set('kind', 'fixed'))).toBe('refused');
		expect(client((of) => fields(of, caseItem).set('responsible', null))).toBe('refused');
		expect(client((of) => fields(of, caseItem).set('text', new Y.XmlFragment()))).toBe('refused');
	});

	test('a client neither takes an item out nor puts another in its place', () => {
		expect(client((of) => agendaItems(of).delete(item))).toBe('refused');
		expect(client((of) => agendaItems(of).delete(caseItem))).toBe('refused');
		expect(handmade(() => {}, item)).toBe('refused');
		expect(client((of) => fields(of).set('title', new Y.Text('Annan tekst')))).toBe('refused');
		expect(client((of) => fields(of).set('text', new Y.XmlFragment()))).toBe('refused');
	});

	test('an item has exactly its keys, whatever they are called', () => {
		expect(handmade(() => {})).toBe('taken');
		expect(handmade(() => {}, 'ikkje-ein-uuid')).toBe('refused');
		for (const key of ['case', 'constructor', '__proto__', 'toString', '']) {
			expect([key, handmade((made) => made.set(key, 'x'))]).toEqual([key, 'refused']);
			expect([key, client((of) => fields(of).set(key, 'x'))]).toEqual([key, 'refused']);
		}
		expect(
			handmade((made) => {
				made.delete('removed');
				made.set('constructor', false);
			})
		).toBe('refused');
		for (const value of ['tekst', new Y.Text('t'), new Y.Array(), new Y.XmlFragment(), null])
			expect(
				client((of) => agendaItems(of).set(randomUUID(), value as unknown as Y.Map<unknown>))
			).toBe('refused');
	});

	test('a title is plain text of bounded length', () => {
		const title = (of: Y.Doc) => titleOf(of, item)!;
		expect(client((of) => title(of).insert(0, 'x'.repeat(limits.title)))).toBe('taken');
		expect(client((of) => title(of).insert(0, 'x'.repeat(limits.title)))).toBe('refused');
		expect(client((of) => title(of).format(0, 2, { bold: true }))).toBe('refused');
		expect(client((of) => title(of).insertEmbed(0, { image: 'x' }))).toBe('refused');
		expect(client((of) => title(of).insertEmbed(0, new Y.Map()))).toBe('refused');
		expect(client((of) => title(of).setAttribute('a', 'b'))).toBe('refused');
		expect(handmade((made) => made.set('title', new Y.XmlText('Tittel')))).toBe('refused');
		expect(handmade((made) => made.set('title', 'Tittel'))).toBe('refused');
		expect(
			handmade((made) => made.set('title', new Y.Text('x'.repeat(2 * limits.title + 1))))
		).toBe('refused');
	});

	test('no other root, and no list in a map', () => {
		expect(client((of) => of.getMap('meir').set('a', 1))).toBe('refused');
		expect(client((of) => of.getText('text').insert(0, 'a'))).toBe('refused');
		expect(
			client((of) => {
				const id = randomUUID();
				addItem(of, { id, title: 'Skaljing', kind: 'fixed', minutes: 5 });
				of.getMap('meir').set(id, 'under same nøkkel');
			})
		).toBe('refused');
		const listIn = (map: unknown) => Y.Array.prototype.insert.call(map, 0, ['a']);
		expect(client((of) => listIn(fields(of)))).toBe('refused');
		const id = randomUUID();
		const withList = (of: Y.Doc) => {
			addItem(of, { id, title: 'Ny', kind: 'fixed', minutes: 5 });
			listIn(fields(of, id));
		};
		expect(client(withList)).toBe('refused');
		const list = new Y.Doc();
		list.getArray('items').insert(0, ['a']);
		expect(client((of) => Y.applyUpdate(of, Y.encodeStateAsUpdate(list)))).toBe('refused');
	});

	test('the text of an item is judged as rich text, in a new item too', () => {
		expect(client((of) => textOf(of, item)!.insert(0, [element('script')]))).toBe('refused');
		const withText = (node: Y.XmlElement) =>
			handmade((made) => {
				const text = new Y.XmlFragment();
				text.insert(0, [node]);
				made.set('text', text);
			});
		expect(withText(paragraph())).toBe('taken');
		expect(withText(element('script'))).toBe('refused');
	});

	test('what comes late for something that is gone is no offence', () => {
		const late = new Y.Doc();
		Y.applyUpdate(late, Y.encodeStateAsUpdate(doc));
		doc.transact(() =>
			['title', 'kind', 'responsible', 'text'].forEach((key) => fields(doc).delete(key))
		);
		titleOf(late, item)!.insert(0, 'for seint ');
		textOf(late, item)!.insert(0, [paragraph()]);
		expect(client((of) => Y.applyUpdate(of, Y.encodeStateAsUpdate(late)))).toBe('taken');
		expect(titleOf(doc, item)).toBeNull();
	});

	test('the server may make case items, turn an ordinary item into one and take items out, but in good shape', () => {
		const server = (verb: () => void) => () =>
			doc.transact((transaction) => {
				verb();
				checkAgenda(doc, transaction);
			});
		expect(
			server(() => addCaseItem(doc, { id: randomUUID(), minutes: 5, parent: null }))
		).not.toThrow();
		expect(server(() => agendaItems(doc).delete(section))).not.toThrow();
		expect(
			server(() =>
				['title', 'kind', 'responsible', 'text'].forEach((key) => fields(doc).delete(key))
			)
		).not.toThrow();
		expect(server(() => fields(doc, caseItem).set('minutes', -1))).toThrow('bad_shape');
		doc = new Y.Doc();
		addItem(doc, { id: item, title: 'Sak', kind: 'fixed', minutes: 5 });
		expect(server(() => fields(doc).delete('kind'))).toThrow('bad_shape');
	});
});

describe('rich text', () => {
	let doc: Y.Doc;
	const client = (verb: (text: Y.XmlFragment) => void) =>
		judge(doc, checkCaseText, (of) => verb(caseTextOf(of)));
	const put = (node: Y.XmlElement | Y.XmlText) => client((text) => text.insert(0, [node]));
	const first = (text: Y.XmlFragment) => text.get(0) as Y.XmlElement;
	const run = (text: Y.XmlFragment) => first(text).get(0) as Y.XmlText;

	beforeEach(() => {
		doc = new Y.Doc();
		caseTextOf(doc).insert(0, [paragraph('Vedtaket vert sett i verk.')]);
	});

	test('takes the nodes of the editor', () => {
		const mention = () => element('mention', { kind: 'person', id: randomUUID() });
		const nodes = [
			element('heading', { level: 2 }, new Y.XmlText('Vurdering')),
			element('heading', { level: 4 }, mention()),
			element(
				'bulletList',
				{},
				element('listItem', {}, paragraph(), element('bulletList', {}, element('listItem')))
			),
			element('orderedList', { start: 3 }, element('listItem', {}, paragraph())),
			element('orderedList', { start: 1 }),
			element('paragraph', {}, new Y.XmlText('Sjå '), mention(), new Y.XmlText('.')),
			element('paragraph')
		];
		expect(nodes.map(put)).toEqual(nodes.map(() => 'taken'));
	});

	test.each<[string, () => Y.XmlElement | Y.XmlText]>([
		['an unknown node', () => element('image', { src: 'http://x' })],
		['a rule', () => element('horizontalRule')],
		['text outside a paragraph', () => new Y.XmlText('laus')],
		['an item outside a list', () => element('listItem')],
		['a list straight in a list', () => element('bulletList', {}, element('bulletList'))],
		['text straight in an item', () => element('listItem', {}, new Y.XmlText('a'))],
		[
			'a mention outside a paragraph',
			() => element('mention', { kind: 'person', id: randomUUID() })
		],
		['a first heading', () => element('heading', { level: 1 })],
		['a heading without a level', () => element('heading')],
		['a heading whose level is text', () => element('heading', { level: '2' })],
		['a class', () => element('paragraph', { class: 'x' })],
		['an attribute called constructor', () => element('orderedList', { constructor: 1 })],
		['a list that starts nowhere', () => element('orderedList', { start: -1 })],
		['a list of a kind of its own', () => element('orderedList', { start: 1, type: 'a' })],
		[
			'a mention of something else',
			() => element('paragraph', {}, element('mention', { kind: 'forum', id: randomUUID() }))
		],
		[
			'a mention of no id',
			() => element('paragraph', {}, element('mention', { kind: 'case', id: 'S-12' }))
		],
		[
			'a mention without a kind',
			() => element('paragraph', {}, element('mention', { id: randomUUID() }))
		],
		[
			'a mention that says who',
			() =>
				element(
					'paragraph',
					{},
					element('mention', { kind: 'case', id: randomUUID(), label: 'Familien' })
				)
		],
		[
			'something in a mention',
			() =>
				element(
					'paragraph',
					{},
					element('mention', { kind: 'case', id: randomUUID() }, new Y.XmlText('a'))
				)
		]
	])('refuses %s', (_, node) => {
		expect(put(node())).toBe('refused');
	});

	test.each<[string, unknown]>([
		['bold', {}],
		['bold', true],
		['italic', {}],
		['italic--aB3+/=xy', {}],
		['link', { href: 'https://example.no/a?b=c' }],
		['link', { href: 'mailto:post@example.no' }],
		['link', { href: 'tel:+4755555555' }]
	])('takes the mark %s %j and its end', (name, value) => {
		expect(client((text) => run(text).format(0, 8, { [name]: value }))).toBe('taken');
		expect(client((text) => run(text).format(2, 2, { [name]: null }))).toBe('taken');
	});

	test.each<[string, unknown]>([
		['underline', {}],
		['bold--short', {}],
		['constructor', {}],
		['bold', { style: 'x' }],
		['bold', 'yes'],
		['link', true],
		['link', { href: 'javascript:alert(1)' }],
		['link', { href: ' java\nscript:alert(1)' }],
		['link', { href: 'data:text/html,x' }],
		['link', { href: '/meetings' }],
		['link', { href: 'https://x.no', onclick: 'x' }],
		['link', { href: 'https://x.no', target: '_blank' }],
		['link', { href: 'https://x.no', class: 'x' }],
		['link', { href: 'vbscript:x' }],
		['link', { href: 5 }]
	])('refuses the mark %s %j', (name, value) => {
		expect(client((text) => run(text).format(0, 8, { [name]: value }))).toBe('refused');
		const marked = new Y.XmlText();
		marked.insert(0, 'abc', { [name]: value } as object);
		expect(put(element('paragraph', {}, marked))).toBe('refused');
	});

	test('refuses what hides in a text: objects, types, attributes', () => {
		expect(client((text) => run(text).insertEmbed(3, { image: 'x' }))).toBe('refused');
		expect(client((text) => run(text).insertEmbed(3, new Y.Map()))).toBe('refused');
		expect(client((text) => run(text).setAttribute('a', 'b'))).toBe('refused');
		expect(client((text) => first(text).setAttribute('a', new Y.Map() as unknown as string))).toBe(
			'refused'
		);
		expect(
			client((text) => first(text).insert(0, [new Y.XmlHook('x') as unknown as Y.XmlElement]))
		).toBe('refused');
	});

	test('refuses nesting beyond the limit, all at once or a little at a time', () => {
		const nest = (levels: number): Y.XmlElement =>
			levels === 0
				? element('listItem')
				: element('listItem', {}, element('bulletList', {}, nest(levels - 1)));
		const list = (levels: number) => element('bulletList', {}, nest(levels));
		expect(put(list(limits.depth / 2 - 1))).toBe('taken');
		expect(put(list(limits.depth / 2))).toBe('refused');
		const deepest = (text: Y.XmlFragment) => {
			let node = first(text);
			while (node.length > 0) node = node.get(0) as Y.XmlElement;
			return node;
		};
		const deepen = () =>
			client((text) => deepest(text).insert(0, [element('bulletList', {}, element('listItem'))]));
		expect(deepen()).toBe('refused');
	});

	test('takes changes and deletions, and refuses another root', () => {
		expect(client((text) => run(text).insert(3, 'x'))).toBe('taken');
		expect(client((text) => run(text).delete(0, 5))).toBe('taken');
		expect(put(element('heading', { level: 3 }))).toBe('taken');
		expect(client((text) => first(text).setAttribute('level', 4 as unknown as string))).toBe(
			'taken'
		);
		expect(client((text) => first(text).setAttribute('level', 7 as unknown as string))).toBe(
			'refused'
		);
		expect(client((text) => first(text).removeAttribute('level'))).toBe('refused');
		expect(
			client((text) => {
				first(text).insert(0, [new Y.XmlText('endra, og så sletta')]);
				text.delete(0, 1);
			})
		).toBe('taken');
		expect(client((text) => text.delete(0, 1))).toBe('taken');
		expect(client((text) => text.doc!.getMap('items').set('a', 1))).toBe('refused');
	});
});

describe('the text of a recommendation', () => {
	let doc: Y.Doc;
	const put = (node: Y.XmlElement | Y.XmlText) =>
		judge(doc, checkCaseText, (of) => recommendationTextOf(of).insert(0, [node]));
	const bullets = (...children: Y.XmlElement[]) =>
		element('bulletList', {}, element('listItem', {}, ...children));

	beforeEach(() => {
		doc = new Y.Doc();
		caseTextOf(doc).insert(0, [paragraph('Referat')]);
		recommendationTextOf(doc).insert(0, [paragraph('Rådet tilrår.')]);
	});

	test('takes words in paragraphs and lists', () => {
		const nodes = [
			paragraph(),
			element('paragraph'),
			bullets(paragraph(), bullets(paragraph())),
			element('orderedList', { start: 3 }, element('listItem', {}, paragraph()))
		];
		expect(nodes.map(put)).toEqual(nodes.map(() => 'taken'));
	});

	test.each<[string, () => Y.XmlElement | Y.XmlText]>([
		['a heading', () => element('heading', { level: 3 })],
		[
			'somebody mentioned',
			() => element('paragraph', {}, element('mention', { kind: 'person', id: randomUUID() }))
		],
		['a heading in a list', () => bullets(element('heading', { level: 3 }))],
		['text outside a paragraph', () => new Y.XmlText('laus')],
		['a class', () => element('paragraph', { class: 'x' })]
	])('refuses %s, which minutes may hold or not', (_, make) => {
		expect(put(make())).toBe('refused');
	});

	test.each([
		['bold', {}],
		['italic', {}],
		['link', { href: 'https://example.no/' }]
	])('refuses the mark %s, which would be lost when it is adopted', (name, value) => {
		const marked = new Y.XmlText();
		marked.insert(0, 'abc', { [name]: value } as object);
		expect(put(element('paragraph', {}, marked))).toBe('refused');
		const format = (of: Y.Doc) => {
			const first = recommendationTextOf(of).get(0) as Y.XmlElement;
			(first.get(0) as Y.XmlText).format(0, 3, { [name]: value });
		};
		expect(judge(doc, checkCaseText, format)).toBe('refused');
	});

	test('does not make the minutes plain, nor lets in a third text', () => {
		const heading = (of: Y.Doc) => caseTextOf(of).insert(0, [element('heading', { level: 3 })]);
		expect(judge(doc, checkCaseText, heading)).toBe('taken');
		const third = (of: Y.Doc) => of.getXmlFragment('tredje').insert(0, [paragraph()]);
		expect(judge(doc, checkCaseText, third)).toBe('refused');
	});
});
