import { recommended } from '../../../src/lib/domain/recommendation.ts';
import { sqlite } from '../../../src/lib/server/db/index.ts';
import { dateAt, day, draw, id, pick } from './chance.ts';
import type { Place, Stock } from './stock.ts';

/*
 * Cases on their way, as the keepers would have left them: most are long over, some hang at each
 * of the places where one can.
 */

type Row = Record<string, string | number | null>;

/** One statement for each set of columns. */
function insert(table: string, row: Row): void {
	const columns = Object.keys(row);
	const marks = columns.map(() => '?').join(', ');
	sqlite()
		.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`)
		.run(...Object.values(row));
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Five letters: none of them is one of the story's. */
function codeOf(index: number): string {
	let rest = index;
	return `S-${Array.from({ length: 5 }, () => {
		const letter = letters[rest % letters.length]!;
		rest = Math.floor(rest / letters.length);
		return letter;
	}).join('')}`;
}

/** How far a case has come. */
type Way = 'waits' | 'put_off' | 'unsent' | 'sent' | 'back' | 'over';

function timelineOf(index: number): Way {
	if (index % 40 === 0) return 'waits';
	if (index % 100 === 1) return 'put_off';
	if (index % 200 === 2) return 'unsent';
	if (index % 60 === 3) return 'sent';
	return index % 60 === 4 ? 'back' : 'over';
}

const states: Record<Way, string> = {
	waits: 'to_council',
	put_off: 'put_off',
	unsent: 'recommended',
	sent: 'to_ruling',
	back: 'sent_back',
	over: 'closed'
};
const words: Record<Way, number> = { waits: 2, put_off: 2, unsent: 3, sent: 3, back: 3, over: -1 };

/**
 * Cases with courses, recommendations, rulings and appeals. Returns each with the item that it
 * was dealt with at.
 */
export function seedCases(
	count: number,
	board: Place[],
	{ persons, units }: Pick<Stock, 'persons' | 'units'>
): Stock['cases'] {
	const template = sqlite().prepare('SELECT * FROM case_card LIMIT 1').get() as Row;
	const statuses = sqlite()
		.prepare("SELECT code FROM choice WHERE list = 'case_status' ORDER BY pos")
		.pluck()
		.all() as string[];
	return Array.from({ length: count }, (_, index) => {
		const way = timelineOf(index);
		const place = pick(board);
		const made = Date.parse(`${place.date}T09:00:00Z`);
		const card = { ...template, id: id(), code: codeOf(index), unit: pick(units) };
		const applied = made - (20 + draw(60)) * day;
		insert('case_card', {
			...card,
			month_in: dateAt(applied).slice(0, 7),
			status: statuses.at(words[way]) ?? ''
		});
		insert('course', {
			case_id: card.id,
			state: states[way],
			since: made,
			reply_due: draw(2) === 0 ? dateAt(applied + 31 * day) : null,
			replied_on: draw(4) === 0 ? null : dateAt(applied + draw(34) * day)
		});
		walk(card.id, way, applied, made, persons);
		const item = id();
		insert('agenda_item', {
			id: item,
			meeting: place.meeting,
			number: `BR ${index + 1000}/20`,
			pos: 'a1',
			minutes: 5,
			title: 'Ny sak',
			kind: 'decision',
			case_id: card.id,
			outcome: 'done'
		});
		if (way !== 'waits') recommend(card.id, item, way, place, made, persons, index);
		return { case: card.id, place: { ...place, item } };
	});
}

/** The steps of a course: a tenth of the cases has been put off again and again. */
function walk(about: string, way: Way, applied: number, made: number, persons: string[]): void {
	const step = (verb: string, to: string, at: number) =>
		insert('course_step', {
			id: id(),
			case_id: about,
			at,
			person: pick(persons),
			verb,
			to_state: to
		});
	step('register', 'registered', applied);
	step('assess', 'assessed', applied + day);
	step('queue', 'to_council', applied + 2 * day);
	if (draw(10) === 0)
		for (let turn = draw(5); turn >= 0; turn--) step('wait', 'put_off', made - turn);
	if (way === 'back') step('send_back', 'sent_back', made + 3 * day);
	if (way !== 'over') return;
	step('rule', 'ruled', made + 3 * day);
	if (draw(2) === 0) step('house', 'housed', made + (10 + draw(60)) * day);
	step('close', 'closed', made + 90 * day);
}

function recommend(
	about: string,
	item: string,
	way: Way,
	{ forum, meeting }: Place,
	made: number,
	persons: string[],
	index: number
): void {
	const own = id();
	const status =
		{ put_off: 'adopted', unsent: 'adopted', sent: 'sent' }[way as string] ?? 'settled';
	const outcome =
		way === 'put_off' ? 'put_off' : pick(recommended.filter((one) => one !== 'put_off'));
	const sent = status === 'adopted' ? null : made + day;
	insert('recommendation', {
		id: own,
		code: `I-${index + 1000}`,
		case_id: about,
		forum: forum.id,
		meeting,
		item,
		status,
		version: 1,
		outcome,
		shorter: '',
		reasons: 'Treng bustad.',
		wish: '',
		minority: '',
		language: 'nn',
		text: 'Rådet tilrår dette.',
		sha256: '',
		adopted_by: pick(persons),
		adopted_at: made,
		sent_by: sent && pick(persons),
		sent_at: sent
	});
	for (const criterion of ['adult', 'cannot', 'others_tried'])
		insert('recommendation_criterion', {
			recommendation: own,
			criterion,
			finding: 'met',
			reason: 'documented',
			words: ''
		});
	for (const person of new Set([pick(persons), pick(persons), pick(persons)]))
		insert('recommendation_person', { recommendation: own, person, role: 'present' });
	if (sent === null) return;
	for (const track of index % 5 === 0 ? ['A', 'B'] : ['A'])
		rule(
			{ recommendation: own, case_id: about, forum: forum.id, track },
			way,
			sent,
			persons,
			index
		);
}

function rule(on: Row, way: Way, sent: number, persons: string[], index: number): void {
	const own = id();
	const ruled = way === 'over';
	const at = sent + 2 * day;
	const stance = ruled ? (index % 12 === 0 ? 'depart' : 'follow') : 'send_back';
	insert('ruling', {
		...on,
		id: own,
		code: `V-${index * 2 + 1000 + (on.track === 'B' ? 1 : 0)}`,
		opened_at: sent,
		...(way === 'sent'
			? { status: 'waiting', content: '', reason: '' }
			: {
					status: ruled ? 'ruled' : 'sent_back',
					stance,
					person: pick(persons),
					at,
					content: 'leige, 3 år',
					reason: stance === 'follow' ? '' : 'manglar noko',
					...(ruled ? { result: 'granted', ...datesOf(at) } : {})
				})
	});
	if (!ruled || index % 15 !== 0) return;
	const received = dateAt(at + 5 * day);
	insert('appeal', {
		ruling: own,
		received_on: received,
		forwarded_on: dateAt(at + (6 + draw(20)) * day)
	});
}

function datesOf(at: number): Row {
	const on = dateAt(at);
	return { ruled_on: on, notice_on: on, appeal_until: dateAt(at + 21 * day) };
}
