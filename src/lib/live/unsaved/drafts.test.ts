import { beforeEach, expect, test } from 'vitest';
import { type Draft, Drafts } from './drafts.ts';

const [solveig, jostein] = ['P03', 'P04'];
const place = '/forums/br ?/plan';
const draft = (words: string, ofCase = false): Draft => ({
	values: { place: [words] },
	begun: { place: [''] },
	ofCase
});

/** As a browser's localStorage. */
class Memory {
	readonly map = new Map<string, string>();
	get length() {
		return this.map.size;
	}
	key = (at: number) => [...this.map.keys()][at] ?? null;
	getItem = (name: string) => this.map.get(name) ?? null;
	setItem = (name: string, value: string) => void this.map.set(name, value);
	removeItem = (name: string) => void this.map.delete(name);
}

let storage: Memory;
let drafts: Drafts;
/** As after the page has been loaded again. */
const reload = () => (drafts = new Drafts(storage));

beforeEach(() => {
	storage = new Memory();
	reload();
});

test('a draft outlives the page where the browser may keep it', () => {
	drafts.put(solveig, place, draft('Rådhuset'), true);
	reload();
	expect(drafts.find(solveig, place)).toEqual(draft('Rådhuset'));
});

test('one that the browser may not keep is there in this page only', () => {
	drafts.put(solveig, place, draft('Rådhuset', true), false);
	expect(drafts.find(solveig, place)).toBeDefined();
	expect(storage.length).toBe(0);
	reload();
	expect(drafts.find(solveig, place)).toBeUndefined();
});

test('one that may not be kept any longer leaves the storage', () => {
	drafts.put(solveig, place, draft('Rådhuset'), true);
	drafts.put(solveig, place, draft('Rådhuset, sal 2'), false);
	expect(storage.length).toBe(0);
});

test('it is one person’s, at one place', () => {
	drafts.put(solveig, place, draft('Rådhuset'), true);
	expect(drafts.find(jostein, place)).toBeUndefined();
	expect(drafts.find(solveig, '/forums/obg ?/plan')).toBeUndefined();
});

test('sent or thrown away it is gone from both', () => {
	drafts.put(solveig, place, draft('Rådhuset'), true);
	drafts.remove(solveig, place);
	expect(drafts.find(solveig, place)).toBeUndefined();
	expect(storage.length).toBe(0);
});

test('when somebody else comes, what others began goes; nothing else in the storage does', () => {
	storage.setItem('samrad.unsent', '[]');
	drafts.put(solveig, place, draft('Rådhuset'), true);
	drafts.put(jostein, place, draft('Kulturhuset'), true);
	drafts.keepOnly(jostein);
	expect(drafts.find(solveig, place)).toBeUndefined();
	expect(drafts.find(jostein, place)).toBeDefined();
	expect(storage.getItem('samrad.unsent')).toBe('[]');
});

test('when one signs out nothing stays, and a page that is left keeps nothing more', () => {
	drafts.put(solveig, place, draft('Rådhuset'), true);
	drafts.end();
	drafts.put(solveig, place, draft('Rådhuset'), true);
	expect(drafts.find(solveig, place)).toBeUndefined();
	expect(storage.length).toBe(0);
});

test('whoever keeps nothing of cases any more keeps the drafts of ordinary things', () => {
	drafts.put(solveig, place, draft('Rådhuset'), true);
	drafts.put(solveig, '/cases/new', draft('to rom', true), true);
	drafts.dropCases(solveig);
	reload();
	expect(drafts.find(solveig, '/cases/new')).toBeUndefined();
	expect(drafts.find(solveig, place)).toBeDefined();
});

test.each(['nonsense', '[1]', '{"x":{"values":{"a":[1]}}}', 'null'])(
	'what is no draft in the storage is none: %s',
	(text) => {
		storage.setItem(`samrad.drafts.${solveig}`, text);
		expect(drafts.find(solveig, 'x')).toBeUndefined();
	}
);
