import { beforeEach, describe, expect, test } from 'vitest';
import { caseTextOf } from '#lib/domain/agenda.ts';
import { may } from '#lib/domain/may.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as handovers from '#lib/server/action/handovers.ts';
import * as register from '#lib/server/action/register.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as cases from '#lib/server/case/cases.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as documentKinds from '#lib/server/live/document-kinds.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendaCases from '#lib/server/meeting/agenda-cases.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as backlogs from '#lib/server/meeting/backlogs.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as sinceLast from '#lib/server/register/since-last.ts';
import { prepare } from '#lib/server/search-index/upkeep.ts';
import { ask } from '#lib/server/search/search.ts';
import {
	allocation,
	caseId,
	chair,
	openBoard,
	placeOf,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, forumId, openDemo, person } from '#lib/server/start/testing.ts';
import * as recommendations from './recommendations.ts';
import * as recusals from './recusals.ts';

let meeting: string;
let place: { meeting: string; id: string };
const code = 'S-K6YJ';
const eirik = () => actor('P08');

useTrail();
beforeEach(() => {
	openDemo();
	prepare();
	meeting = openBoard();
	place = placeOf(code);
});

const held = () => meetings.find(meeting)!;
const item = () => place.id;
const raise = (as = eirik(), who = 'P08') =>
	recusals.raise(as, meeting, { item: item(), person: person(who).id, reason: 'family' });
const question = () => recusals.of(chair(), held(), 'nn').find((one) => one.status === 'raised')!;
const decide = (disqualified: boolean, deputy: string | null = null, as = chair()) =>
	recusals.decide(as, meeting, {
		id: question().id,
		disqualified,
		deputy: deputy && person(deputy).id
	});
const unitId = (of: string) =>
	sqlite().prepare('SELECT id FROM unit WHERE code = ?').pluck().get(of) as string;
const minutes = () => rooms.read({ kind: 'item', id: item() }, (doc) => caseTextOf(doc).toString());

/** Everything of the case that this person can get at: nothing, once it is closed to them. */
function traces(who: string): string[] {
	const reader = actor(who);
	const found: string[] = [];
	const mark = (name: string, is: boolean) => void (is && found.push(name));
	const tried = (work: () => unknown) => {
		try {
			work();
			return true;
		} catch {
			return false;
		}
	};
	mark(
		'card',
		tried(() => cases.read(reader, code))
	);
	mark(
		'list',
		cases.visibleTo(reader, 'nn').some((one) => one.code === code)
	);
	mark('heading', agendas.headings(reader, held(), 'nn').cases[item()] !== undefined);
	mark('state', agendas.headings(reader, held(), 'nn').states[item()] !== undefined);
	mark('document', documentKinds.handlerOf('item')!.access(reader.id, item()) !== null);
	mark('actions', JSON.stringify(actions.list(reader, 'all')).includes(code));
	const all = {
		scope: 'all',
		status: 'any',
		forum: null,
		order: 'due',
		down: false,
		page: 1
	} as const;
	const page = register.browse(reader, all);
	mark('register', JSON.stringify(page).includes(code));
	mark('count', page.total !== page.actions.length);
	mark('search', JSON.stringify(ask(reader, 'utskriving')).includes('Utsett frå møte'));
	mark('code search', JSON.stringify(ask(reader, code)) !== '[]');
	mark(
		'queue',
		progress.queue(reader, forumId('BR')).some((one) => one.code === code)
	);
	mark('backlog', JSON.stringify(backlogs.waiting(reader, forumId('BR'))).includes('Utskriving'));
	mark('tracking', JSON.stringify(sinceLast.since(reader, held(), 'nn')).includes(code));
	mark(
		'questions',
		recusals.of(reader, held(), 'nn').some((one) => one.item === item())
	);
	const { away, deputies, leaders } = attendances.of(reader, meeting);
	mark(
		'attendance',
		[...away, ...deputies, ...leaders].some((one) => one.item === item())
	);
	mark(
		'writing',
		tried(() => recommendations.save(reader, place, allocation()))
	);
	mark('topic', may(reader, 'read', cases.subject(cases.findByCode(code)!)));
	return found;
}

test('before the question is raised a member sees the case everywhere', () => {
	expect(traces('P08')).toEqual(
		expect.arrayContaining(['card', 'list', 'heading', 'document', 'actions', 'register', 'topic'])
	);
});

