import { type ActionStatus, formatParty } from '#lib/domain/action.ts';
import { caseLists } from '#lib/domain/case.ts';
import type { ForumKind } from '#lib/domain/forum.ts';
import type { MembershipRole } from '#lib/domain/membership.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as cases from '#lib/server/case/cases.ts';
import { transaction } from '#lib/server/db/index.ts';
import * as matrices from '#lib/server/matrix/matrices.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { loadCaseHandling, loadDwellings, on } from './case-handling.ts';
import { shiftDate, shiftMonth } from './dates.ts';
import { codeOf, lists } from './lists.ts';
import { type Cast, kindOf, linkReturningCases, loadCaseItems, loadMeetings } from './meetings.ts';
import * as setup from './setup.ts';
import story from './sunnoy.json' with { type: 'json' };

/**
 * Loads the made-up municipality into an empty database, through the same keepers as everybody
 * else, all or nothing. Returns whether it did: a database with a municipality in it is left
 * alone.
 */
export function loadDemo(): boolean {
	if (units.ours()) return false;
	transaction(() => {
		const cast: Cast = {
			today: clock.today(),
			people: new Map(),
			units: new Map(),
			forums: new Map(),
			cases: new Map(),
			meetings: new Map(),
			items: new Map(),
			recommendations: new Map()
		};
		loadMunicipality();
		loadUnitsAndPeople(cast);
		loadForums(cast);
		loadCases(cast);
		loadMeetings(cast);
		loadCaseItems(cast);
		linkReturningCases(cast);
		loadDwellings(cast);
		loadCaseHandling(cast);
		loadActions(cast);
		loadMatrix(cast);
		procedure.proposeTasks();
		// Much of it came in by itself, without anybody's command.
		audit.vouchForAll();
	});
	return true;
}

function loadMunicipality(): void {
	const name = story.municipality.find((row) => row.felt === 'namn')!.verdi;
	units.setUp({ id: 1, name, language: 'nn', timeZone: clock.timeZone });
	for (const list of caseLists)
		lists[list].forEach(([code, nn, nb, en], pos) =>
			optionLists.add({ list, code, pos, nn, nb, en })
		);
	procedure.setUp();
}

function loadUnitsAndPeople(cast: Cast): void {
	for (const row of story.units) {
		if (row.type === 'person') continue;
		const id = crypto.randomUUID();
		cast.units.set(row.kode, id);
		units.add({
			id,
			code: row.kode,
			name: row.namn,
			kind: row.type,
			outside: row.type === 'ekstern'
		});
	}
	const applicant = story.units.find((row) => row.type === 'person');
	if (applicant) {
		// A party in the matrix, not a unit that anybody works at.
		const id = crypto.randomUUID();
		cast.units.set(applicant.kode, id);
		units.add({ id, code: applicant.kode, name: applicant.namn, kind: 'part', outside: true });
	}
	for (const row of story.people) {
		const id = crypto.randomUUID();
		cast.people.set(row.id, id);
		people.add({
			id,
			code: row.id,
			name: row.namn,
			title: row.rolle,
			unitId: cast.units.get(row.eining) ?? null,
			email: addressOf(row),
			outside: row.eining === 'HB',
			administrator: row.rolle === 'Systemansvarleg',
			decides: row.rolle.includes('vedtaksmynde')
		});
	}
	for (const row of story.units) {
		const above = /^team under (.+)$/.exec(row.type)?.[1];
		if (above) setup.setParent(cast.units.get(row.kode)!, cast.units.get(above)!);
		const leader = cast.people.get(row.leiar);
		if (leader) setup.setLeader(cast.units.get(row.kode)!, leader);
	}
}

/** At domains that are nobody's and never will be (RFC 2606). */
function addressOf({ namn, eining }: { namn: string; eining: string }): string {
	const plain = namn.toLowerCase().replaceAll('æ', 'ae').replaceAll('ø', 'o').replaceAll('å', 'a');
	const local = plain.replaceAll(/[^a-z]+/g, '.');
	return `${local}@${eining === 'HB' ? 'husbanken' : 'sunnoy'}.example`;
}

const forumKindOf: Record<string, ForumKind> = { BSF: 'day', OBG: 'strategic', BR: 'council' };

const roleOf: Record<string, MembershipRole> = {
	leiar: 'chair',
	vert: 'chair',
	referent: 'secretary',
	innleiar: 'speaker'
};

