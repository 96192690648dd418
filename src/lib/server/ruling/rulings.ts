import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { caseStepsFrom } from '#lib/domain/case-progress.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import {
	type AppealResult,
	appealUntil,
	assertRulingStep,
	rulingLimits,
	type RulingResult,
	type Stance
} from '#lib/domain/ruling.ts';
import { readText } from '#lib/domain/text-input.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as dwellings from '#lib/server/case-progress/dwellings.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { recommendation, recommendationPerson } from '#lib/server/db/schema/recommendation.ts';
import { appeal, ruling } from '#lib/server/db/schema/ruling.ts';
import * as events from '#lib/server/live/events.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as clock from '#lib/server/platform/clock.ts';
import type * as recommendationRows from '#lib/server/recommendation/rows.ts';
import { factsOf, query, type Row, subject } from './rows.ts';

/*
 * Rulings on the board's recommendations, and what comes of them. The letter is in the archive;
 * here stands what a meeting needs.
 */

/** Opens a ruling on a track, in the caller's transaction. Refuses unknown_choice. */
export function open(
	actor: Actor,
	on: recommendationRows.Row,
	track: string,
	code = nextCode()
): void {
	optionLists.assertOn('track', track, 'tracks');
	const { id: recommended, caseId: about, forumId: forum } = on.own;
	const id = crypto.randomUUID();
	db()
		.insert(ruling)
		.values({
			id,
			code,
			recommendationId: recommended,
			caseId: about,
			forumId: forum,
			track,
			status: 'waiting',
			content: '',
			reason: '',
			openedAt: clock.now()
		})
		.run();
	audit.record(actor.id, 'ruling.open', `ruling:${id}`);
}

/** 'V-102' */
function nextCode(): string {
	const last = db()
		.select({ last: sql<number | null>`max(cast(substr(${ruling.code}, 3) as integer))` })
		.from(ruling)
		.get();
	return `V-${String((last?.last ?? 0) + 1).padStart(3, '0')}`;
}

function read(actor: Actor, code: string): Row {
	const row = query().where(eq(ruling.code, code.toUpperCase())).get();
	if (!row || !may(actor, 'read', subject(row))) throw new Refusal('not_found');
	return row;
}

/** A command to a ruling: rights, one transaction, pages told. */
function change(
	actor: Actor,
	code: string,
	right: 'rule' | 'complete',
	work: (row: Row) => string
): void {
	transaction(() => {
		const row = read(actor, code);
		if (!may(actor, right, subject(row))) throw new Refusal('not_allowed');
		audit.record(actor.id, `ruling.${work(row)}`, `ruling:${row.own.id}`);
		tell(row);
	});
}

function tell({ own, recommendation: on }: Row): void {
	const rulers = procedure.rulersOf(own.forumId).map((one) => `person:${one}`);
	const where = on.meetingId ? [`meeting:${on.meetingId}`] : [];
	events.changed(`case:${own.caseId}`, `forum:${own.forumId}`, ...where, ...rulers);
}

export interface RulingInput {
	stance: Stance;
	/** What it gives; null when it is sent back. */
	result: RulingResult | null;
	content: string;
	/** Why it departs, or what is missing. */
	reason: string;
	/** 'YYYY-MM-DD': the day of the letter, and the day on which notice was received. */
	ruledOn: string;
	noticeOn: string | null;
}

/**
 * Rules on a recommendation on one track: follows it, departs from it, or sends it back. When
 * every track is dealt with, the case goes on. Refuses not_found, not_allowed, rules_itself (took
 * part in the recommendation), already_done (somebody else was first), missing_choice,
 * missing_text, text_too_long, identifier_in_text, bad_date, wrong_state.
 */
export function decide(actor: Actor, code: string, input: RulingInput): void {
	const content = readText(input.content, 'content', rulingLimits.content);
	const back = input.stance === 'send_back';
	const limit = back ? rulingLimits.missing : rulingLimits.reason;
	const reason = readText(input.reason, 'reason', limit);
	change(actor, code, 'rule', (row) => {
		if (tookPart(actor.id, row.own.recommendationId)) throw new Refusal('rules_itself');
		assertRulingStep(factsOf(row), input.stance);
		if (input.stance !== 'follow' && reason === '')
			throw new Refusal('missing_text', { field: 'reason' });
		if (!back && input.result === null) throw new Refusal('missing_choice', { field: 'result' });
		if (!back && content === '') throw new Refusal('missing_text', { field: 'content' });
		assertDates(input, row);
		const { ruledOn, noticeOn } = input;
		const weeks = procedure.count('appeal_weeks');
		store(row.own.id, {
			status: back ? 'sent_back' : 'ruled',
			stance: input.stance,
			reason,
			...(back
				? {}
				: {
						result: input.result,
						content,
						ruledOn,
						noticeOn,
						appealUntil: appealUntil(noticeOn, weeks)
					}),
			personId: actor.id,
			at: clock.now()
		});
		settle(actor, row, reason);
		return input.stance;
	});
}

function store(id: string, values: Partial<typeof ruling.$inferInsert>): void {
	db().update(ruling).set(values).where(eq(ruling.id, id)).run();
}