test('from the moment it is raised nothing of the case exists for the one it is about', () => {
	raise();
	expect(traces('P08')).toEqual([]);
	expect(traces('P05')).toContain('card');
});

test('when they are found disqualified it stays so; the sentence stands in the minutes', () => {
	raise();
	decide(true, 'P13');
	expect(traces('P08')).toEqual([]);
	expect(minutes()).toContain(
		'Eirik Tenkjevoll melde frå om slektskap eller samliv. Bustadrådet drøfta spørsmålet utan Eirik Tenkjevoll, ' +
			'som vart funnen inhabil, jf. forvaltningslova §§ 6 og 8, og gjekk frå før saka vart lagd fram. Sindre Liksomhaug møtte som vara.'
	);
	expect(attendances.of(chair(), meeting).away).toContainEqual(
		expect.objectContaining({ item: item(), name: 'Eirik Tenkjevoll' })
	);
});

test('when they are found impartial it opens again', () => {
	raise();
	decide(false);
	expect(traces('P08')).toEqual(expect.arrayContaining(['card', 'heading', 'document']));
	expect(minutes()).toContain('som vart funnen habil');
});

test('the deputy gets exactly that item, with a warning when they report to the member', () => {
	raise();
	decide(true, 'P13');
	const sindre = actor('P13');
	expect(agendas.read(sindre, held(), item()).id).toBe(item());
	expect(() => agendas.read(sindre, held(), placeOf('S-G5MQ').id)).toThrow('not_found');
	const [call] = attendances.of(chair(), meeting).deputies;
	expect(call).toMatchObject({ item: item(), subordinate: true });
});

test('who left a case item, who came and who leads it, only those know who read the item', () => {
	raise();
	decide(true, 'P13');
	raise(actor('P05'), 'P05');
	attendances.appoint(chair(), meeting, {
		person: person('P06').id,
		role: 'chair',
		item: item()
	});
	for (const who of ['P17', 'P02']) setup.enrol(forumId('BR'), person(who).id, 'observer');
	const told = (who: string) => {
		const { away, deputies, leaders } = attendances.of(actor(who), meeting);
		return [away.length, deputies.length, leaders.filter((one) => one.item !== null).length];
	};
	expect(told('P03')).toEqual([1, 1, 1]);
	expect(told('P13')).toEqual([1, 1, 1]);
	// One who looks on, one the decision maker, the disqualified, and one of whom the question is
	// asked.
	for (const who of ['P17', 'P02', 'P08', 'P05']) expect(told(who)).toEqual([0, 0, 0]);
	// What is no case stays for everybody to know.
	attendances.callDeputy(chair(), meeting, { deputy: person('P13').id, for: null, item: null });
	expect(told('P17')).toEqual([0, 1, 0]);
});

test('a deputy from whom the case is closed keeps their own call, and learns no more', () => {
	attendances.callDeputy(chair(), meeting, { deputy: person('P13').id, for: null, item: item() });
	raise(actor('P13'), 'P13');
	expect(attendances.of(actor('P13'), meeting)).toMatchObject({
		away: [],
		deputies: [{ person: person('P13').id, item: item() }]
	});
});

test('somebody who chairs this item only answers the question, and names a deputy for it', () => {
	attendances.appoint(chair(), meeting, {
		person: person('P05').id,
		role: 'chair',
		item: item()
	});
	raise();
	decide(true, 'P13', actor('P05'));
	const [call] = attendances.of(actor('P05'), meeting).deputies;
	expect(call).toMatchObject({ item: item(), name: 'Sindre Liksomhaug' });
	attendances.endCall(actor('P05'), meeting, call!.id);
	expect(attendances.of(chair(), meeting).deputies).toEqual([]);
	// Of another item, and of the whole meeting, they lead nothing.
	for (const other of [placeOf('S-G5MQ').id, null])
		expect(() =>
			attendances.callDeputy(actor('P05'), meeting, {
				deputy: person('P13').id,
				for: null,
				item: other
			})
		).toThrow('not_allowed');
});

test('nobody to whom the case is closed comes to it as a deputy', () => {
	const calls = (id: string) =>
		attendances.callDeputy(chair(), meeting, {
			deputy: person('P13').id,
			for: null,
			item: id
		});
	calls(item());
	raise(actor('P13'), 'P13');
	attendances.endCall(chair(), meeting, attendances.of(chair(), meeting).deputies[0]!.id);
	expect(() => calls(item())).toThrow('closed_to_them');
	decide(true);
	expect(() => calls(item())).toThrow('closed_to_them');
	raise();
	expect(() => decide(true, 'P13')).toThrow('closed_to_them');
	expect(question()).toMatchObject({ name: 'Eirik Tenkjevoll' });
	calls(placeOf('S-G5MQ').id);
});

