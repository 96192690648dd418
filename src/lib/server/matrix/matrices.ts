import { asc, eq, sql } from 'drizzle-orm';
import {
	type Cell,
	holders,
	type Letter,
	type Overload,
	overloads,
	readLetters,
	type Setting,
	storeLetters,
	type Violation,
	violations
} from '#lib/domain/matrix.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { db } from '#lib/server/db/index.ts';
import { authority, forum } from '#lib/server/db/schema/forum.ts';
import { matrix, matrixCell, matrixTask } from '#lib/server/db/schema/matrix.ts';
import { person, unit } from '#lib/server/db/schema/municipality.ts';

export type { Letter } from '#lib/domain/matrix.ts';

/** A column of the matrix: a unit, or a party that is none. */
export interface Party {
	id: string;
	code: string;
	name: string;
	leader: { name: string; title: string } | null;
	/** Answers for nothing here: the applicant, and whoever is no part of the municipality. */
	outside: boolean;
}

export interface TaskRow {
	id: string;
	title: string;
	cells: Cell[];
	violations: Violation[];
}

export interface MatrixView {
	id: string;
	name: string;
	/** The forum that adopted it. */
	forum: { code: string; name: string } | null;
	/** Those that hold a letter, in the order in which the municipality entered its units. */
	units: Party[];
	tasks: TaskRow[];
	warnings: Overload[];
}

/** Every matrix, for those who may read the directory. Refuses not_found. */
export function all(actor: Actor): MatrixView[] {
	assertReads(actor);
	const adopted = db()
		.select({ id: matrix.id, name: matrix.name, code: forum.code, forum: forum.name })
		.from(matrix)
		.leftJoin(forum, eq(forum.id, matrix.forumId))
		.orderBy(asc(matrix.name))
		.all();
	const parties = everyParty();
	return adopted.map((row) => view(row, parties));
}

interface Adopted {
	id: string;
	name: string;
	code: string | null;
	forum: string | null;
}

function view({ id, name, code, forum: adopter }: Adopted, parties: Party[]): MatrixView {
	const rows = rowsOf(id, parties);
	const setting = settingOf(rows);
	const held = new Set(rows.flatMap((row) => row.cells.map((cell) => cell.unit)));
	return {
		id,
		name,
		forum: code !== null && adopter !== null ? { code, name: adopter } : null,
		units: parties.filter((party) => held.has(party.id)),
		tasks: rows.map(({ task, title, cells }) => ({
			id: task,
			title,
			cells,
			violations: violations({ task, cells }, setting)
		})),
		warnings: overloads(rows)
	};
}

/** A task with its cells in the order of the columns. */
function rowsOf(id: string, parties: Party[]): { task: string; title: string; cells: Cell[] }[] {
	const place = new Map(parties.map((party, index) => [party.id, index]));
	const cells = new Map<string, Cell[]>();
	for (const cell of db()
		.select({ task: matrixCell.taskId, unit: matrixCell.unitId, letters: matrixCell.letters })
		.from(matrixCell)
		.innerJoin(matrixTask, eq(matrixTask.id, matrixCell.taskId))
		.where(eq(matrixTask.matrixId, id))
		.all()) {
		const held = { unit: cell.unit, letters: readLetters(cell.letters) };
		cells.set(cell.task, [...(cells.get(cell.task) ?? []), held]);
	}
	return db()
		.select({ task: matrixTask.id, title: matrixTask.title })
		.from(matrixTask)
		.where(eq(matrixTask.matrixId, id))
		.orderBy(asc(matrixTask.pos))
		.all()
		.map((row) => ({
			...row,
			cells: (cells.get(row.task) ?? []).sort((a, b) => place.get(a.unit)! - place.get(b.unit)!)
		}));
}

/*
 * What the control rules must know of a row and the tables do not say, read from its title: the
 * recommendation is called what Norwegian municipalities call it; lists, figures, plans and the
 * forum itself are about many, every other row about one case.
 */
const recommends = /^(innstilling|tilråding)/i;
const aboutMany = /^liste|oversikt|\btall?\b|forum|plan\b/i;
/** The kind of a party that is no unit: the applicant. */
const applicantKind = 'part';

