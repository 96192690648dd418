import { asc, eq } from 'drizzle-orm';
import { formatParty, type Party } from '#lib/domain/action.ts';
import { addDays, onWorkday } from '#lib/domain/deadline.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as actionRows from '#lib/server/action/rows.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as caseAccess from '#lib/server/case/access.ts';
import type * as cases from '#lib/server/case/cases.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { matrixTask } from '#lib/server/db/schema/matrix.ts';
import { proposedTask } from '#lib/server/db/schema/procedure.ts';
import { ruling, rulingAction } from '#lib/server/db/schema/ruling.ts';
import * as events from '#lib/server/live/events.ts';
import * as matrices from '#lib/server/matrix/matrices.ts';
import * as people from '#lib/server/municipality/people.ts';
import type { UnitLabel } from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as urgentRecommendations from '#lib/server/recommendation/urgent.ts';
import { query, type Row, subject } from './rows.ts';

/*
 * From ruling to work: the matrix's tasks that fit, as actions at the units that do them. The
 * chair looks the list over and sends it.
 */

export interface ProposedFollowUp {
	task: string;
	what: string;
	/**
	 * The unit that it is proposed for, and all that do the task. In place of a unit whose leader
	 * is disqualified stands a person: the deputy, or who leads the forum.
	 */
	unit: string;
	parties: { id: string; name: string }[];
	/** The unit that answers for the task. */
	accountable: string | null;
	due: string;
}

function read(actor: Actor, code: string): Row {
	const row = query().where(eq(ruling.code, code.toUpperCase())).get();
	if (!row || !may(actor, 'read', subject(row))) throw new Refusal('not_found');
	if (!may(actor, 'run', subject(row))) throw new Refusal('not_allowed');
	return row;
}

/** What a ruling sets going. Nothing when it grants nothing. Refuses not_found, not_allowed. */
export function proposed(actor: Actor, code: string): ProposedFollowUp[] {
	const { own, recommendation, card } = read(actor, code);
	const open = openTo(own);
	if (own.status !== 'ruled' || own.result === 'refused') return [];
	return db()
		.select()
		.from(proposedTask)
		.innerJoin(matrixTask, eq(matrixTask.id, proposedTask.taskId))
		.where(eq(proposedTask.outcome, recommendation.outcome))
		.orderBy(asc(matrixTask.pos))
		.all()
		.flatMap(({ proposed_task: { taskId: task, days, followUp }, matrix_task: { title } }) => {
			const { parties, task: row, units } = matrices.readTask(actor, task);
			const follows = parties.find(({ id }) => id === recommendation.followUnitId);
			if (followUp && !follows) return [];
			const holds = (letter: matrices.Letter) =>
				row.cells.filter((cell) => cell.letters.includes(letter)).map((cell) => cell.unit);
			const accountable = holds('A');
			// The unit that follows up when it does the task, else the one that both answers and does,
			// else the first that does.
			const first =
				follows ?? parties.find(({ id }) => accountable.includes(id)) ?? parties.at(0) ?? null;
			const [to] = open(first ? [first] : []);
			if (!to) return [];
			return [
				{
					task,
					what: `${title}: ${card.code}`,
					unit: to.id,
					parties: open(parties).map(({ id, name }) => ({ id, name })),
					accountable: units.find(({ id }) => accountable.includes(id))?.name ?? null,
					due: onWorkday(addDays(clock.today(), days))
				}
			];
		});
}

type Named = Party & { name: string };

/**
 * Who can do what is proposed for these units: they themselves, and for a leader to whom the case
 * is closed somebody else.
 */
function openTo({ caseId: about, forumId: forum }: Row['own']): (units: UnitLabel[]) => Named[] {
	const names = people.names();
	return (units) => {
		const ids = units.map(({ id }) => id);
		const closed = caseAccess.closedLeaders(about, ids);
		const found = units.map(({ id, name }): Named | null => {
			const leader = closed.get(id);
			if (leader === undefined) return { kind: 'unit', id, name };
			const other = caseAccess.standIn(about, forum, leader);
			return other === null ? null : { kind: 'person', id: other, name: names.get(other) ?? '' };
		});
		return [...new Map(found.flatMap((one) => (one ? [[one.id, one]] : []))).values()];
	};
}

