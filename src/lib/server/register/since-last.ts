import { and, desc, eq, gte, inArray, isNull, lt, or, type SQL } from 'drizzle-orm';
import { isOpen, isOverdue } from '#lib/domain/action.ts';
import { daysBetween } from '#lib/domain/deadline.ts';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { isWritable } from '#lib/domain/meeting.ts';
import { unsettledStatuses } from '#lib/domain/recommendation.ts';
import * as actionRows from '#lib/server/action/rows.ts';
import { db } from '#lib/server/db/index.ts';
import { action } from '#lib/server/db/schema/action.ts';
import { meeting } from '#lib/server/db/schema/meeting.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import { ruling } from '#lib/server/db/schema/ruling.ts';
import type { Meeting } from '#lib/server/meeting/meetings.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import type * as rulingRows from '#lib/server/ruling/rows.ts';
import { rulingsOf } from './rows.ts';

/* «Sidan sist»: what became of what the board recommended, since it last met. */

export interface SinceLastRow {
	code: string;
	case: string;
	/** Number of the item, or none when it was made between meetings. */
	number: string | null;
	outcomeName: string;
	urgent: boolean;
	/** Days since it was adopted, as long as it has not been sent; null afterwards. */
	unsent: number | null;
	rulings: rulingRows.RulingView[];
	actions: { open: number; late: number; done: number };
}

/**
 * For a meeting to come: everything that has been ruled on since the one before, was decided
 * between the two, or still waits. What departs or was sent back comes first.
 */
export function since(actor: Actor, held: Meeting, language: Language): SinceLastRow[] {
	if (!held.handlesCases || !isWritable(held.status)) return [];
	const before = previous(held);
	const rows = recommendationRows
		.query()
		.where(and(eq(recommendation.forumId, held.forumId), mayBeNews(before)))
		.all()
		.filter((row) => row.own.meetingId !== held.id)
		.filter((row) => may(actor, 'read', recommendationRows.subject(row)));
	const ids = rows.map(({ own }) => own.id);
	const rulings = rulingsOf(actor, ids, language);
	const news = rows.filter((row) => isNews(row, rulings.get(row.own.id) ?? [], before));
	const counts = countActions(
		actor,
		news.map(({ own }) => own.caseId)
	);
	const outcomes = optionLists.words('recommended', language);
	return news
		.map(({ own, card, item }) => ({
			code: own.code,
			case: card.code,
			number: item?.number ?? null,
			outcomeName: outcomes[own.outcome] ?? own.outcome,
			urgent: own.meetingId === null,
			unsent: own.status === 'adopted' ? daysSince(own.adoptedAt!) : null,
			rulings: rulings.get(own.id) ?? [],
			actions: counts(own.caseId)
		}))
		.sort((a, b) => weight(a) - weight(b) || (a.code < b.code ? -1 : 1));
}

/**
 * What has come to rest before the meeting before is no news, and that is most of it: it is left
 * out before it is read. Of the day itself `isNews` judges.
 */
function mayBeNews(before: string): SQL | undefined {
	const from = before === '' ? 0 : Date.parse(before) - day;
	const ruled = db()
		.select({ id: ruling.recommendationId })
		.from(ruling)
		.where(gte(ruling.at, from));
	return or(
		inArray(recommendation.status, unsettledStatuses),
		and(isNull(recommendation.meetingId), gte(recommendation.adoptedAt, from)),
		and(eq(recommendation.status, 'settled'), inArray(recommendation.id, ruled))
	);
}

const day = 24 * 60 * 60 * 1000;

/** The date of the forum's meeting before. */
function previous(held: Meeting): string {
	const row = db()
		.select({ date: meeting.date })
		.from(meeting)
		.where(
			and(
				eq(meeting.forumId, held.forumId),
				lt(meeting.date, held.date),
				inArray(meeting.status, ['review', 'locked'])
			)
		)
		.orderBy(desc(meeting.date))
		.get();
	return row?.date ?? '';
}

function isNews(
	{ own }: recommendationRows.Row,
	rulings: rulingRows.RulingView[],
	before: string
): boolean {
	if (own.status === 'sent') return true;
	if (own.status === 'adopted' && own.outcome !== 'put_off') return true;
	if (own.meetingId === null && clock.dateOf(own.adoptedAt!) >= before) return true;
	return rulings.some(({ at }) => at !== null && clock.dateOf(at) >= before);
}

const daysSince = (moment: number) => daysBetween(clock.dateOf(moment), clock.today());

/** How it stands with the actions about each of these cases. */
function countActions(actor: Actor, cases: string[]): (about: string) => SinceLastRow['actions'] {
	const today = clock.today();
	const rows = actionRows
		.query()
		.where(inArray(action.caseId, cases))
		.all()
		.filter((row) => may(actor, 'read', actionRows.subject(row)));
	const byCase = Map.groupBy(rows, (row) => row.action.caseId);
	return (about) => {
		const own = (byCase.get(about) ?? []).map((row) => row.action);
		return {
			open: own.filter(({ status }) => isOpen(status)).length,
			late: own.filter((one) => isOverdue(one, today)).length,
			done: own.filter(({ status }) => status === 'done').length
		};
	};
}

function weight({ rulings }: SinceLastRow): number {
	if (rulings.some(({ status }) => status === 'sent_back')) return 0;
	if (rulings.some(({ stance }) => stance === 'depart')) return 1;
	return rulings.some(({ status }) => status === 'waiting') ? 2 : 3;
}
