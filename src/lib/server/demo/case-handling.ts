import { addDays } from '#lib/domain/deadline.ts';
import type { Recommended } from '#lib/domain/recommendation.ts';
import * as dwellings from '#lib/server/case-progress/dwellings.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as recusals from '#lib/server/recommendation/recusals.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { send } from '#lib/server/ruling/sending.ts';
import { shiftDate } from './dates.ts';
import { codeOf } from './lists.ts';
import type { Cast } from './meetings.ts';
import * as setup from './setup.ts';
import story from './sunnoy.json' with { type: 'json' };

/*
 * What became of the story's cases: each step by the keeper that takes it, on its own day, by the
 * one who took it.
 */

const kindOf: Record<string, string> = {
	utleigebustad: 'rental',
	omsorgsbustad: 'care',
	gjennomgangsbustad: 'transitional',
	småhus: 'small_house',
	flyktningbustad: 'refugee',
	tilvisingsavtale: 'referral',
	bufellesskap: 'shared'
};

const statusOf: Record<string, 'free' | 'let' | 'repair' | 'for_sale'> = {
	ledig: 'free',
	reservert: 'free',
	utleigd: 'let',
	'under utbetring': 'repair',
	'til sal': 'for_sale'
};

/**
 * Those that the story's recommendations are about stood empty until then; where somebody stays
 * on, they did not.
 */
const allocated = new Set(
	story.recommendations.filter((row) => row.tilråding !== 'forlenge').map((row) => row.bustad)
);

export function loadDwellings(cast: Cast): void {
	for (const row of story.dwellings)
		dwellings.add({
			code: row.kode,
			kind: kindOf[row.type] ?? '',
			bedrooms: Number(row.soverom),
			area: row.areal,
			floor: row.plan,
			accessible: row.rullestol === 'ja',
			zone: row.sone,
			status: allocated.has(row.kode) ? 'free' : (statusOf[row.status] ?? 'let'),
			freeFrom: row['ledig frå'] === '–' ? null : shiftDate(row['ledig frå'], cast.today),
			note: row.merknad === '–' ? '' : row.merknad
		});
}

const as = (cast: Cast, code: string) => people.actor(cast.people.get(code)!)!;

/** Does something on a day of the story, in the forenoon. */
export function on<Result>(cast: Pick<Cast, 'today'>, date: string, work: () => Result): Result {
	return clock.at(Date.parse(`${shiftDate(date, cast.today)}T09:00:00Z`), work);
}

/** The cases come to the board, and through it. */
export function loadCaseHandling(cast: Cast): void {
	for (const row of story.cases) {
		reply(cast, row);
		readyFor(cast, row);
	}
	const boards = story.meetings.filter((row) => row.forum === 'BR' && row.status === 'halde');
	for (const held of boards.sort((a, b) => (a.dato < b.dato ? -1 : 1))) {
		const id = cast.meetings.get(held.id)!;
		setup.setMeetingStatus(id, 'open');
		on(cast, held.dato, () => {
			if (held.id === 'M-BR-20') attend(cast, id);
			for (const row of story.recommendations.filter((one) => one.møte === held.id))
				recommend(cast, row);
			for (const row of story.agenda_items.filter((one) => one.møte === held.id))
				if (row.konklusjon.startsWith('Utsett')) putOff(cast, row.kode, row.konklusjon);
		});
		setup.setMeetingStatus(id, 'locked');
		on(cast, addDays(held.dato, 1), () => {
			for (const row of story.recommendations.filter((one) => one.møte === held.id))
				sendOn(cast, row.id);
		});
		for (const row of story.rulings) if (meetingOf(row.innstilling) === held.id) rule(cast, row);
	}
	for (const row of story.cases) carryOut(cast, row);
}

type CaseRow = (typeof story.cases)[number];
type RulingRow = (typeof story.rulings)[number];
type RecommendationRow = (typeof story.recommendations)[number];

/** Words for cases that nobody has finished assessing. */
const unready = new Set(['kartlegging', 'økonomigjennomgang']);

/**
 * Who applied is told within the month that the answer takes longer; all but one, who is the
 * story of that.
 */
function reply(cast: Cast, row: CaseRow): void {
	if (row.kode === 'S-D8VS') return;
	on(cast, `${row.inn}-20`, () => progress.replied(as(cast, 'P04'), row.kode, clock.today()));
}

function readyFor(cast: Cast, row: CaseRow): void {
	if (unready.has(row.status)) return;
	const secretary = as(cast, 'P04');
	on(cast, `${row.inn}-10`, () => {
		progress.step(secretary, row.kode, 'assess');
		progress.step(secretary, row.kode, 'queue');
	});
}

