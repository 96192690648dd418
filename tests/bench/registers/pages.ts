import * as actions from '../../../src/lib/server/action/actions.ts';
import * as actionRegister from '../../../src/lib/server/action/register.ts';
import * as progress from '../../../src/lib/server/case-progress/progress.ts';
import * as caseWays from '../../../src/lib/server/case-progress/timeline.ts';
import * as cases from '../../../src/lib/server/case/cases.ts';
import * as caseLists from '../../../src/lib/server/case/lists.ts';
import * as decisions from '../../../src/lib/server/decision/decisions.ts';
import * as forums from '../../../src/lib/server/forum/forums.ts';
import { caseHandlingOf } from '../../../src/lib/server/meeting-page/cases.ts';
import * as agendas from '../../../src/lib/server/meeting/agendas.ts';
import * as backlogs from '../../../src/lib/server/meeting/backlogs.ts';
import * as meetings from '../../../src/lib/server/meeting/meetings.ts';
import * as people from '../../../src/lib/server/municipality/people.ts';
import * as recommendationRows from '../../../src/lib/server/recommendation/rows.ts';
import * as decisionRegister from '../../../src/lib/server/register/decision-register.ts';
import * as figures from '../../../src/lib/server/register/figures.ts';
import * as rulingRegister from '../../../src/lib/server/register/ruling-register.ts';
import * as tracking from '../../../src/lib/server/register/since-last.ts';
import * as rulingRows from '../../../src/lib/server/ruling/rows.ts';
import * as search from '../../../src/lib/server/search/search.ts';
import * as desks from '../../../src/lib/server/start-page/start-page.ts';
import { placesOf } from '../../../src/lib/server/web/navigation.ts';

/* What the loads of the pages ask of their keepers. */

export interface Seen {
	/** On the page, and in all. */
	rows: number;
	total: number;
}

export interface Page {
	name: string;
	load: () => Seen;
}

const anyAction: actionRegister.ActionQuery = {
	scope: 'all',
	status: 'any',
	forum: null,
	order: 'due',
	down: false,
	page: 1
};
const anyDecision: decisionRegister.RegisterQuery = {
	forum: null,
	kind: null,
	period: null,
	outcome: null,
	became: 'any',
	q: '',
	page: 1
};
const anyRuling: rulingRegister.RulingQuery = {
	status: 'any',
	track: null,
	period: null,
	q: '',
	page: 1
};

const actionQueries: Record<string, Partial<actionRegister.ActionQuery>> = {
	'mine, open': { scope: 'mine', status: 'open' },
	'my unit, open': { scope: 'unit', status: 'open' },
	'all, open': { status: 'open' },
	'all, overdue, by responsible': { status: 'overdue', order: 'responsible' },
	'all, waiting, by status': { status: 'waiting', order: 'status' },
	'all, of one forum': { forum: 'BR' },
	'all, by number, the last first': { order: 'code', down: true },
	'all, page 50, by responsible': { order: 'responsible', page: 50 }
};
const decisionQueries: Record<string, Partial<decisionRegister.RegisterQuery>> = {
	all: {},
	'of one forum and year': { forum: 'BR', period: '2026' },
	'what hangs': { became: 'hangs' },
	'running late': { became: 'late' },
	'recommended to allocate': { kind: 'recommendation', outcome: 'allocate' },
	'searched for a word': { q: 'avgjerd' },
	'searched for a case': { q: 'S-K6YJ' },
	'all, page 30': { page: 30 }
};
const rulingQueries: Record<string, Partial<rulingRegister.RulingQuery>> = {
	all: {},
	waiting: { status: 'waiting' },
	'appealed, of a year': { status: 'forwarded', period: '2025' },
	'searched for a case': { q: 'S-Q9DL' }
};

/** As the routes do: who asks is read afresh each time, and so is the menu. */
function asking(code: string) {
	const who = people.actor(people.findByCode(code)!.id)!;
	placesOf(who);
	return who;
}

const one = { rows: 1, total: 1 };

/**
 * The registers, for a chair, the leader of a unit, the head of the strategic group, and somebody
 * who is in no forum.
 */
function registers(): Page[] {
	return ['P03', 'P08', 'P01', 'P15'].flatMap((code) => [
		...Object.entries(actionQueries).map(([name, query]) => ({
			name: `/actions   ${code} ${name}`,
			load: () => {
				const who = asking(code);
				actionRegister.offered(who);
				const found = actionRegister.browse(who, { ...anyAction, ...query });
				return { rows: found.actions.length, total: found.total };
			}
		})),
		...Object.entries(decisionQueries).map(([name, query]) => ({
			name: `/decisions ${code} ${name}`,
			load: () => {
				const found = decisionRegister.browse(asking(code), { ...anyDecision, ...query }, 'nn');
				return { rows: found.rows.length, total: found.total };
			}
		}))
	]);
}

