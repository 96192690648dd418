import { beforeEach, describe, expect, test } from 'vitest';
import { changeItem } from '#lib/domain/agenda.ts';
import { type TalkStatus, type TalkStepName, talkSteps } from '#lib/domain/talk.ts';
import * as forums from '#lib/server/forum/forums.ts';
import { handlerOf } from '#lib/server/live/document-kinds.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { actor, boardMeeting, forumId, person } from '#lib/server/start/testing.ts';
import * as talks from './talks.ts';
import {
	agenda,
	day,
	itemAt,
	openDay,
	placed,
	programme,
	proposed,
	setMeeting,
	slotOf,
	statusOf,
	step,
	write
} from './testing.ts';
import * as views from './views.ts';

beforeEach(openDay);

/** A talk in each state; `accepted` has no slot, `placed` has. */
const stages: Record<string, () => string> = {
	proposed,
	accepted: () => {
		const id = proposed();
		step('P09', id, 'accept');
		return id;
	},
	placed,
	confirmed: () => {
		const id = placed();
		step('P20', id, 'confirm');
		return id;
	},
	held: () => {
		const id = stages.confirmed!();
		talks.markHeld(day(), person('P09').id);
		return id;
	},
	declined: () => {
		const id = proposed();
		step('P09', id, 'decline');
		return id;
	},
	withdrawn: () => {
		const id = proposed();
		step('P20', id, 'withdraw');
		return id;
	}
};

/** Every command that there is with a talk; throws its refusal. */
const verbs: Record<string, (who: string, id: string) => unknown> = {
	read: (who, id) => views.read(actor(who), id),
	write: (who, id) => {
		const access = handlerOf('talk')!.access(person(who).id, id);
		if (access !== 'write') throw new Error(access ?? 'not_found');
	},
	accept: (who, id) => step(who, id, 'accept'),
	decline: (who, id) => step(who, id, 'decline'),
	confirm: (who, id) => step(who, id, 'confirm'),
	withdraw: (who, id) => step(who, id, 'withdraw'),
	place: (who, id) => talks.place(actor(who), id, null),
	'take over words': (who, id) => {
		write(id, 'Heilt ny tittel', 20);
		talks.settleWords(actor(who), id, true);
	},
	'take out': (who, id) => talks.takeOut(actor(who), id)
};

/**
 * What the speaker and the hosts can do in each state, on a day that is under way; nobody else
 * can do anything.
 */
const rights: Record<string, { speaker: string[]; host: string[] }> = {
	proposed: { speaker: ['read', 'write', 'withdraw'], host: ['read', 'accept', 'decline'] },
	accepted: { speaker: ['read', 'write', 'withdraw'], host: ['read', 'decline', 'place'] },
	placed: {
		speaker: ['read', 'write', 'confirm', 'withdraw'],
		host: ['read', 'decline', 'take over words', 'take out']
	},
	confirmed: {
		speaker: ['read', 'write', 'withdraw'],
		host: ['read', 'take over words', 'take out']
	},
	held: { speaker: ['read'], host: ['read', 'take over words', 'take out'] },
	declined: { speaker: ['read'], host: ['read', 'accept'] },
	withdrawn: { speaker: ['read'], host: ['read'] }
};

const roles: Record<string, 'speaker' | 'host' | 'nobody'> = {
	P20: 'speaker',
	P09: 'host',
	P16: 'host',
	P01: 'nobody',
	P22: 'nobody',
	P99: 'nobody'
};

/** The name of the refusal; null when it was done. */
function refusal(verb: () => unknown): string | null {
	try {
		verb();
		return null;
	} catch (no) {
		return (no as Error).message;
	}
}

describe('state × role × deed', () => {
	const cells = Object.keys(stages).flatMap((stage) =>
		(['called', 'locked'] as const).map((status) => [stage, status] as const)
	);

	test.each(cells)('a talk that is %s, on a day that is %s', (stage, status) => {
		for (const [who, role] of Object.entries(roles)) {
			const mine = role === 'nobody' ? [] : rights[stage]![role];
			const make = () => {
				setMeeting('called');
				const id = stages[stage]!();
				setMeeting(status);
				return id;
			};
			let id = make();
			for (const [name, verb] of Object.entries(verbs)) {
				const no = refusal(() => verb(who, id));
				const allowed = mine.includes(name) && (status === 'called' || name === 'read');
				expect(no === null, `${who}: ${name}, ${no}`).toBe(allowed);
				// What one cannot see is refused by the same name as what there is not.
				if (role === 'nobody') expect(no, `${who}: ${name}`).toBe('not_found');
				else if (!allowed && name !== 'write')
					expect(['meeting_locked', 'not_allowed', 'already_done']).toContain(no);
				if (no === null && name !== 'read' && name !== 'write') id = make();
			}
		}
	});
});

describe('offering a talk', () => {
	const table: [who: string, meeting: () => string, answer: string | null][] = [
		['P20', day, null],
		['P99', day, null],
		['P22', day, null],
		['P01', day, null],
		['P09', day, null],
		['P20', () => boardMeeting('22/26'), 'not_found'],
		['P03', () => boardMeeting('22/26'), 'not_allowed'],
		['P20', () => day('2/25'), 'meeting_locked'],
		['P20', () => crypto.randomUUID(), 'not_found']
	];

	test.each(table)('%s', (who, meeting, answer) => {
		const offer = () => talks.propose(actor(who), meeting());
		if (answer) return expect(offer).toThrow(answer);
		const made = offer();
		expect(views.read(actor(who), made)).toMatchObject({
			status: 'proposed',
			own: true,
			writes: true,
			minutes: 30,
			slot: null
		});
	});

	test('is not for somebody from outside who is not in the forum any more', () => {
		const id = proposed();
		forums.removeMember(actor('P09'), forumId('BSF'), person('P20').id);
		expect(() => talks.propose(actor('P20'), day())).toThrow('not_found');
		expect(handlerOf('talk')!.access(person('P20').id, id)).toBe('read');
	});

	test('cannot be done on a day that has been called off', () => {
		setMeeting('cancelled');
		expect(() => talks.propose(actor('P20'), day())).toThrow('not_allowed');
	});

	test('twice gives the same talk, until it has a title', () => {
		const id = talks.propose(actor('P20'), day());
		expect(talks.propose(actor('P20'), day())).toBe(id);
		write(id, 'Startlån');
		expect(talks.propose(actor('P20'), day())).not.toBe(id);
	});
});