function attend(cast: Cast, meeting: string): void {
	for (const code of ['P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'P09'])
		attendances.set(as(cast, 'P03'), meeting, {
			person: cast.people.get(code)!,
			item: null,
			status: 'present'
		});
}

const outcomeOf: Record<string, Recommended> = {
	tildele: 'allocate',
	forlenge: 'extend',
	byte: 'exchange',
	reservere: 'reserve',
	'tilpasse eigen bustad': 'adapt',
	'ikkje tildele, gi anna bistand': 'other_help',
	'halde på noverande bustad': 'other_help',
	'avslag og rettleiing': 'refuse'
};

const minorities: Record<string, string> = {
	'I-048': 'søkjaren bør få tre år, sidan det ikkje er sikkert at kjøpet går i orden innan eitt år'
};

function recommend(cast: Cast, row: RecommendationRow): void {
	const item = cast.items.get(row.saknr)!;
	if (row.saknr === 'BR 63/26') recuse(cast, item);
	const [, unit = ''] = /^([A-ZÆØÅ]+)/.exec(row.oppfølging) ?? [];
	const { measures, wish } = storyOf(row);
	const outcome = outcomeOf[row.tilråding]!;
	const months = row.leigetid === '–' ? null : 12 * Number.parseInt(row.leigetid, 10);
	const id = recommendations.save(
		as(cast, 'P04'),
		item,
		{
			outcome,
			dwelling: dwellings.findByCode(row.bustad)?.id ?? null,
			months,
			shorter: months !== null && months < 36 ? row.grunnar : '',
			reasons: row.grunnar,
			wish,
			followUnit: cast.units.get(unit) ?? null,
			followLevel: levelOf(row.oppfølging),
			minority: minorities[row.id] ?? '',
			dissenters: row.id in minorities ? [cast.people.get('P05')!] : [],
			criteria: [
				{ criterion: 'adult', finding: 'met', reason: 'documented', words: '' },
				{
					criterion: 'cannot',
					finding: outcome === 'refuse' ? 'not_met' : 'met',
					reason: 'stated',
					words: ''
				},
				{ criterion: 'others_tried', finding: 'met', reason: 'documented', words: '' }
			],
			measures,
			language: 'nn',
			text: '',
			version: null
		},
		row.id
	);
	recommendations.adopt(as(cast, 'P03'), id, 1);
	cast.recommendations.set(row.id, id);
}

function storyOf(row: RecommendationRow): { measures: string[]; wish: string } {
	const card = story.cases.find((one) => one.kode === row.sak)!;
	const words = card['vurderte verkemiddel'].split(', ');
	const wished = /ønskjer ([^;]+)/.exec(row.grunnar)?.[1];
	const own = row.grunnar.includes('eige ønske') ? 'å flytte' : '';
	return { measures: words.map((word) => codeOf('measure', word)), wish: wished ?? own };
}

function levelOf(words: string): string {
	if (/dagleg|fleire gonger/.test(words)) return '3';
	return words.includes('vekentleg') ? '2' : '1';
}

function recuse(cast: Cast, { id: item, meeting }: { id: string; meeting: string }): void {
	const person = cast.people.get('P08')!;
	recusals.raise(as(cast, 'P08'), meeting, { item, person, reason: 'close_tie' });
	const chair = as(cast, 'P03');
	const [question] = recusals.of(chair, meetings.find(meeting)!, 'nn');
	const deputy = cast.people.get('P13')!;
	recusals.decide(chair, meeting, { id: question!.id, disqualified: true, deputy });
}

function putOff(cast: Cast, code: string, conclusion: string): void {
	const reason = conclusion.replace(/^Utsett, /, '');
	progress.step(as(cast, 'P03'), code, 'put_off', { reason });
}

const meetingOf = (recommendation: string) =>
	story.recommendations.find((row) => row.id === recommendation)?.møte;

function sendOn(cast: Cast, code: string): void {
	const tracks = story.rulings.filter((row) => row.innstilling === code);
	send(
		as(cast, 'P04'),
		cast.recommendations.get(code)!,
		tracks.map((row) => row.spor),
		Object.fromEntries(tracks.map((row) => [row.spor, row.id]))
	);
}

function rule(cast: Cast, row: RulingRow): void {
	const stance = { 'i samsvar': 'follow', avvik: 'depart', 'send attende': 'send_back' } as const;
	const taken = stance[row['mot innstillinga'] as keyof typeof stance];
	if (!taken) return;
	const [, back] = /attende til bustadrådet (\S+)/.exec(row.status) ?? [];
	const date = back ?? row.dato;
	const [content = '', why = ''] = row.hovudinnhald.split(': ');
	on(cast, date, () => {
		const ruledOn = clock.today();
		rulings.decide(as(cast, 'P02'), row.id, {
			stance: taken,
			result: back ? null : row.resultat === 'avslag' ? 'refused' : 'granted',
			content: back ? '' : taken === 'depart' ? content : row.hovudinnhald,
			reason: back ? row.hovudinnhald : why,
			ruledOn,
			noticeOn: back ? null : ruledOn
		});
	});
	const [, received] = /klage motteken (\S+)/.exec(row.status) ?? [];
	if (received)
		on(cast, received, () =>
			rulings.appealed(as(cast, 'P02'), row.id, { verb: 'receive', on: clock.today() })
		);
}

/** What has been carried out since, in the municipality's own words. */
function carryOut(cast: Cast, row: CaseRow): void {
	const word = codeOf('case_status', row.status);
	const secretary = as(cast, 'P04');
	const ruled = story.rulings.find((one) => one.sak === row.kode && one.dato !== '–');
	const helped = ['searching', 'adapting', 'closed_stays'].includes(word);
	if (ruled && (word === 'moved_in' || helped))
		on(cast, addDays(ruled.dato, helped ? 0 : 7), () =>
			progress.step(secretary, row.kode, helped ? 'help' : 'house')
		);
	if (word === 'closed_stays')
		on(cast, '2026-11-13', () => progress.step(secretary, row.kode, 'close'));
	progress.call(secretary, row.kode, word);
}
