import { beforeEach, expect, test } from 'vitest';
import { useTrail } from '#lib/server/audit/testing.ts';
import { sqlite, transaction } from '#lib/server/db/index.ts';
import { actor, openDemo } from '#lib/server/start/testing.ts';
import { erasePlaces, hitsIn, type Place } from './places.ts';

useTrail();
beforeEach(openDemo);

test('lines in which a passage stands are named, each once, with where', () => {
	const texts = ['Ringje Kari Nordmann\nI morgon', 'Ringje Kari Nordmann', 'Kari Nordmann'];
	expect(hitsIn(texts, ['Kari Nordmann'])).toEqual([
		{ line: 'Ringje Kari Nordmann', places: [[7, 20]] },
		{ line: 'Kari Nordmann', places: [[0, 13]] }
	]);
	expect(hitsIn(texts, ['Ola'])).toEqual([]);
});

test('all are taken out, and each thing is vouched for anew; a step is its case’s', () => {
	const done: string[] = [];
	const id = sqlite().prepare('SELECT id FROM action').pluck().get() as string;
	const place = (kind: Place['kind'], subject: Place['subject']): Place => ({
		kind,
		label: '',
		at: null,
		hits: [],
		subject,
		erase: () => {
			done.push(kind);
			if (kind === 'action') sqlite().prepare("UPDATE action SET what = '…' WHERE id = ?").run(id);
		}
	});
	const before = sqlite().prepare('SELECT max(seq) FROM audit').pluck().get() as number;
	transaction(() =>
		erasePlaces(actor('P03').id, [place('step', 'case:none'), place('action', `action:${id}`)])
	);
	expect(done).toEqual(['step', 'action']);
	const noted = sqlite()
		.prepare('SELECT person, deed AS verb, thing AS subject FROM audit WHERE seq > ?')
		.raw();
	expect(noted.all(before)).toEqual([[actor('P03').id, 'action.erase', `action:${id}`]]);
});
