import { eq } from 'drizzle-orm';
import type * as Y from 'yjs';
import { agendaItems, caseTextOf, readSome } from '#lib/domain/agenda.ts';
import { type Actor, may, type Subject } from '#lib/domain/may.ts';
import type { AgendaItem } from '#lib/domain/schedule.ts';
import { checkAgenda, checkCaseText } from '#lib/domain/shape.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db } from '#lib/server/db/index.ts';
import { caseCard } from '#lib/server/db/schema/case.ts';
import { agendaItem } from '#lib/server/db/schema/meeting.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as documentKinds from '#lib/server/live/document-kinds.ts';
import * as events from '#lib/server/live/events.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as textStore from '#lib/server/recommendation/text-store.ts';
import { projectMinutes } from '#lib/server/search-index/upkeep.ts';

/*
 * What the live engine is told of agendas and of case items: whose they are, what may stand in
 * them, and what the database learns.
 */

/** Called once, at start. */
export function register(): void {
	documentKinds.register('agenda', {
		access: agendaAccess,
		open: agendaItems,
		check: checkAgenda,
		project,
		damaged: (id) => events.changed(topicOf('meeting', id))
	});
	documentKinds.register('item', {
		access: itemAccess,
		open(doc) {
			caseTextOf(doc);
			textStore.open(doc);
		},
		check(doc, transaction, id) {
			checkCaseText(doc, transaction);
			textStore.check(doc, transaction, id);
		},
		project(doc, id, changed) {
			projectMinutes('item', id, doc, changed);
			textStore.project(doc, id, changed);
		},
		damaged: (id) => events.changed(topicOf('meeting', String(agendas.find(id)?.meetingId)))
	});
	for (const topic of ['meeting', 'agenda'] as const)
		events.registerTopic(topic, (person, id) => agendaAccess(person, id) !== null);
	events.registerTopic('case', (person, id) => {
		const actor = people.actor(person);
		const card = db().select().from(caseCard).where(eq(caseCard.id, id)).get();
		return !!actor && !!card && may(actor, 'read', cases.subject(card));
	});
	events.registerTopic('forum', (person, id) => {
		const actor = people.actor(person);
		const forum = forums.find(id);
		return !!actor && !!forum && may(actor, 'read', forums.subject(forum));
	});
	events.registerTopic('person', (person, id) => person === id);
}

function agendaAccess(person: string, id: string): documentKinds.Access | null {
	const actor = people.actor(person);
	const meeting = actor && meetings.find(id);
	return meeting ? access(actor, meetings.subject(meeting)) : null;
}

function itemAccess(person: string, id: string): documentKinds.Access | null {
	const actor = people.actor(person);
	const row = actor && agendas.find(id);
	// Ordinary items are written in the agenda itself; only a case item has a document of its own.
	const meeting = row?.caseId ? meetings.find(row.meetingId) : null;
	return actor && row && meeting ? access(actor, agendas.subject(row, meeting)) : null;
}

function access(actor: Actor, what: Subject): documentKinds.Access | null {
	if (may(actor, 'write', what)) return 'write';
	return may(actor, 'read', what) ? 'read' : null;
}

/**
 * The live agenda tells the database what stands on it, for links and search; never the other way
 * round.
 */
function project(doc: Y.Doc, id: string, changed: ReadonlySet<string>): void {
	const moved = readSome(doc, changed).filter((item) => projectItem(id, item));
	projectMinutes('agenda', id, doc, changed);
	if (moved.length > 0) events.changed(topicOf('agenda', id));
}

/**
 * Writes what is new about an item, and says whether anything was: typing in its minutes is no
 * news here.
 */
function projectItem(meetingId: string, item: AgendaItem & { removed: boolean }): boolean {
	const { pos, parent: parentId, minutes, removed } = item;
	const known = agendas.find(item.id);
	if (known && known.meetingId !== meetingId) return false;
	const place = { pos, parentId, minutes, removed };
	const row = known?.caseId || !item.open ? place : { ...place, ...item.open };
	if (
		known &&
		Object.entries(row).every(([key, value]) => known[key as keyof agendas.ItemRow] === value)
	)
		return false;
	if (known) db().update(agendaItem).set(row).where(eq(agendaItem.id, item.id)).run();
	else if (item.open)
		db()
			.insert(agendaItem)
			.values({ ...place, ...item.open, id: item.id, meetingId })
			.run();
	return true;
}
