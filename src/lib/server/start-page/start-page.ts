import { and, asc, eq, gt, inArray, isNull, ne, notInArray, or } from 'drizzle-orm';
import { formatParty } from '#lib/domain/action.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import * as register from '#lib/server/action/register.ts';
import * as actionRows from '#lib/server/action/rows.ts';
import { db } from '#lib/server/db/index.ts';
import { action, handover } from '#lib/server/db/schema/action.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { agendaItem, correction, meeting, meetingEvent } from '#lib/server/db/schema/meeting.ts';
import { lastLook } from '#lib/server/db/schema/start-page.ts';
import { talk, talkEvent } from '#lib/server/db/schema/talk.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';

/* What is on somebody's desk: what waits for them, and what has come since they last looked. */

/** Something that waits for this person: what, how many, and where it is dealt with. */
export interface Waiting {
	what:
		| 'rulings'
		| 'offers'
		| 'waited'
		| 'corrections'
		| 'lock'
		| 'proposals'
		| 'confirm'
		| 'unit_late';
	count: number;
	/** The meeting, the talk: what it is about, by name. */
	about: string;
	href: string;
}

export function waiting(actor: Actor): Waiting[] {
	return [
		...toRule(actor),
		...offers(actor),
		...waited(actor),
		...reviews(actor),
		...proposals(actor),
		...confirmations(actor),
		...unitLate(actor)
	];
}

/** Recommendations that wait for me to rule on. */
function toRule(actor: Actor): Waiting[] {
	const count = rulings.waitingFor(actor);
	return count === 0 ? [] : [{ what: 'rulings', count, about: '', href: '/rulings' }];
}

/** Actions that others want to hand over to me, or to a unit that I lead. */
function offers(actor: Actor): Waiting[] {
	const target = or(
		eq(handover.personId, actor.id),
		inArray(handover.unitId, actor.leads.length > 0 ? [...actor.leads] : [''])
	);
	return db()
		.select({ code: action.code })
		.from(handover)
		.innerJoin(action, eq(action.id, handover.actionId))
		.where(
			and(
				eq(handover.status, 'offered'),
				target,
				or(isNull(action.caseId), notInArray(action.caseId, [...actor.recused]))
			)
		)
		.all()
		.map(({ code }) => ({ what: 'offers', count: 1, about: code, href: `/actions/${code}` }));
}

/** Actions that stand still until I, or a unit that I lead, have done something. */
function waited(actor: Actor): Waiting[] {
	const mine = [
		formatParty({ kind: 'person', id: actor.id }),
		...actor.leads.map((id) => formatParty({ kind: 'unit', id }))
	];
	return actionRows
		.query()
		.where(
			and(
				eq(action.status, 'waiting'),
				inArray(action.waitingFor, mine),
				actionRows.readable(actor)
			)
		)
		.orderBy(asc(action.due))
		.all()
		.map(({ action: { code } }) => {
			return { what: 'waited', count: 1, about: code, href: `/actions/${code}` };
		});
}

/**
 * What is late with others in the units that I lead; what is late with me stands on my own list.
 */
function unitLate(actor: Actor): Waiting[] {
	const query = {
		scope: 'unit',
		status: 'overdue',
		forum: null,
		order: 'due',
		down: false
	} as const;
	const { actions } = register.browse(actor, { ...query, page: 1 });
	const others = actions.filter(({ responsible }) => responsible.id !== actor.id);
	if (actor.leads.length === 0 || others.length === 0) return [];
	const href = '/actions?scope=unit&status=overdue';
	return [{ what: 'unit_late', count: others.length, about: '', href }];
}

/** Minutes in review: corrections to settle, or nothing left but to lock. */
function reviews(actor: Actor): Waiting[] {
	const rows = db()
		.select({ id: meeting.id })
		.from(meeting)
		.where(eq(meeting.status, 'review'))
		.all();
	return rows.flatMap(({ id }): Waiting[] => {
		const held = meetings.find(id)!;
		const about = `${held.forumName} ${held.number}`;
		const open = db()
			.select({ item: correction.itemId })
			.from(correction)
			.where(and(eq(correction.meetingId, id), eq(correction.status, 'proposed')))
			.all();
		const [first] = open;
		if (first && may(actor, 'run', meetings.subject(held)))
			return [
				{
					what: 'corrections' as const,
					count: open.length,
					about,
					href: `/meetings/${id}/${first.item}`
				}
			];
		if (!first && may(actor, 'lock', meetings.subject(held)))
			return [{ what: 'lock' as const, count: 1, about, href: `/meetings/${id}` }];
		return [];
	});
}