describe('two at once', () => {
	const races: [string, [string, TalkStepName], [string, TalkStepName]][] = [
		['two hosts accept', ['P09', 'accept'], ['P16', 'accept']],
		['one host accepts and one declines', ['P09', 'accept'], ['P16', 'decline']],
		['a host declines and the speaker withdraws', ['P09', 'decline'], ['P20', 'withdraw']],
		['the speaker withdraws and a host accepts', ['P20', 'withdraw'], ['P09', 'accept']]
	];

	test.each(races)('%s: one wins, the other is told', (_, [first, won], [second, lost]) => {
		const id = proposed();
		step(first, id, won, 'proposed');
		expect(() => step(second, id, lost, 'proposed')).toThrow('already_done');
		expect(statusOf(id)).toBe(talkSteps[won].to);
		const steps = views.read(actor('P09'), id).history.map(({ what, name }) => ({ what, name }));
		expect(steps.at(-1)).toEqual({
			what: { kind: 'status', to: talkSteps[won].to },
			name: person(first).name
		});
		expect(steps).toHaveLength(2);
	});

	test('two hosts put it in the programme: it stands there once', () => {
		const id = stages.accepted!();
		const before = programme().length;
		talks.place(actor('P09'), id, null);
		expect(() => talks.place(actor('P16'), id, null)).toThrow('already_done');
		expect(programme()).toHaveLength(before + 1);
	});
});

describe('putting it in the programme', () => {
	test('adds an ordinary item after the one chosen, with the speaker as responsible', () => {
		const id = placed(5);
		const item = programme()[5]!;
		expect(item).toMatchObject({
			minutes: 40,
			open: {
				title: 'Tilvisingsavtalar i praksis',
				kind: 'talk',
				responsible: `person:${person('P20').id}`
			}
		});
		expect(views.read(actor('P20'), id)).toMatchObject({
			item: item.id,
			slot: { starts: '10:35', ends: '11:15' },
			steps: ['confirm', 'withdraw']
		});
	});

	test('after an item under a section, it stands under that section', () => {
		const [section, first] = [itemAt(2), itemAt(3)];
		rooms.transact(agenda(), null, (doc) => {
			doc.getMap<import('yjs').Map<unknown>>('items').get(first)!.set('parent', section);
		});
		const id = proposed();
		step('P09', id, 'accept');
		const item = talks.place(actor('P09'), id, first);
		expect(programme().find((one) => one.id === item)!.parent).toBe(section);
	});

	test.each([
		['', 'missing_text'],
		['   ', 'missing_text'],
		['Ring 14857134576', 'identifier_in_text']
	])('refuses the title «%s» and changes nothing', (title, reason) => {
		const id = proposed(title);
		step('P09', id, 'accept');
		const before = programme();
		expect(() => talks.place(actor('P09'), id, null)).toThrow(reason);
		expect(programme()).toEqual(before);
		expect(slotOf(id)).toBeNull();
	});

	test('cannot be done with a talk that nobody has accepted', () => {
		expect(() => talks.place(actor('P09'), proposed(), null)).toThrow('not_allowed');
	});
});

describe('when the speaker changes title or length afterwards', () => {
	const seen = (id: string) => views.read(actor('P09'), id);

	test('the programme stays as it is until a host takes it over', () => {
		const id = placed(5);
		expect(seen(id).changed).toBe(false);
		write(id, 'Startlån i 2027', 45);
		expect(seen(id)).toMatchObject({ changed: true, title: 'Startlån i 2027', minutes: 45 });
		expect(views.read(actor('P20'), id).changed).toBe(false);
		expect(programme()[5]).toMatchObject({ minutes: 40 });
		talks.settleWords(actor('P09'), id, true);
		expect(programme()[5]).toMatchObject({ minutes: 45, open: { title: 'Startlån i 2027' } });
		expect(seen(id)).toMatchObject({ changed: false, slot: { ends: '11:20' } });
	});

	test('or lets it be', () => {
		const id = placed(5);
		write(id, 'Startlån i 2027');
		talks.settleWords(actor('P09'), id, false);
		expect(programme()[5]!.open!.title).toBe('Tilvisingsavtalar i praksis');
		expect(seen(id).changed).toBe(false);
		expect(() => talks.settleWords(actor('P09'), id, true)).toThrow('already_done');
	});

	test('what a host changes in the programme is not the speaker’s change', () => {
		const id = placed(5);
		rooms.transact(agenda(), person('P09').id, (doc) =>
			changeItem(doc, seen(id).item!, { minutes: 35 })
		);
		expect(seen(id)).toMatchObject({ changed: false, minutes: 40, slot: { ends: '11:10' } });
	});
});

test('a day that is over makes what was confirmed held, and nothing else', () => {
	const [first, second, third] = [stages.confirmed!(), placed(), proposed('Ein til')];
	talks.markHeld(day(), person('P09').id);
	const found: TalkStatus[] = [first, second, third].map(statusOf);
	expect(found).toEqual(['held', 'accepted', 'proposed']);
	expect(meetings.find(day())!.status).toBe('called');
});
