import type { ForumKind } from './forum.ts';
import { isWritable, type MeetingStatus } from './meeting.ts';
import { takesPart, type MembershipRole } from './membership.ts';

/** Who asks. Everything that a right can rest on, and nothing else of the person. */
export interface Actor {
	id: string;
	unit: string | null;
	/** From outside the municipality: sees only the forums that let them in. */
	outside: boolean;
	/** Runs the system. Gives no right to any case. */
	administrator: boolean;
	roles: Readonly<Record<string, MembershipRole>>;
	/** Units that this person leads. */
	leads: readonly string[];
}

interface InForum {
	forum: string;
	forumKind: ForumKind;
}

/** What is asked about: only the facts that a right rests on. */
export type Thing =
	| ({ kind: 'forum' } & InForum)
	| ({ kind: 'meeting'; status: MeetingStatus } & InForum)
	| ({ kind: 'item'; status: MeetingStatus; case: boolean } & InForum)
	| { kind: 'case'; forum: string }
	| ({ kind: 'action'; person: string | null; unit: string | null; case: boolean } & InForum)
	| { kind: 'directory' };

/**
 * `read` see it · `write` change its content · `manage` decide who belongs · `create` add one · `complete` call it done.
 * The one vocabulary of pages, forms and sockets.
 */
export const deeds = ['read', 'write', 'create', 'complete', 'manage'] as const;
export type Deed = (typeof deeds)[number];

/** Whether the person may do the deed to the thing. What may not be read does not exist for them. */
export function may(person: Actor, deed: Deed, thing: Thing): boolean {
	switch (thing.kind) {
		case 'directory':
			return deed === 'read' && !person.outside;
		case 'forum':
			return mayForum(person, deed, thing);
		case 'meeting':
			return mayMeeting(person, deed, thing);
		case 'item':
			return mayItem(person, deed, thing);
		case 'case':
			return (deed === 'read' || deed === 'create') && inWork(person, thing.forum);
		case 'action':
			return mayAction(person, deed, thing);
	}
}

/** Mandate and members are for every employee to know: that roles be known is the point of the whole. */
function mayForum(person: Actor, deed: Deed, forum: InForum): boolean {
	const role = person.roles[forum.forum];
	if (deed === 'read') return person.outside ? role !== undefined : true;
	return deed === 'manage' && role === 'chair';
}

function mayMeeting(
	person: Actor,
	deed: Deed,
	meeting: InForum & { status: MeetingStatus }
): boolean {
	if (deed === 'read') return readsMeetings(person, meeting);
	return deed === 'write' && inWork(person, meeting.forum) && isWritable(meeting.status);
}

function readsMeetings(person: Actor, { forum, forumKind }: InForum): boolean {
	const role = person.roles[forum];
	// The programme of a forum day is for everybody who works here, and for the speakers from outside.
	if (forumKind === 'day') return !person.outside || role === 'speaker' || role === 'member';
	return role === 'observer' || inWork(person, forum);
}

/** A case item is for those who work in the forum: not for one who looks on, nor for a deputy who has not been called. */
function mayItem(
	person: Actor,
	deed: Deed,
	item: InForum & { status: MeetingStatus; case: boolean }
): boolean {
	if (item.case && !inWork(person, item.forum)) return false;
	return mayMeeting(person, deed, item);
}

/** Whoever answers for an action and the leader of that unit see it, wherever it comes from. */
function mayAction(
	person: Actor,
	deed: Deed,
	action: InForum & { person: string | null; unit: string | null; case: boolean }
): boolean {
	const answers = action.person === person.id || isAt(person, action.unit);
	const role = person.roles[action.forum];
	if (deed === 'complete') return answers || role === 'chair' || role === 'secretary';
	if (deed !== 'read') return false;
	if (answers) return true;
	return action.case ? inWork(person, action.forum) : readsMeetings(person, action);
}

/** `unit` is the unit that answers, or that of the person who does: its leader answers for both. */
function isAt(person: Actor, unit: string | null): boolean {
	return unit !== null && person.leads.includes(unit);
}

function inWork(person: Actor, forum: string): boolean {
	const role = person.roles[forum];
	return role !== undefined && takesPart(role);
}
