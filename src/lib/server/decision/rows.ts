import { eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { decisionHref, isToReview } from '#lib/domain/decision.ts';
import { type Actor, may, type Subject } from '#lib/domain/may.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import * as actions from '#lib/server/action/actions.ts';
import type { ActionView } from '#lib/server/action/rows.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db } from '#lib/server/db/index.ts';
import { caseCard } from '#lib/server/db/schema/case.ts';
import { decision } from '#lib/server/db/schema/decision.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { agendaItem, meeting } from '#lib/server/db/schema/meeting.ts';
import { person } from '#lib/server/db/schema/municipality.ts';
import * as clock from '#lib/server/platform/clock.ts';

/** A decision as the person who asked may see it. */
export interface DecisionView {
	id: string;
	code: string;
	/** Its own page; null for who sees it only where it was made. */
	href: string | null;
	text: string;
	reasons: string;
	minority: string;
	statement: string;
	reviewOn: string | null;
	/** It is to be looked at again by now. */
	toReview: boolean;
	/** The item that it came back as; a link only for who may open it. */
	reviewedIn: { label: string; href: string | null } | null;
	forum: { id: string; code: string; name: string };
	meeting: { id: string; number: string; date: string };
	item: { id: string; label: string; title: string; href: string | null };
	case: { code: string; readable: boolean } | null;
	by: string;
	/** What it led to. */
	actions: ActionView[];
}

const again = alias(agendaItem, 'again');
const againMeeting = alias(meeting, 'again_meeting');

export function query() {
	return db()
		.select({
			decision,
			meeting,
			forum: { id: forum.id, code: forum.code, name: forum.name, kind: forum.kind },
			item: agendaItem,
			card: { id: caseCard.id, code: caseCard.code, forumId: caseCard.forumId },
			by: person.name,
			again,
			againMeeting
		})
		.from(decision)
		.innerJoin(meeting, eq(meeting.id, decision.meetingId))
		.innerJoin(forum, eq(forum.id, meeting.forumId))
		.innerJoin(agendaItem, eq(agendaItem.id, decision.itemId))
		.innerJoin(person, eq(person.id, decision.personId))
		.leftJoin(caseCard, eq(caseCard.id, decision.caseId))
		.leftJoin(again, eq(again.id, decision.reviewedInId))
		.leftJoin(againMeeting, eq(againMeeting.id, again.meetingId));
}

export type Row = NonNullable<ReturnType<ReturnType<typeof query>['get']>>;

/** What may() wants to know of a decision. */
export function subject({ forum: of, decision: own }: Row): Subject {
	return { kind: 'decision', forum: of.id, forumKind: of.kind, case: own.caseId };
}

export function itemSubject(row: Row): Subject {
	const { forum: of, item, meeting: from } = row;
	const within = { forum: of.id, forumKind: of.kind, meeting: from.id, status: from.status };
	return { kind: 'item', item: item.id, case: item.caseId, ...within };
}

/** Rows as this person may see them, with what each led to. */
export function views(actor: Actor, rows: Row[]): DecisionView[] {
	const today = clock.today();
	const led = actions.ofDecisions(
		actor,
		rows.map((row) => row.decision.id)
	);
	return rows.map((row) => view(actor, row, today, led.get(row.decision.id) ?? []));
}

function view(actor: Actor, row: Row, today: string, led: ActionView[]): DecisionView {
	const { decision: own, item, meeting: from } = row;
	const readsItem = may(actor, 'read', itemSubject(row));
	const { id, code, text, reasons, minority, statement, reviewOn } = own;
	return {
		id,
		code,
		text,
		reasons,
		minority,
		statement,
		reviewOn,
		href: may(actor, 'read', subject(row)) ? decisionHref(code) : null,
		toReview: isToReview(own, today),
		reviewedIn: reviewedIn(actor, row),
		forum: { id: row.forum.id, code: row.forum.code, name: row.forum.name },
		meeting: { id: from.id, number: from.number, date: from.date },
		item: {
			id: item.id,
			label: item.number ?? m.timeline_meeting({ forum: row.forum.code, number: from.number }),
			title: item.title,
			href: readsItem ? `/meetings/${from.id}/${item.id}` : null
		},
		case: row.card && {
			code: row.card.code,
			readable: may(actor, 'read', cases.subject(row.card))
		},
		by: row.by,
		actions: led
	};
}

function reviewedIn(actor: Actor, row: Row): DecisionView['reviewedIn'] {
	const { again: item, againMeeting: from } = row;
	if (!item || !from) return null;
	const reads = may(actor, 'read', itemSubject({ ...row, item, meeting: from }));
	return {
		label: item.number ?? m.timeline_meeting({ forum: row.forum.code, number: from.number }),
		href: reads ? `/meetings/${from.id}/${item.id}` : null
	};
}