/** The rulings, for the decision maker and for the chair. */
function rulings(): Page[] {
	return ['P02', 'P03'].flatMap((code) =>
		Object.entries(rulingQueries).map(([name, query]) => ({
			name: `/rulings   ${code} ${name}`,
			load: () => {
				const found = rulingRegister.browse(asking(code), { ...anyRuling, ...query }, 'nn');
				return { rows: found.rulings.length, total: found.total };
			}
		}))
	);
}

function starts(): Page[] {
	return ['P01', 'P02', 'P03', 'P04', 'P06', 'P08'].map((code) => ({
		name: `/          ${code} desk, meetings, actions`,
		load: () => {
			const who = asking(code);
			const coming = meetings.coming(who, 20).slice(0, 3);
			for (const { id } of coming) agendas.countItems(id);
			forums.visibleTo(who);
			const waiting = desks.waiting(who);
			desks.news(who);
			const own = actions.list(who, 'mine', 'open');
			return { rows: own.length, total: waiting.length };
		}
	}));
}

function searches(): Page[] {
	return ['avgjerd', 'gjere noko', 'BR 71/26', 'S-K6YJ', 'sak'].map((text) => ({
		name: `/search    P03 ${text}`,
		load: () => {
			const rows = search.ask(asking('P03'), text).reduce((all, { hits }) => all + hits.length, 0);
			return { rows, total: rows };
		}
	}));
}

/**
 * The chair's pages of the board: its cases, one of them, its own page, figures, and the next
 * meeting.
 */
function board(): Page[] {
	const { id } = forums.findByCode('BR')!;
	const next = meetings.coming(asking('P03'), 20).find((one) => one.forumId === id)!;
	const listed = (rows: unknown[]): Seen => ({ rows: rows.length, total: rows.length });
	return [
		...[null, 'moved_in'].map((status) => ({
			name: `/cases     P03 ${status ?? 'every status'}`,
			load: () =>
				listed(
					caseLists
						.byStatus(asking('P03'), { status, page: 1 }, 'nn')
						.flatMap((group) => group.cards)
				)
		})),
		{
			name: '/cases/x   P03 course, rulings, actions',
			load: () => {
				const who = asking('P03');
				const row = cases.read(who, 'S-N9CL');
				cases.describe([row], 'nn');
				caseWays.appearances(who, row);
				progress.of(who, row);
				recommendationRows.ofCase(who, row, 'nn');
				rulingRows.ofCase(who, row, 'nn');
				actions.ofCase(who, row.id);
				return listed(caseWays.steps(who, row));
			}
		},
		{
			name: '/forums/br P03 meetings, backlog, open actions',
			load: () => {
				const who = asking('P03');
				forums.members(id);
				forums.meetings(who, forums.read(who, 'br'));
				backlogs.waiting(who, id);
				people.directory(who);
				const open = { status: 'open', forum: 'BR' } as const;
				return listed(actionRegister.browse(who, { ...anyAction, ...open }).actions);
			}
		},
		...[null, '2026', '2025-2'].map((period) => ({
			name: `/forums/br/figures P03 ${period ?? 'all'}`,
			load: () => listed(figures.of(asking('P03'), 'br', period).replies)
		})),
		{
			name: '/meetings/x P03 queue of cases',
			load: () => listed(progress.queue(asking('P03'), id))
		},
		{
			name: '/meetings/x P03 «Sidan sist»',
			load: () => listed(tracking.since(asking('P03'), next, 'nn'))
		},
		{
			name: '/meetings/x P03 all of the chain',
			load: () => listed(caseHandlingOf(asking('P03'), next, 'nn')?.queue ?? [])
		},
		{
			name: '/meetings/x P03 actions, decisions, backlog, cases to put',
			load: () => {
				const who = asking('P03');
				agendas.headings(who, next, 'nn');
				actions.ofMeeting(who, next.id);
				decisions.ofMeeting(who, next.id);
				backlogs.waiting(who, id);
				people.directory(who);
				caseLists.underWay(who, 'nn');
				return one;
			}
		}
	];
}

export function pages(): Page[] {
	return [...starts(), ...board(), ...rulings(), ...searches(), ...registers()];
}