function loadForums(cast: Cast): void {
	for (const row of story.forums) {
		const id = crypto.randomUUID();
		cast.forums.set(row.kode, id);
		const kind = forumKindOf[row.kode] ?? 'group';
		setup.addForum({
			id,
			code: row.kode,
			name: row.namn,
			kind,
			mandate: row.mandat,
			cadence: row['kor ofte'],
			intake: row.inn,
			output: row.ut,
			handlesCases: kind === 'council',
			quorum: kind === 'council' ? 4 : null
		});
	}
	for (const row of story.people)
		for (const part of row.grupper.split(', ')) enrol(cast, row.id, part);
	setup.setRuler(cast.forums.get('BR')!, cast.people.get('P02')!);
	for (const code of ['P03', 'P04'])
		procedure.setUrgentMember(cast.forums.get('BR')!, cast.people.get(code)!);
	template(cast, 'BR', story.template_br);
	template(cast, 'OBG', story.template_obg);
}

/**
 * Reads 'BR', 'BR (leiar)' or 'BR (vara for P08)'. Groups that are no forum here are passed over.
 */
function enrol(cast: Cast, person: string, part: string): void {
	const [, code = '', word = ''] = /^(\S+?)(?: \((.+)\))?$/.exec(part) ?? [];
	const forum = cast.forums.get(code);
	if (!forum) return;
	const deputyFor = /^vara for (P\d+)$/.exec(word)?.[1];
	const role = deputyFor ? 'deputy' : (roleOf[word] ?? 'member');
	setup.enrol(forum, cast.people.get(person)!, role, deputyFor && cast.people.get(deputyFor));
}

function template(
	cast: Cast,
	forum: string,
	rows: { punkt: string; type: string; min: string; ansvarleg: string }[]
): void {
	setup.setTemplate(
		cast.forums.get(forum)!,
		rows.map((row) => ({
			title: row.punkt,
			kind: kindOf(row.type),
			minutes: Number(row.min),
			responsibleId: cast.people.get(row.ansvarleg) ?? null,
			takesCases: forum === 'BR' && row.type === 'avgjerd' && row.punkt.startsWith('Nye saker'),
			takesUrgent: forum === 'BR' && row.type === 'melding'
		}))
	);
}

function loadCases(cast: Cast): void {
	for (const row of story.cases) {
		const card = {
			forum: cast.forums.get('BR')!,
			code: row.kode,
			household: codeOf('household', row.hushald),
			age: codeOf('age', row.alder),
			situation: codeOf('situation', row.situasjon),
			bedrooms: row.soverom,
			accessible: row.tilgjengeleg === 'ja',
			followUp: row.oppfølging,
			monthIn: shiftMonth(row.inn, cast.today),
			// The story tells the month only; the day by which they must have an answer follows from
			// this one.
			applied: `${shiftMonth(row.inn, cast.today)}-02`,
			urgent: row.hast === 'ja',
			status: codeOf('case_status', row.status),
			unit: cast.units.get(row.ansvarleg)!,
			measures: row['vurderte verkemiddel'].split(', ').map((word) => codeOf('measure', word))
		};
		const id = on(cast, `${row.inn}-02`, () => cases.store(card));
		cast.cases.set(row.kode, id);
	}
}

const statusOf: Record<string, ActionStatus> = { utført: 'done', pågår: 'in_progress' };

function loadActions(cast: Cast): void {
	for (const row of story.actions) {
		const item = cast.items.get(row.kjelde);
		actions.store(
			{
				code: row.id,
				what: row.kva,
				responsible: formatParty({ kind: 'person', id: cast.people.get(row.ansvarleg)! }),
				due: shiftDate(row.frist, cast.today),
				// «Over frist» is computed from the deadline, not stored.
				status: statusOf[row.status] ?? 'open',
				meeting: item?.meeting ?? cast.meetings.get(row.kjelde)!,
				item: item?.id ?? null,
				case: item?.case ?? null
			},
			null
		);
	}
}

/** Rows that are about many (demo.md §9); every other one is about the applicant's own case. */
const aboutMany = [
	'Liste over ledige bustader',
	'Behovsoversikt (lova § 5)',
	'KOSTRA- og Kobo-tal',
	'Bustadsosialt forum',
	'Bustadsosial handlingsplan'
];

function loadMatrix(cast: Cast): void {
	const applicant = story.units.find((row) => row.type === 'person');
	matrices.add({
		name: 'Ansvarsmatrise for det bustadsosiale arbeidet',
		forum: cast.forums.get('OBG')!,
		applicant: cast.units.get(applicant?.kode ?? '') ?? null,
		tasks: story.raci.map(({ oppgåve, ...cells }) => ({
			title: oppgåve,
			about: aboutMany.includes(oppgåve) ? ('many' as const) : ('case' as const),
			recommends: oppgåve === 'Innstilling',
			cells: Object.entries(cells)
				.filter(([, letters]) => letters !== '')
				.map(([unit, letters]) => ({
					unit: cast.units.get(unit)!,
					letters: letters.split('/') as matrices.Letter[]
				}))
		}))
	});
}
