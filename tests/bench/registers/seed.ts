import { actionStatuses, formatParty } from '../../../src/lib/domain/action.ts';
import { decisionCode } from '../../../src/lib/domain/decision.ts';
import { sqlite } from '../../../src/lib/server/db/index.ts';
import * as clock from '../../../src/lib/server/platform/clock.ts';
import { seedCases } from './chain.ts';
import { dateAt, day, draw, id, pick } from './chance.ts';
import type { Place, Stock } from './stock.ts';

/* Four years of a municipality that keeps everything in its registers. */

export const amounts = { meetings: 600, cases: 5_000, actions: 20_000, decisions: 5_000 };

export function seedAll(): void {
	const all = (query: string) => sqlite().prepare(query).pluck().all() as string[];
	const persons = all('SELECT id FROM person WHERE outside = 0');
	const units = all('SELECT id FROM unit WHERE outside = 0');
	sqlite().transaction(() => {
		const places = seedMeetings();
		const board = places.filter(({ forum }) => forum.code === 'BR');
		const cases = seedCases(amounts.cases, board, { persons, units });
		const decided = seedDecisions(places, { persons, units, cases });
		seedActions(places, decided, { persons, units, cases });
	})();
}

/** Meetings of four years, each with an item about no case. */
function seedMeetings(): Place[] {
	const forums = sqlite().prepare('SELECT id, code FROM forum').all() as Place['forum'][];
	const meeting = sqlite().prepare(
		`INSERT INTO meeting (id, forum, number, date, starts, ends, place, theme, status)
		 VALUES (?, ?, ?, ?, '09:00', '10:30', '', '', 'locked')`
	);
	const item = sqlite().prepare(
		`INSERT INTO agenda_item (id, meeting, number, pos, minutes, title, kind)
		 VALUES (?, ?, ?, 'a0', 10, 'Eit punkt', 'decision')`
	);
	return Array.from({ length: amounts.meetings }, (_, index) => {
		const place = {
			meeting: id(),
			item: id(),
			forum: pick(forums),
			date: dateAt(clock.now() - (1 + draw(1460)) * day)
		};
		meeting.run(place.meeting, place.forum.id, `m${index}`, place.date);
		item.run(place.item, place.meeting, `P ${index}`);
		return place;
	});
}

function seedDecisions(places: Place[], { persons, cases }: Stock): string[] {
	const insert = sqlite().prepare(
		`INSERT INTO decision (id, code, meeting, item, case_id, text, reasons, minority, statement, review_on, person, at)
		 VALUES (?, ?, ?, ?, ?, ?, 'Fordi det trengst.', '', '', ?, ?, ?)`
	);
	return Array.from({ length: amounts.decisions }, (_, index) => {
		const { meeting, item, forum, date } = pick(places);
		const decision = id();
		const code = decisionCode(forum.code, index + 1, Number(date.slice(0, 4)));
		const about = forum.code === 'BR' && draw(2) === 0 ? pick(cases).case : null;
		const review = draw(5) === 0 ? dateAt(clock.now() + (draw(400) - 200) * day) : null;
		const text = `Avgjerd nummer ${index}`;
		insert.run(
			decision,
			code,
			meeting,
			item,
			about,
			text,
			review,
			pick(persons),
			clock.now() - index
		);
		return decision;
	});
}

/** Half of the board's actions come of cases, at the item where they were recommended. */
function seedActions(places: Place[], decided: string[], { persons, units, cases }: Stock): void {
	const action = sqlite().prepare(
		`INSERT INTO action (id, code, what, person, unit, due, status, meeting, item, case_id, decision, waiting_for, created_at)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	);
	const event = sqlite().prepare(
		'INSERT INTO action_event (id, action, at, person, deed, from_value, to_value) VALUES (?, ?, ?, ?, ?, ?, ?)'
	);
	const offer = sqlite().prepare(
		"INSERT INTO handover (id, action, unit, by_person, at, status) VALUES (?, ?, ?, ?, ?, 'offered')"
	);
	for (let index = 0; index < amounts.actions; index++) {
		const of = draw(2) === 0 ? pick(cases) : null;
		const { meeting, item } = of?.place ?? pick(places);
		const own = id();
		const unit = draw(4) === 0 ? pick(units) : null;
		const person = unit ? null : pick(persons);
		const status = draw(3) === 0 ? pick(actionStatuses) : 'done';
		const due = dateAt(clock.now() + (draw(1500) - 1400) * day);
		const waits = status === 'waiting' ? formatParty({ kind: 'person', id: pick(persons) }) : null;
		const values = [own, `O-${index + 1000}`, `Gjere noko nummer ${index}`, person, unit, due];
		const from = of === null && draw(2) === 0 ? pick(decided) : null;
		action.run(...values, status, meeting, item, of?.case ?? null, from, waits, clock.now());
		for (let step = draw(4); step >= 0; step--)
			event.run(id(), own, clock.now(), pick(persons), step ? 'due' : 'created', null, due);
		if (status === 'open' && draw(10) === 0)
			offer.run(id(), own, pick(units), pick(persons), clock.now());
	}
}
