import * as Y from 'yjs';
import { formatParty } from '#lib/domain/action.ts';
import { caseTextOf, textOf } from '#lib/domain/agenda.ts';
import type { MeetingStatus } from '#lib/domain/meeting.ts';
import type { ItemKind } from '#lib/domain/schedule.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendaCases from '#lib/server/meeting/agenda-cases.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { shiftDate } from './dates.ts';
import * as setup from './setup.ts';
import story from './sunnoy.json' with { type: 'json' };

/** What the loader has made so far: ids by the story's codes. */
export interface Cast {
	today: string;
	people: Map<string, string>;
	units: Map<string, string>;
	forums: Map<string, string>;
	cases: Map<string, string>;
	meetings: Map<string, string>;
	/** By number, 'BR 66/26'. */
	items: Map<string, { id: string; meeting: string; case: string | null }>;
	recommendations: Map<string, string>;
}

const statuses: Record<string, MeetingStatus> = {
	halde: 'locked',
	innkalla: 'called',
	planlagt: 'planned'
};

const itemKindOf: Record<string, ItemKind> = {
	fast: 'fixed',
	orientering: 'information',
	melding: 'notice',
	drøfting: 'discussion',
	avgjerd: 'decision',
	innlegg: 'talk',
	'innlegg og spørsmål': 'talk',
	samtale: 'conversation',
	gruppe: 'group',
	plenum: 'plenary',
	skjema: 'form'
};

export function kindOf(word: string): ItemKind {
	return itemKindOf[word] ?? 'break';
}

/**
 * What the strategic group concluded in its spring meeting: the story tells it in its own words.
 */
const springMinutes: { number: string; title: string; text: string }[] = [
	{
		number: 'OBG 5/26',
		title: 'Leigekontraktar som går ut',
		text: '41 kontraktar går ut i 2026. Gruppa ber bustadkontoret ta kontakt med leigetakarane seinast seks månader før utløp.'
	},
	{
		number: 'OBG 6/26',
		title: 'Småhus',
		text: 'Gruppa tilrår at to nye småhus blir med i budsjettframlegget for 2027.'
	},
	{
		number: 'OBG 7/26',
		title: 'Ansvarsmatrisa',
		text: 'Kommunalsjefen avgjorde at Nav er ansvarleg for førebygging av utkasting, og at eigedom varslar Nav ved første purring.'
	}
];

export function loadMeetings(cast: Cast): void {
	for (const row of story.meetings) {
		const id = crypto.randomUUID();
		cast.meetings.set(row.id, id);
		meetings.add({
			id,
			forumId: cast.forums.get(row.forum)!,
			number: row.nr,
			date: shiftDate(row.dato, cast.today),
			starts: row.frå,
			ends: row.til,
			place: row.stad,
			theme: row.tema,
			status: statuses[row.status] ?? 'planned'
		});
		if (row.forum === 'BSF') loadProgramme(cast, row.id, id);
		else loadAgenda(cast, row.id, id, cast.forums.get(row.forum)!);
	}
}

function loadAgenda(cast: Cast, code: string, id: string, forum: string): void {
	const standing = agendas.fromTemplate(forum);
	if (code !== 'M-OBG-26V') {
		agendas.write(id, standing, null);
		return;
	}
	const extra = springMinutes.map(({ title }) => ({
		title,
		kind: 'decision' as const,
		minutes: 10,
		responsible: null
	}));
	const ids = agendas.write(id, [...standing.slice(0, -1), ...extra, ...standing.slice(-1)], null);
	springMinutes.forEach((entry, index) => {
		const item = ids[standing.length - 1 + index]!;
		setup.setNumber(item, entry.number);
		agendas.markOutcome(item, 'concluded');
		cast.items.set(entry.number, { id: item, meeting: id, case: null });
		rooms.transact({ kind: 'agenda', id }, null, (doc) =>
			textOf(doc, item)?.push([paragraph(entry.text)])
		);
	});
}

interface Slot {
	frå: string;
	til: string;
	punkt: string;
	kven: string;
	form: string;
}

function loadProgramme(cast: Cast, code: string, id: string): void {
	const programmes: Record<string, Slot[]> = {
		'M-BSF-26H': story.programme_bsf_26h,
		'M-BSF-25H': story.programme_bsf_25h
	};
	const slots = programmes[code] ?? [];
	const speakers = (slot: Slot) => slot.kven.split(', ').map((who) => cast.people.get(who));
	const ids = agendas.write(
		id,
		slots.map((slot) => {
			const [first, ...others] = speakers(slot);
			return {
				title: slot.punkt,
				kind: kindOf(slot.form),
				minutes: clockMinutes(slot.til) - clockMinutes(slot.frå),
				responsible:
					first && others.length === 0 ? formatParty({ kind: 'person', id: first }) : null
			};
		}),
		null
	);
	rooms.transact({ kind: 'agenda', id }, null, (doc) =>
		slots.forEach((slot, index) => {
			const known = speakers(slot).filter((who) => who !== undefined);
			if (known.length === 1 || slot.kven === '–') return;
			const line = known.length > 1 ? mentions(known) : paragraph(slot.kven);
			textOf(doc, ids[index]!)?.push([line]);
		})
	);
}

/**
 * Case items: what they are to the database, their place to the agenda, their minutes to their
 * own documents.
 */
export function loadCaseItems(cast: Cast): void {
	for (const row of story.agenda_items) {
		const meeting = meetings.find(cast.meetings.get(row.møte)!)!;
		const about = cast.cases.get(row.kode)!;
		const entry = { case: about, title: row.punkt, minutes: 5, number: row.saknr };
		const id = agendaCases.place(meeting, entry, null);
		cast.items.set(row.saknr, { id, meeting: meeting.id, case: about });
		if (meeting.status === 'locked')
			agendas.markOutcome(id, row.konklusjon.startsWith('Utsett') ? 'put_off' : 'concluded');
		if (row.konklusjon === '–') continue;
		rooms.transact({ kind: 'item', id }, null, (doc) => {
			caseTextOf(doc).push([paragraph(row.konklusjon)]);
		});
	}
}

/** The two cases that come again in the story: put off, and sent back. */
export function linkReturningCases(cast: Cast): void {
	for (const [number, before] of [
		['BR 76/26', 'BR 66/26'],
		['BR 77/26', 'BR 69/26']
	] as const)
		agendas.markContinued(cast.items.get(number)!.id, cast.items.get(before)!.id);
}

function paragraph(text: string): Y.XmlElement {
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [new Y.XmlText(text)]);
	return element;
}

function mentions(people: string[]): Y.XmlElement {
	const element = new Y.XmlElement('paragraph');
	const parts = people.flatMap((id, index) => {
		const mention = new Y.XmlElement('mention');
		mention.setAttribute('kind', 'person');
		mention.setAttribute('id', id);
		return index === 0 ? [mention] : [new Y.XmlText(', '), mention];
	});
	element.insert(0, parts);
	return element;
}

function clockMinutes(time: string): number {
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	return hours * 60 + minutes;
}