test('nor does who rules on the cases', () => {
	setup.enrol(forumId('BR'), person('P02').id, 'deputy');
	raise();
	expect(() => decide(true, 'P02')).toThrow('deputy_rules');
	expect(question().status).toBe('raised');
});

test('no deputy comes unless somebody says so', () => {
	raise();
	decide(true);
	expect(attendances.of(chair(), meeting).deputies).toEqual([]);
	expect(() => agendas.read(actor('P13'), held(), item())).toThrow('not_found');
});

test('somebody who is no deputy is refused, and the question stays open', () => {
	raise();
	expect(() => decide(true, 'P11')).toThrow('not_a_deputy');
	expect(question().status).toBe('raised');
	expect(minutes()).not.toContain('inhabil');
});

test('actions about the case move to the deputy, and say so', () => {
	raise();
	decide(true, 'P13');
	const { responsible, history } = register.read(chair(), 'O-16');
	expect(responsible.name).toBe('Sindre Liksomhaug');
	expect(history.at(-1)).toMatchObject({ verb: 'moved', from: 'Eirik Tenkjevoll' });
});

test('without a deputy they move to whoever leads the forum', () => {
	raise();
	decide(true);
	expect(register.read(chair(), 'O-16').responsible.name).toBe('Solveig Testvik');
});

test('what is offered to a unit that they lead is offered no more, and can be offered to another', () => {
	const { id } = register.read(chair(), 'O-15');
	handovers.offer(actor('P07'), id, { to: `unit:${unitId('PHR')}` });
	raise();
	decide(true);
	const { offer, history } = register.read(chair(), 'O-15');
	expect(offer).toBeNull();
	expect(history.at(-1)).toMatchObject({
		verb: 'withdrawn',
		to: 'Eining for psykisk helse og rus'
	});
	handovers.offer(actor('P07'), id, { to: `unit:${unitId('RBO')}` });
});

test('from then on nothing of the case is given to them or to a unit that they lead, not even while it is open', () => {
	const give = (responsible: string) =>
		actions.create(chair(), {
			meeting,
			item: item(),
			what: 'Synfaring',
			due: '2026-12-01',
			case: null,
			responsible
		});
	const { id } = register.read(chair(), 'O-15');
	const offer = (to: string) => handovers.offer(actor('P07'), id, { to });
	const [own, unit] = [`person:${person('P08').id}`, `unit:${unitId('PHR')}`];
	raise();
	for (const to of [own, unit]) {
		expect(() => give(to)).toThrow('closed_to_them');
		expect(() => offer(to)).toThrow('closed_to_them');
	}
	decide(true);
	for (const to of [own, unit]) {
		expect(() => give(to)).toThrow('closed_to_them');
		expect(() => offer(to)).toThrow('closed_to_them');
	}
	// Somebody else of the unit, and other cases, are as before.
	give(`person:${person('P13').id}`);
	actions.create(chair(), {
		meeting,
		item: placeOf('S-G5MQ').id,
		what: 'Synfaring',
		due: '2026-12-01',
		case: null,
		responsible: own
	});
});

test('who is found impartial can be given work of it again', () => {
	raise();
	decide(false);
	handovers.offer(actor('P07'), register.read(chair(), 'O-15').id, {
		to: `unit:${unitId('PHR')}`
	});
	expect(register.read(eirik(), 'O-15').offer).toMatchObject({ mayAccept: true });
});

test('one raises it about oneself, who leads about others; nobody judges themself', () => {
	expect(() => raise(actor('P05'))).toThrow('not_allowed');
	raise(chair(), 'P03');
	expect(() => decide(true, null, chair())).toThrow();
	const { id } = recusals.of(secretary(), held(), 'nn').find((one) => one.status === 'raised')!;
	expect(() =>
		recusals.decide(chair(), meeting, { id, disqualified: false, deputy: null })
	).toThrow('not_found');
	recusals.decide(secretary(), meeting, { id, disqualified: true, deputy: null });
	expect(traces('P03')).toEqual([]);
});