function settingOf(rows: { task: string; title: string }[]): Setting {
	const named = (holds: (title: string) => boolean) =>
		new Set(rows.filter((row) => holds(row.title)).map((row) => row.task));
	const rulers = db()
		.select({ unit: person.unitId })
		.from(authority)
		.innerJoin(person, eq(person.id, authority.personId));
	const applicant = db().select({ id: unit.id }).from(unit).where(eq(unit.kind, applicantKind));
	return {
		rulers: new Set(rulers.all().flatMap((row) => row.unit ?? [])),
		applicant: applicant.get()?.id ?? null,
		recommending: named((title) => recommends.test(title)),
		aboutCase: named((title) => !aboutMany.test(title))
	};
}

function everyParty(): Party[] {
	return db()
		.select({
			id: unit.id,
			code: unit.code,
			name: unit.name,
			outside: unit.outside,
			leader: person.name,
			title: person.title
		})
		.from(unit)
		.leftJoin(person, eq(person.id, unit.leaderId))
		.orderBy(sql`unit.rowid`)
		.all()
		.map(({ leader, title, ...party }) => ({
			...party,
			leader: leader === null ? null : { name: leader, title: title ?? '' }
		}));
}

export interface UnitView {
	party: Party;
	/** What it holds, matrix by matrix, in the order of the rows. */
	matrices: {
		id: string;
		name: string;
		tasks: { id: string; title: string; letters: readonly Letter[] }[];
	}[];
}

/**
 * Everything that a unit holds a letter in, by its short code, whatever the case of its letters.
 * Refuses not_found.
 */
export function ofUnit(actor: Actor, code: string): UnitView {
	const found = all(actor);
	const party = everyParty().find((one) => one.code.toUpperCase() === code.toUpperCase());
	const stands = found.some((one) => one.units.some(({ id }) => id === party?.id));
	// Who is no part of the municipality exists here only as a party of a matrix.
	if (!party || (party.outside && !stands)) throw new Refusal('not_found');
	const held = found.map(({ id, name, tasks }) => ({
		id,
		name,
		tasks: tasks.flatMap((task) => {
			const cell = task.cells.find(({ unit: holder }) => holder === party.id);
			return cell ? [{ id: task.id, title: task.title, letters: cell.letters }] : [];
		})
	}));
	return { party, matrices: held.filter(({ tasks }) => tasks.length > 0) };
}

export interface TaskView {
	task: TaskRow;
	matrix: Pick<MatrixView, 'id' | 'name' | 'forum'>;
	/** Those that hold a letter in the row. */
	units: Party[];
	/**
	 * Whom an action can be given: every unit with R, never the applicant nor anybody else from
	 * outside.
	 */
	parties: Party[];
}

/** A row of a matrix. Refuses not_found. */
export function readTask(actor: Actor, id: string): TaskView {
	for (const { tasks, units, ...of } of all(actor)) {
		const task = tasks.find((row) => row.id === id);
		if (!task) continue;
		const doing = holders(task, 'R');
		return {
			task,
			matrix: { id: of.id, name: of.name, forum: of.forum },
			units: units.filter((party) => task.cells.some((cell) => cell.unit === party.id)),
			parties: units.filter((party) => !party.outside && doing.includes(party.id))
		};
	}
	throw new Refusal('not_found');
}

function assertReads(actor: Actor): void {
	if (!may(actor, 'read', { kind: 'directory' })) throw new Refusal('not_found');
}

export interface NewMatrix {
	name: string;
	forum: string | null;
	tasks: { title: string; cells: { unit: string; letters: Letter[] }[] }[];
}

/** Writes an adopted matrix down. */
export function add(entry: NewMatrix): string {
	const id = crypto.randomUUID();
	db().insert(matrix).values({ id, name: entry.name, forumId: entry.forum }).run();
	entry.tasks.forEach((task, pos) => {
		const taskId = crypto.randomUUID();
		db().insert(matrixTask).values({ id: taskId, matrixId: id, pos, title: task.title }).run();
		for (const cell of task.cells)
			db()
				.insert(matrixCell)
				.values({ taskId: taskId, unitId: cell.unit, letters: storeLetters(cell.letters) })
				.run();
	});
	return id;
}
