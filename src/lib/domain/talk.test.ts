import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, readAgenda } from './agenda.ts';
import {
	aboutOf,
	abstractOf,
	beginTalk,
	checkTalk,
	formatSlot,
	openTalk,
	parseSlot,
	readTalk,
	setTalkMinutes,
	slotsOf,
	type TalkStatus,
	talkStatuses,
	talkStepsFrom,
	talkTextOf
} from './talk.ts';

describe('the steps of a talk', () => {
	const host = { host: true, speaker: false };
	const speaker = { host: false, speaker: true };
	const table: [TalkStatus, hosts: string[], speakers: string[]][] = [
		['proposed', ['accept', 'decline'], ['withdraw']],
		['accepted', ['decline'], ['confirm', 'withdraw']],
		['confirmed', [], ['withdraw']],
		['held', [], []],
		['declined', ['accept'], []],
		['withdrawn', [], []]
	];

	test('every state has its line', () => {
		expect(table.map(([status]) => status).sort()).toEqual([...talkStatuses].sort());
	});

	test.each(table)('from %s', (status, hosts, speakers) => {
		const talk = { status, hasSlot: true };
		expect(talkStepsFrom(talk, host)).toEqual(hosts);
		expect(talkStepsFrom(talk, speaker)).toEqual(speakers);
		expect(talkStepsFrom(talk, { host: false, speaker: false })).toEqual([]);
	});

	test('a talk without a slot cannot be confirmed', () => {
		expect(talkStepsFrom({ status: 'accepted', hasSlot: false }, speaker)).toEqual(['withdraw']);
	});
});

describe('its slot', () => {
	test('follows from what stands before it in the programme', () => {
		const doc = new Y.Doc();
		addItem(doc, { id: 'a', title: 'Kaffi', kind: 'break', minutes: 30 });
		addItem(doc, { id: 'b', title: 'Bolk', kind: 'section', minutes: 0 });
		addItem(doc, { id: 'c', title: 'Velkomen', kind: 'talk', minutes: 10, parent: 'b' });
		addItem(doc, { id: 'd', title: 'Husbanken', kind: 'talk', minutes: 45, parent: 'b' });
		const slots = slotsOf(readAgenda(doc), '08:30');
		expect(slots.get('d')).toEqual({ starts: '09:10', ends: '09:55' });
		expect(slots.get('e')).toBeUndefined();
	});

	test('is read back from the log as it was written', () => {
		const slot = { starts: '10:35', ends: '11:20' };
		expect(parseSlot(formatSlot(slot))).toEqual(slot);
		expect(parseSlot(null)).toBeNull();
		expect(parseSlot('10:35')).toBeNull();
	});
});

describe('its document', () => {
	let doc: Y.Doc;

	beforeEach(() => {
		doc = new Y.Doc();
		openTalk(doc);
		beginTalk(doc, 30);
	});

	/** Does a command as a client far away, and lets the check judge it as the engine does. */
	function client(verb: (doc: Y.Doc) => void): 'taken' | 'refused' {
		const far = new Y.Doc({ gc: false });
		Y.applyUpdate(far, Y.encodeStateAsUpdate(doc));
		const updates: Uint8Array[] = [];
		far.on('update', (bytes: Uint8Array) => updates.push(bytes));
		far.transact(() => verb(far));
		const trial = new Y.Doc();
		openTalk(trial);
		Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc));
		try {
			trial.transact((transaction) => {
				for (const bytes of updates) Y.applyUpdate(trial, bytes);
				checkTalk(trial, transaction);
			});
		} catch (error) {
			expect(String(error)).toContain('bad_shape');
			return 'refused';
		}
		for (const bytes of updates) Y.applyUpdate(doc, bytes);
		return 'taken';
	}

	const mention = (kind: string) => {
		const made = new Y.XmlElement('mention');
		made.setAttribute('kind', kind);
		made.setAttribute('id', crypto.randomUUID());
		return made;
	};
	const paragraph = (...children: (Y.XmlElement | Y.XmlText)[]) => {
		const made = new Y.XmlElement('paragraph');
		made.insert(0, children);
		return made;
	};

	test('may be begun by the server, whole', () => {
		const fresh = new Y.Doc();
		openTalk(fresh);
		fresh.transact((transaction) => {
			beginTalk(fresh, 30);
			checkTalk(fresh, transaction);
		});
		expect(readTalk(fresh)).toEqual({ title: '', minutes: 30, wishes: '' });
	});

	test('takes what the speaker’s page does', () => {
		const verbs: ((far: Y.Doc) => void)[] = [
			(far) => talkTextOf(far, 'title')!.insert(0, 'Startlån i 2027'),
			(far) => talkTextOf(far, 'title')!.delete(0, 5),
			(far) => talkTextOf(far, 'wishes')!.insert(0, 'Helst før lunsj'),
			(far) => setTalkMinutes(far, 40),
			(far) => abstractOf(far).insert(0, [paragraph(new Y.XmlText('Kva er nytt?'))]),
			(far) =>
				(abstractOf(far).get(0) as Y.XmlElement).insert(1, [mention('person'), mention('unit')])
		];
		expect(verbs.map(client)).toEqual(verbs.map(() => 'taken'));
		expect(readTalk(doc)).toEqual({ title: 'lån i 2027', minutes: 40, wishes: 'Helst før lunsj' });
	});

	const [short, long] = ['a'.repeat(401), 'a'.repeat(4001)];
	const refused: [what: string, verb: (far: Y.Doc) => void][] = [
		['another root', (far) => far.getMap('items').set('a', 1)],
		['another key', (far) => aboutOf(far).set('status', 'accepted')],
		['another title in the place of the old', (far) => aboutOf(far).set('title', new Y.Text('a'))],
		['a title that is no text', (far) => aboutOf(far).set('title', 'a')],
		['no title', (far) => aboutOf(far).delete('title')],
		['no length', (far) => aboutOf(far).delete('minutes')],
		['a title far past the limit', (far) => talkTextOf(far, 'title')!.insert(0, short)],
		['wishes far past the limit', (far) => talkTextOf(far, 'wishes')!.insert(0, long)],
		['a title in bold', (far) => talkTextOf(far, 'title')!.insert(0, 'a', { bold: true })],
		['a title with a thing in it', (far) => talkTextOf(far, 'title')!.insertEmbed(0, {})],
		[
			'what the editor does not know',
			(far) => abstractOf(far).insert(0, [new Y.XmlElement('script')])
		],
		[
			'a reference to a case',
			(far) => abstractOf(far).insert(0, [paragraph(new Y.XmlText('Sjå '), mention('case'))])
		],
		...[4, 181, 30.5, '30', null].map((minutes): [string, (far: Y.Doc) => void] => [
			`a length of ${JSON.stringify(minutes)}`,
			(far) => aboutOf(far).set('minutes', minutes)
		])
	];

	test.each(refused)('refuses %s', (_, verb) => {
		const before = readTalk(doc);
		expect(client(verb)).toBe('refused');
		expect(readTalk(doc)).toEqual(before);
	});

	test('refuses to turn a reference to a person into one to a case', () => {
		client((far) => abstractOf(far).insert(0, [paragraph(mention('person'))]));
		const turn = (far: Y.Doc) =>
			((abstractOf(far).get(0) as Y.XmlElement).get(0) as Y.XmlElement).setAttribute(
				'kind',
				'case'
			);
		expect(client(turn)).toBe('refused');
	});
});
