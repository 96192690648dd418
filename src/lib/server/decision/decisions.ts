import { and, asc, desc, eq, sql } from 'drizzle-orm';
import {
	decisionCode,
	decisionLimits,
	decisionOfAddress,
	decisionSeries
} from '#lib/domain/decision.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readText } from '#lib/domain/text-input.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { decision } from '#lib/server/db/schema/decision.ts';
import { meeting } from '#lib/server/db/schema/meeting.ts';
import * as events from '#lib/server/live/events.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as reviews from './reviews.ts';
import { type DecisionView, itemSubject, query, subject, views } from './rows.ts';

export interface DecisionInput {
	meeting: string;
	item: string;
	text: string;
	reasons: string;
	minority: string;
	/** For the record, in the words of who asked for it. */
	statement: string;
	/** 'YYYY-MM-DD': when to look at it again. */
	reviewOn: string | null;
}

/**
 * Records what an item was decided to, and returns the decision's code. A decision of a case
 * item, or one that names a case by its code, is about that case. Refuses not_found,
 * meeting_locked, not_allowed, missing_text, text_too_long, identifier_in_text, bad_date.
 */
export function create(actor: Actor, input: DecisionInput): string {
	const texts = readTexts(input);
	if (input.reviewOn !== null && input.reviewOn <= clock.today())
		throw new Refusal('bad_date', { field: 'reviewOn' });
	return transaction(() => {
		const from = meetings.readToWrite(actor, input.meeting);
		const item = agendas.read(actor, from, input.item);
		const about = item.caseId ?? actions.namedCase(actor, Object.values(texts).join(' '), from);
		const id = crypto.randomUUID();
		const code = nextCode(from);
		db()
			.insert(decision)
			.values({
				id,
				code,
				...texts,
				meetingId: from.id,
				itemId: item.id,
				caseId: about,
				reviewOn: input.reviewOn,
				personId: actor.id,
				at: clock.now()
			})
			.run();
		audit.record(actor.id, 'decision.create', auditSubject('decision', id));
		reviews.bringBack(from.forumId);
		tell(from.id, from.forumId, about);
		return code;
	});
}

type Texts = Record<keyof typeof decisionLimits, string>;

function readTexts(input: Texts): Texts {
	const read = (field: keyof Texts) => readText(input[field], field, decisionLimits[field]);
	if (read('text') === '') throw new Refusal('missing_text', { field: 'text' });
	return {
		text: read('text'),
		reasons: read('reasons'),
		minority: read('minority'),
		statement: read('statement')
	};
}

/**
 * The next of the forum and the meeting's year. None is ever taken away, so the highest is the
 * last one given.
 */
function nextCode({ forumId: of, forumCode, date }: meetings.Meeting): string {
	const year = date.slice(0, 4);
	const start = decisionSeries(forumCode).length + 1;
	const last = db()
		.select({ last: sql<number | null>`max(cast(substr(${decision.code}, ${start}) as integer))` })
		.from(decision)
		.innerJoin(meeting, eq(meeting.id, decision.meetingId))
		.where(and(eq(meeting.forumId, of), eq(sql`substr(${meeting.date}, 1, 4)`, year)))
		.get();
	return decisionCode(forumCode, (last?.last ?? 0) + 1, Number(year));
}

function tell(of: string, where: string, about: string | null): void {
	events.changed(
		topicOf('meeting', of),
		topicOf('forum', where),
		...(about ? [topicOf('case', about)] : [])
	);
}

/**
 * What was decided in a meeting, in the order in which it was. Who may read an item, reads with
 * it what it was decided to: so does a deputy who has been called in.
 */
export function ofMeeting(actor: Actor, id: string): DecisionView[] {
	const rows = query()
		.where(eq(decision.meetingId, id))
		.orderBy(asc(decision.at), sql`${decision}.rowid`)
		.all()
		.filter(
			(row) =>
				may(actor, 'read', subject(row)) ||
				(may(actor, 'read', itemSubject(row)) && row.decision.caseId === row.item.caseId)
		);
	return views(actor, rows);
}

/** What was decided about a case, the latest first. */
export function ofCase(actor: Actor, id: string): DecisionView[] {
	const rows = query().where(eq(decision.caseId, id)).orderBy(desc(decision.at)).all();
	return views(
		actor,
		rows.filter((row) => may(actor, 'read', subject(row)))
	);
}

/** One decision, by its code or as its address has it. Refuses not_found. */
export function read(actor: Actor, address: string): DecisionView {
	const row = query()
		.where(eq(decision.code, decisionOfAddress(address)))
		.get();
	if (!row || !may(actor, 'read', subject(row))) throw new Refusal('not_found');
	return views(actor, [row])[0]!;
}