test('it is asked and answered once', () => {
	raise();
	expect(() => raise(chair())).toThrow('already_done');
	const { id } = question();
	decide(true);
	expect(() =>
		recusals.decide(chair(), meeting, { id, disqualified: false, deputy: null })
	).toThrow('already_done');
});

describe('a question that was not answered where it was raised', () => {
	const gone = {
		'that meeting was locked': () => setup.setMeetingStatus(meeting, 'locked'),
		'that meeting was cancelled': () => setup.setMeetingStatus(meeting, 'cancelled'),
		'the case was taken off its agenda': () => {
			setup.setMeetingStatus(meeting, 'planned');
			agendaCases.takeOff(caseId(code), chair().id);
			rooms.flush();
		}
	};

	test.each(Object.entries(gone))('is answered at the next that has the case: %s', (_, go) => {
		raise();
		const { id } = question();
		go();
		const answer = { id, disqualified: true, deputy: person('P13').id };
		expect(() => recusals.decide(chair(), meeting, answer)).toThrow();
		const next = boardMeeting('23/26');
		expect(() => recusals.decide(chair(), next, answer)).toThrow('not_found');
		const again = agendaCases.putCase(chair(), next, { case: caseId(code), title: 'Utskriving' });
		const asked = (who: string) => recusals.of(actor(who), meetings.find(next)!, 'nn');
		expect(asked('P03')).toMatchObject([{ id, item: again, decides: true }]);
		expect(asked('P05')).toMatchObject([{ id, decides: false }]);
		expect(() => recusals.decide(actor('P05'), next, answer)).toThrow('not_allowed');
		expect(() => recusals.decide(eirik(), next, answer)).toThrow('not_found');
		recusals.decide(chair(), next, answer);
		expect(asked('P03')).toMatchObject([{ id, status: 'disqualified', decides: false }]);
		const { away, deputies } = attendances.of(chair(), next);
		expect(away).toMatchObject([{ item: again, name: 'Eirik Tenkjevoll' }]);
		expect(deputies).toMatchObject([{ item: again, name: 'Sindre Liksomhaug' }]);
		const said = rooms.read({ kind: 'item', id: again }, (doc) => caseTextOf(doc).toString());
		expect(said).toContain('som vart funnen inhabil');
	});

	test('nothing is answered in a meeting that is locked', () => {
		raise();
		setup.setMeetingStatus(meeting, 'locked');
		expect(recusals.of(chair(), held(), 'nn')).toMatchObject([{ decides: false }]);
	});
});

test('where the law lets each judge for themself, saying it is enough', () => {
	sqlite().exec("UPDATE rule SET value = 'self' WHERE name = 'recusal_by'");
	sqlite().exec(
		"UPDATE choice SET nn = 'forvaltningslova §§ 25 og 29' WHERE list = 'law' AND code = 'recusal'"
	);
	raise();
	expect(traces('P08')).toEqual([]);
	expect(minutes()).toContain('er inhabil, jf. forvaltningslova §§ 25 og 29');
	expect(recusals.of(chair(), held(), 'nn').some((one) => one.status === 'raised')).toBe(false);
});

test('who is disqualified is disqualified at every later meeting too', () => {
	raise();
	decide(true);
	expect(eirik().recused.has(caseId(code))).toBe(true);
	const [row] = sqlite().prepare("SELECT id FROM agenda_item WHERE number = 'BR 66/26'").all() as {
		id: string;
	}[];
	const earlier = meetings.find(agendas.find(row!.id)!.meetingId)!;
	expect(() => agendas.read(eirik(), earlier, row!.id)).toThrow('not_found');
});

test('the search finds a recommendation for those who made it, and for the disqualified nothing', () => {
	const text = 'lagt vekt på dette: to soverom, og nær barnehage.';
	recommendations.save(secretary(), place, allocation());
	const hits = (who: string) =>
		ask(actor(who), 'barnehage', 'recommendation').flatMap((group) => group.hits);
	expect(hits('P08')).toMatchObject([{ href: `/meetings/${meeting}/${item()}` }]);
	expect(
		hits('P08')[0]!
			.snippet.map((part) => part.text)
			.join('')
	).toContain(text);
	raise();
	expect(hits('P08')).toEqual([]);
	expect(hits('P05')).toHaveLength(1);
	// The decision maker hears of it when it is sent.
	expect(hits('P02')).toEqual([]);
});
