import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCaseItem, addItem, caseTextOf, textOf } from '#lib/domain/agenda.ts';
import { recommendationTextOf, replaceWords } from '#lib/domain/recommendation-text.ts';
import { contentsOf, pack, unpack, without } from './contents.ts';

const paragraph = (text: string) => {
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [new Y.XmlText(text)]);
	return element;
};
const authorOf = (client: number) => (client === 7 ? 'anna' : null);

/** An agenda with an item in which Anna has written, and the place of a case. */
function agenda(...lines: string[]) {
	const doc = new Y.Doc();
	doc.clientID = 7;
	addItem(doc, { id: 'one', title: 'Budsjett', kind: 'discussion', minutes: 5 });
	textOf(doc, 'one')!.push(lines.map(paragraph));
	addCaseItem(doc, { id: 'case', minutes: 5, parent: null });
	return doc;
}
function caseItem(minutes: string, recommended = '') {
	const doc = new Y.Doc();
	caseTextOf(doc).push([paragraph(minutes)]);
	if (recommended !== '') replaceWords(recommendationTextOf(doc), recommended);
	return doc;
}
const packed = (kind: 'agenda' | 'item', doc: Y.Doc) =>
	pack(Y.encodeStateAsUpdate(doc), contentsOf(kind, doc, authorOf));
const says = (contents: unknown) => JSON.stringify(contents);

test('of an agenda its items are held with who wrote them, of a case the place only', () => {
	const contents = contentsOf('agenda', agenda('Det er dyrt'), authorOf);
	expect(contents).toMatchObject({
		items: expect.arrayContaining([
			expect.objectContaining({
				id: 'one',
				open: expect.objectContaining({ title: 'Budsjett' }),
				text: [
					{
						name: 'paragraph',
						by: 'anna',
						children: [{ text: 'Det er dyrt', by: 'anna' }]
					}
				]
			}),
			expect.objectContaining({ id: 'case', open: null, text: [] })
		])
	});
});

test('of a case item the minutes are held, and the recommendation when there is one', () => {
	expect(contentsOf('item', caseItem('Drøfta'), authorOf)).not.toHaveProperty('recommendation');
	const both = says(contentsOf('item', caseItem('Drøfta', 'Rådet tilrår'), authorOf));
	expect(both).toContain('Drøfta');
	expect(both).toContain('Rådet tilrår');
});

test('what was stored is read back as it was; what is not what was stored, is not', () => {
	const stored = packed('agenda', agenda('Det er dyrt'));
	expect(unpack('agenda', stored, authorOf)).toEqual(
		contentsOf('agenda', agenda('Det er dyrt'), authorOf)
	);
	const rendered = stored.rendered.replace('dyrt', 'billeg');
	expect(unpack('agenda', { ...stored, rendered }, authorOf)).toBeNull();
	const bytes = Buffer.from(stored.bytes);
	bytes[0]! ^= 1;
	expect(unpack('agenda', { ...stored, bytes }, authorOf)).toBeNull();
});

test('a first version, which told no authors, is read from the state beside it', () => {
	const doc = caseItem('Drøfta');
	const early = pack(Y.encodeStateAsUpdate(doc), { text: 'Drøfta' } as never);
	expect(unpack('item', early, authorOf)).toEqual(contentsOf('item', doc, authorOf));
});

test('passages go wherever they stand in the item, also from its title; the rest stays', () => {
	const contents = contentsOf('agenda', agenda('Kari ringde', 'Det er dyrt'), authorOf);
	const left = says(without(contents, 'one', ['Kari ringde']));
	expect(left).not.toContain('Kari');
	expect(left).toContain('Det er dyrt');
	expect(says(without(contents, 'one', ['Budsjett']))).not.toContain('Budsjett');
	expect(without(contents, 'one', ['kanarifugl'])).toBeNull();
	expect(without(contents, 'case', ['Kari ringde'])).toBeNull();
});

test('all of an item goes with its title, and is marked; of a whole document nothing is left', () => {
	const contents = contentsOf('agenda', agenda('Kari ringde'), authorOf);
	expect(without(contents, 'one', null)).toMatchObject({
		items: expect.arrayContaining([
			expect.objectContaining({
				id: 'one',
				text: [],
				erased: true,
				open: expect.objectContaining({ title: '' })
			})
		])
	});
	expect(without(contents, null, null)).toEqual({ erased: true });
	expect(without({ erased: true }, null, null)).toBeNull();
});

test('of a case both texts are gone through', () => {
	const contents = contentsOf('item', caseItem('Om Kari N.', 'For Kari N.'), authorOf);
	expect(says(without(contents, null, ['Kari N.']))).not.toContain('Kari');
	expect(without(contents, null, ['kanarifugl'])).toBeNull();
	expect(without(contents, null, null)).toEqual({ erased: true });
});