export interface FollowUpInput {
	task: string;
	unit: string;
	what: string;
	due: string;
}

/**
 * Sends the work out: one action each, from the item, about the case, with the matrix task and
 * the ruling behind it. Once for a ruling. Returns the actions' codes. Refuses not_found,
 * not_allowed, already_done, wrong_state, missing_choice (nothing chosen), bad_date,
 * unknown_unit, missing_text, text_too_long, identifier_in_text.
 */
export function start(actor: Actor, code: string, list: FollowUpInput[]): string[] {
	return transaction(() => {
		const row = read(actor, code);
		const { own, recommendation } = row;
		if (own.status !== 'ruled') throw new Refusal('wrong_state');
		if (own.startedAt !== null) throw new Refusal('already_done');
		if (list.length === 0) throw new Refusal('missing_choice', { field: 'task' });
		const from = urgentRecommendations.sourceOf(recommendation);
		if (from === null) throw new Refusal('wrong_state');
		const codes = list.map((one) => inRow(one.task, () => create(actor, row, one, from)));
		db().update(ruling).set({ startedAt: clock.now() }).where(eq(ruling.id, own.id)).run();
		audit.record(actor.id, 'ruling.start', auditSubject('ruling', own.id));
		events.changed(topicOf('case', own.caseId));
		return codes;
	});
}

/** A refusal names the field of its row: `due-<task>`. */
function inRow<Result>(task: string, work: () => Result): Result {
	try {
		return work();
	} catch (no) {
		if (!(no instanceof Refusal) || no.place.field === undefined) throw no;
		throw new Refusal(no.reason, { ...no.place, field: `${no.place.field}-${task}` });
	}
}

function create(
	actor: Actor,
	{ own }: Row,
	one: FollowUpInput,
	from: urgentRecommendations.Source
) {
	if (one.due < clock.today()) throw new Refusal('bad_date', { field: 'due' });
	const { parties } = matrices.readTask(actor, one.task);
	const to = openTo(own)(parties).find(({ id }) => id === one.unit);
	if (!to) throw new Refusal('unknown_unit', { field: 'unit' });
	const made = actions.store(
		{
			...from,
			what: one.what,
			responsible: formatParty(to),
			due: one.due,
			case: own.caseId,
			task: one.task
		},
		actor.id
	);
	db().insert(rulingAction).values({ actionId: made.id, rulingId: own.id }).run();
	audit.record(actor.id, 'action.create', auditSubject('action', made.id));
	actionRows.tellOf(made.id);
	return made.code;
}

/**
 * Which ruling set each action of a case going, by the action's id; the actions themselves are
 * judged where they are read.
 */
export function rulingsBehind(card: cases.CaseRow): Record<string, string> {
	const rows = db()
		.select({ action: rulingAction.actionId, code: ruling.code })
		.from(rulingAction)
		.innerJoin(ruling, eq(ruling.id, rulingAction.rulingId))
		.where(eq(ruling.caseId, card.id))
		.all();
	return Object.fromEntries(rows.map(({ action, code }) => [action, code]));
}

/** The ruling that set an action going; a link only for who may read it. Null when none did. */
export function rulingBehind(
	actor: Actor,
	action: string
): { code: string; href: string | null } | null {
	const known = db().select().from(rulingAction).where(eq(rulingAction.actionId, action)).get();
	const row = known && query().where(eq(ruling.id, known.rulingId)).get();
	if (!row) return null;
	const { code } = row.own;
	return { code, href: may(actor, 'read', subject(row)) ? `/rulings/${code}` : null };
}

/** The actions that a ruling set going, as far as this person may see them. */
export function ofRuling(actor: Actor, id: string): actionRows.ActionView[] {
	const ids = db().select().from(rulingAction).where(eq(rulingAction.rulingId, id)).all();
	return actions.byIds(
		actor,
		ids.map((row) => row.actionId)
	);
}
