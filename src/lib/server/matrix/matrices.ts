import { and, asc, eq, sql } from 'drizzle-orm';
import {
	type Cell,
	holders,
	type Letter,
	type Overload,
	overloads,
	readLetters,
	settingOf,
	storeLetters,
	type TaskMeaning,
	type TaskScope,
	type Violation,
	violations
} from '#lib/domain/matrix.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { authority, forum } from '#lib/server/db/schema/forum.ts';
import { matrix, matrixCell, matrixTask } from '#lib/server/db/schema/matrix.ts';
import { person, unit } from '#lib/server/db/schema/municipality.ts';
import * as events from '#lib/server/live/events.ts';

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
		.select({
			id: matrix.id,
			name: matrix.name,
			applicant: matrix.applicantId,
			code: forum.code,
			forum: forum.name
		})
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
	applicant: string | null;
	code: string | null;
	forum: string | null;
}

function view(
	{ id, name, applicant, code, forum: adopter }: Adopted,
	parties: Party[]
): MatrixView {
	const rows = rowsOf(id, parties);
	const setting = settingOf(rows, applicant, rulingUnits());
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

interface MatrixRow extends TaskMeaning {
	task: string;
	title: string;
	cells: Cell[];
}

/** A task with its cells in the order of the columns. */
function rowsOf(id: string, parties: Party[]): MatrixRow[] {
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
		.select({
			task: matrixTask.id,
			title: matrixTask.title,
			about: matrixTask.about,
			recommends: matrixTask.recommends
		})
		.from(matrixTask)
		.where(eq(matrixTask.matrixId, id))
		.orderBy(asc(matrixTask.pos))
		.all()
		.map((row) => ({
			...row,
			cells: (cells.get(row.task) ?? []).sort((a, b) => place.get(a.unit)! - place.get(b.unit)!)
		}));
}

/** Ids of the units where somebody rules. */
function rulingUnits(): Set<string> {
	const rulers = db()
		.select({ unit: person.unitId })
		.from(authority)
		.innerJoin(person, eq(person.id, authority.personId));
	return new Set(rulers.all().flatMap((row) => row.unit ?? []));
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

/**
 * Says what a row means to the rules. For who leads the forum that adopted the matrix.
 * Refuses not_found, not_allowed.
 */
export function describeTask(
	actor: Actor,
	id: string,
	{ about, recommends }: { about: TaskScope; recommends: boolean }
): void {
	transaction(() => {
		const task = db().select().from(matrixTask).where(eq(matrixTask.id, id)).get();
		if (!task) throw new Refusal('not_found');
		change(actor, task.matrixId, 'matrix.describe', () =>
			db().update(matrixTask).set({ about, recommends }).where(eq(matrixTask.id, id)).run()
		);
	});
}

/**
 * Says which party the rows about a case are about: one that is no unit of the municipality's own;
 * null when the matrix has none. Refuses not_found, not_allowed, unknown_unit.
 */
export function nameApplicant(actor: Actor, id: string, party: string | null): void {
	change(actor, id, 'matrix.name_applicant', () => {
		const outside = and(eq(unit.id, party ?? ''), eq(unit.outside, true));
		if (party !== null && !db().select({ id: unit.id }).from(unit).where(outside).get())
			throw new Refusal('unknown_unit', { field: 'party' });
		db().update(matrix).set({ applicantId: party }).where(eq(matrix.id, id)).run();
	});
}

function change(
	actor: Actor,
	id: string,
	what: 'matrix.describe' | 'matrix.name_applicant',
	work: () => void
): void {
	transaction(() => {
		const row = db().select().from(matrix).where(eq(matrix.id, id)).get();
		const about = { kind: 'matrix', forum: row?.forumId ?? null } as const;
		if (!row || !may(actor, 'read', about)) throw new Refusal('not_found');
		if (!may(actor, 'write', about)) throw new Refusal('not_allowed');
		work();
		audit.record(actor.id, what, auditSubject('matrix', id));
		if (row.forumId !== null) events.changed(topicOf('forum', row.forumId));
	});
}

function assertReads(actor: Actor): void {
	if (!may(actor, 'read', { kind: 'directory' })) throw new Refusal('not_found');
}

export interface NewMatrix {
	name: string;
	forum: string | null;
	/** The party that its rows about a case are about. */
	applicant: string | null;
	tasks: (TaskMeaning & { title: string; cells: { unit: string; letters: Letter[] }[] })[];
}

/** Writes an adopted matrix down. */
export function add(entry: NewMatrix): string {
	const id = crypto.randomUUID();
	const { name, forum: forumId, applicant: applicantId } = entry;
	db().insert(matrix).values({ id, name, forumId, applicantId }).run();
	entry.tasks.forEach((task, pos) => {
		const taskId = crypto.randomUUID();
		const { title, about, recommends } = task;
		db()
			.insert(matrixTask)
			.values({ id: taskId, matrixId: id, pos, title, about, recommends })
			.run();
		for (const cell of task.cells)
			db()
				.insert(matrixCell)
				.values({ taskId: taskId, unitId: cell.unit, letters: storeLetters(cell.letters) })
				.run();
	});
	return id;
}