/** Talks that have been proposed for a day that this person hosts. */
function proposals(actor: Actor): Waiting[] {
	const rows = db()
		.select({
			meeting: talk.meetingId,
			speaker: talk.speakerId,
			forum: forum.id,
			forumKind: forum.kind
		})
		.from(talk)
		.innerJoin(meeting, eq(meeting.id, talk.meetingId))
		.innerJoin(forum, eq(forum.id, meeting.forumId))
		.where(eq(talk.status, 'proposed'))
		.all()
		.filter((row) => may(actor, 'manage', { kind: 'talk', ...row }));
	return [...new Set(rows.map((row) => row.meeting))].map((id) => {
		const held = meetings.find(id)!;
		return {
			what: 'proposals',
			count: rows.filter((row) => row.meeting === id).length,
			about: `${held.forumName} ${held.number}`,
			href: `/meetings/${id}`
		};
	});
}

/** One's own talks that have got a slot to say yes to. */
function confirmations(actor: Actor): Waiting[] {
	return db()
		.select({ id: talk.id, title: talk.title })
		.from(talk)
		.innerJoin(agendaItem, eq(agendaItem.id, talk.itemId))
		.where(
			and(eq(talk.speakerId, actor.id), eq(talk.status, 'accepted'), eq(agendaItem.removed, false))
		)
		.all()
		.map(({ id, title }) => ({ what: 'confirm', count: 1, about: title, href: `/talks/${id}` }));
}

/** Something that has happened since the last look. */
export interface UpdateDiff {
	at: number;
	what: 'action' | 'called' | 'open' | 'review' | 'locked' | 'cancelled' | 'talk';
	about: string;
	/** Of a talk: the status it has got. */
	to: string | null;
	href: string;
}

/** A reload within this time shows the same news again. */
const sameLook = 15 * 60 * 1000;

/**
 * What has come since this person last looked, the latest first, at most twelve; and notes that
 * they have looked now.
 */
export function news(actor: Actor): UpdateDiff[] {
	const known = db().select().from(lastLook).where(eq(lastLook.personId, actor.id)).get();
	const now = clock.now();
	const since = known?.at ?? now;
	if (!known || now - known.at > sameLook)
		db()
			.insert(lastLook)
			.values({ personId: actor.id, at: now })
			.onConflictDoUpdate({ target: lastLook.personId, set: { at: now } })
			.run();
	return [...newActions(actor, since), ...newStates(actor, since), ...newTalks(actor, since)]
		.sort((a, b) => b.at - a.at)
		.slice(0, 12);
}

function newActions(actor: Actor, since: number): UpdateDiff[] {
	return db()
		.select({ code: action.code, at: action.createdAt })
		.from(action)
		.where(
			and(
				eq(action.personId, actor.id),
				or(isNull(action.caseId), notInArray(action.caseId, [...actor.recused])),
				gt(action.createdAt, since),
				or(isNull(action.createdById), ne(action.createdById, actor.id))
			)
		)
		.all()
		.map(({ code, at }) => ({
			at,
			what: 'action',
			about: code,
			to: null,
			href: `/actions/${code}`
		}));
}

function newStates(actor: Actor, since: number): UpdateDiff[] {
	const told = ['called', 'open', 'review', 'locked', 'cancelled'] as const;
	return db()
		.select({ event: meetingEvent, number: meeting.number, name: forum.name })
		.from(meetingEvent)
		.innerJoin(meeting, eq(meeting.id, meetingEvent.meetingId))
		.innerJoin(forum, eq(forum.id, meeting.forumId))
		.where(
			and(
				eq(meetingEvent.verb, 'state'),
				gt(meetingEvent.at, since),
				ne(meetingEvent.personId, actor.id),
				inArray(meetingEvent.to, [...told])
			)
		)
		.all()
		.filter(({ event }) => may(actor, 'read', meetings.subject(meetings.find(event.meetingId)!)))
		.map(({ event, number, name }) => ({
			at: event.at,
			what: event.to as (typeof told)[number],
			about: `${name} ${number}`,
			to: null,
			href: `/meetings/${event.meetingId}`
		}));
}

function newTalks(actor: Actor, since: number): UpdateDiff[] {
	return db()
		.select({ at: talkEvent.at, to: talkEvent.to, id: talk.id, title: talk.title })
		.from(talkEvent)
		.innerJoin(talk, eq(talk.id, talkEvent.talkId))
		.where(
			and(
				eq(talk.speakerId, actor.id),
				eq(talkEvent.verb, 'status'),
				gt(talkEvent.at, since),
				ne(talkEvent.personId, actor.id)
			)
		)
		.all()
		.map(({ at, to, id, title }) => ({ at, what: 'talk', about: title, to, href: `/talks/${id}` }));
}