function tookPart(person: string, id: string): boolean {
	const own = and(
		eq(recommendationPerson.recommendationId, id),
		eq(recommendationPerson.personId, person)
	);
	return db().select().from(recommendationPerson).where(own).get() !== undefined;
}

function assertDates(
	{ stance, ruledOn, noticeOn }: RulingInput,
	{ recommendation: on }: Row
): void {
	if (stance === 'send_back') return;
	// A day in the wrong year would let the deadline for an appeal be over at once.
	const adopted = on.adoptedAt === null ? '' : clock.dateOf(on.adoptedAt);
	if (ruledOn > clock.today() || ruledOn < adopted)
		throw new Refusal('bad_date', { field: 'ruledOn' });
	if (noticeOn !== null && (noticeOn < ruledOn || noticeOn > clock.today()))
		throw new Refusal('bad_date', { field: 'noticeOn' });
}

/**
 * When no track waits any more: the case goes on, or comes back to the board when any of them was
 * sent back.
 */
function settle(actor: Actor, { own }: Row, reason: string): void {
	const all = db()
		.select()
		.from(ruling)
		.where(eq(ruling.recommendationId, own.recommendationId))
		.all();
	if (all.some(({ status }) => status === 'waiting')) return;
	db()
		.update(recommendation)
		.set({ status: 'settled' })
		.where(eq(recommendation.id, own.recommendationId))
		.run();
	audit.record(actor.id, 'recommendation.settle', `recommendation:${own.recommendationId}`);
	const back = all.find(({ status }) => status === 'sent_back');
	progress.advance(actor.id, own.caseId, back ? 'send_back' : 'rule', {
		reason: back ? reason || back.reason : ''
	});
	if (!back && all.every(({ result }) => result === 'refused')) dwellings.release(own.caseId);
	const appeals = db()
		.select()
		.from(appeal)
		.where(
			inArray(
				appeal.rulingId,
				all.map(({ id }) => id)
			)
		);
	if (!back && appeals.all().some(({ result }) => result === 'set_aside'))
		progress.advance(actor.id, own.caseId, 'remit');
}

/**
 * Notes the day on which notice was received: the deadline runs from it. Refuses not_found,
 * not_allowed, already_done, bad_date.
 */
export function notify(actor: Actor, code: string, on: string): void {
	change(actor, code, 'complete', ({ own }) => {
		if (own.status !== 'ruled' || own.noticeOn !== null) throw new Refusal('already_done');
		if (on < own.ruledOn! || on > clock.today()) throw new Refusal('bad_date', { field: 'on' });
		store(own.id, {
			noticeOn: on,
			appealUntil: appealUntil(on, procedure.count('appeal_weeks'))
		});
		return 'notify';
	});
}

/**
 * Notes what becomes of an appeal: received, forwarded to the appeal body, decided there. When
 * the ruling is set aside, the case comes back to the board. Refuses not_found, not_allowed,
 * already_done, bad_date, missing_choice, wrong_state.
 */
export function appealed(
	actor: Actor,
	code: string,
	input: { verb: 'receive' | 'forward' | 'decide'; on: string; result?: AppealResult | null }
): void {
	change(actor, code, 'complete', (row) => {
		assertRulingStep(factsOf(row), input.verb);
		const { own, appeal: known } = row;
		const after = known?.forwardedOn ?? known?.receivedOn ?? own.ruledOn!;
		if (input.on > clock.today() || input.on < after)
			throw new Refusal('bad_date', { field: 'on' });
		if (input.verb === 'receive')
			db().insert(appeal).values({ rulingId: own.id, receivedOn: input.on }).run();
		else if (input.verb === 'forward') mark(own.id, { forwardedOn: input.on });
		else {
			const { result } = input;
			if (!result) throw new Refusal('missing_choice', { field: 'result' });
			mark(own.id, { decidedOn: input.on, result });
			if (result === 'set_aside') remit(actor, row);
		}
		return `appeal.${input.verb}`;
	});
}

/**
 * The case comes back to the board, unless it is there already or the board has dealt with it
 * anew since. As long as another track waits, it comes back when that has been ruled on.
 */
function remit(actor: Actor, { own, recommendation: on }: Row): void {
	const later = and(
		eq(recommendation.caseId, own.caseId),
		gt(recommendation.adoptedAt, on.adoptedAt ?? 0)
	);
	if (db().select({ id: recommendation.id }).from(recommendation).where(later).get()) return;
	if (caseStepsFrom(progress.stateOf(own.caseId)).includes('remit'))
		progress.advance(actor.id, own.caseId, 'remit');
}

function mark(id: string, values: Partial<typeof appeal.$inferInsert>): void {
	db().update(appeal).set(values).where(eq(appeal.rulingId, id)).run();
}

/** How many wait for this person to rule on. */
export function waitingFor(actor: Actor): number {
	if (actor.rules.length === 0) return 0;
	return query()
		.where(and(inArray(ruling.forumId, [...actor.rules]), eq(ruling.status, 'waiting')))
		.orderBy(asc(ruling.openedAt))
		.all()
		.filter((row) => may(actor, 'rule', subject(row))).length;
}
