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
	/** As a deputy who has been called in, until the meeting is locked. */
	calls: readonly Call[];
	/** Made chair or secretary of a meeting, or of one of its items. */
	acting: readonly Acting[];
}

export interface Call {
	meeting: string;
	/** The one item that the call is for; null when it is for the whole meeting. */
	item: string | null;
	/** The cases that the call opens. */
	cases: readonly string[];
}

export interface Acting {
	meeting: string;
	item: string | null;
	role: 'chair' | 'secretary';
}

interface InForum {
	forum: string;
	forumKind: ForumKind;
}

interface InMeeting extends InForum {
	meeting: string;
	status: MeetingStatus;
}

interface AnsweredAction extends InForum {
	/** Who answers: a person, and the unit that answers or that person's. */
	person: string | null;
	unit: string | null;
	case: boolean;
	/** To whom it is offered, as long as the offer stands. */
	offered?: { person: string | null; unit: string | null } | null;
}

/** What is asked about: only the facts that a right rests on. */
export type Thing =
	| ({ kind: 'forum' } & InForum)
	| ({ kind: 'meeting' } & InMeeting)
	| ({ kind: 'item'; item: string; case: boolean } & InMeeting)
	/** One card; with id null, the cases of a forum as such. */
	| { kind: 'case'; forum: string; id: string | null }
	| ({ kind: 'action' } & AnsweredAction)
	| ({ kind: 'decision'; case: boolean } & InForum)
	| ({ kind: 'talk'; speaker: string } & InForum)
	| { kind: 'directory' }
	/** How the server runs. */
	| { kind: 'operation' };

/**
 * `read` see it · `write` change its content · `create` add one · `complete` say how it stands with it · `manage` decide who
 * belongs · `run` lead it: its states, who is present, what it came to · `appoint` make somebody its chair or secretary ·
 * `lock` close it for good, and open it again · `accept` take over what is offered · `erase` take out of it for good what must not
 * stand there. The one vocabulary of pages, forms and sockets.
 */
export const deeds = [
	'read',
	'write',
	'create',
	'complete',
	'manage',
	'run',
	'appoint',
	'lock',
	'accept',
	'erase'
] as const;
export type Deed = (typeof deeds)[number];

/** Whether the person may do the deed to the thing. What may not be read does not exist for them. */
export function may(person: Actor, deed: Deed, thing: Thing): boolean {
	switch (thing.kind) {
		case 'directory':
			return deed === 'read' && !person.outside;
		case 'operation':
			return deed === 'read' && person.administrator;
		case 'forum':
			return mayForum(person, deed, thing);
		case 'meeting':
			return mayMeeting(person, deed, thing);
		case 'item':
			return mayItem(person, deed, thing);
		case 'case':
			return mayCase(person, deed, thing);
		case 'action':
			return mayAction(person, deed, thing);
		case 'decision':
			return deed === 'read' && readsWhatCame(person, thing);
		case 'talk':
			return mayTalk(person, deed, thing);
	}
}

/** Mandate and members are for every employee to know: that roles be known is the point of the whole. */
function mayForum(person: Actor, deed: Deed, forum: InForum): boolean {
	const role = person.roles[forum.forum];
	if (deed === 'read') return person.outside ? role !== undefined : true;
	// On a day everybody may offer a talk; elsewhere those who work there propose items and plan meetings.
	if (deed === 'create')
		return forum.forumKind === 'day' ? !person.outside || role !== undefined : works(person, forum);
	return deed === 'manage' && role === 'chair';
}

function mayMeeting(person: Actor, deed: Deed, meeting: InMeeting): boolean {
	const called = isCalled(person, meeting.meeting);
	switch (deed) {
		case 'read':
			return readsMeetings(person, meeting) || called !== 'no';
		case 'write':
			return mayWrite(person, meeting, works(person, meeting) || called === 'whole');
		case 'run':
			return leads(person, meeting, null) && isWritable(meeting.status);
		case 'appoint':
			return works(person, meeting) && isWritable(meeting.status);
		case 'lock':
			return person.roles[meeting.forum] === 'chair' || isActing(person, 'chair', meeting, null);
		default:
			return false;
	}
}

/** A case item is for those who work in the forum: not for one who looks on, nor for a deputy who has not been called. */
function mayItem(
	person: Actor,
	deed: Deed,
	item: InMeeting & { item: string; case: boolean }
): boolean {
	const called = isCalled(person, item.meeting, item.item);
	const inside = works(person, item) || called !== 'no';
	if (deed === 'run')
		return (inside || !item.case) && leads(person, item, item.item) && isWritable(item.status);
	// Also when it is locked: what must not stand there may be found late. For those who lead the whole meeting.
	if (deed === 'erase') return (inside || !item.case) && leads(person, item, null);
	if (!item.case && deed === 'read') return mayMeeting(person, 'read', item);
	if (deed === 'read') return inside;
	return deed === 'write' && mayWrite(person, item, inside);
}

/** While the minutes are reviewed only those who keep them write; the others propose corrections. */
function mayWrite(person: Actor, meeting: InMeeting, inside: boolean): boolean {
	if (!inside || !isWritable(meeting.status)) return false;
	return meeting.status !== 'review' || leads(person, meeting, null);
}

function readsMeetings(person: Actor, { forum, forumKind }: InForum): boolean {
	const role = person.roles[forum];
	// The programme of a forum day is for everybody who works here, and for the speakers from outside.
	if (forumKind === 'day') return !person.outside || role === 'speaker' || role === 'member';
	return role === 'observer' || works(person, { forum });
}

function mayCase(person: Actor, deed: Deed, thing: { forum: string; id: string | null }): boolean {
	if (works(person, thing)) return deed === 'read' || deed === 'create';
	const { id } = thing;
	return deed === 'read' && id !== null && person.calls.some((call) => call.cases.includes(id));
}

/**
 * Whoever answers for an action and the leader of that unit see it, wherever it comes from; so does whoever is offered it, the
 * leader when that is a unit, who alone can take it over.
 */
function mayAction(person: Actor, deed: Deed, action: AnsweredAction): boolean {
	const answers = action.person === person.id || isAt(person, action.unit);
	const { offered } = action;
	const asked = !!offered && (offered.person === person.id || isAt(person, offered.unit));
	const role = person.roles[action.forum];
	if (deed === 'accept') return asked;
	if (deed === 'complete') return answers || role === 'chair' || role === 'secretary';
	return deed === 'read' && (answers || asked || readsWhatCame(person, action));
}

/** What came of a meeting: for those who read its meetings, and what came of a case for those who work with cases. */
function readsWhatCame(person: Actor, thing: InForum & { case: boolean }): boolean {
	if (person.outside) return false;
	return thing.case ? works(person, thing) : readsMeetings(person, thing);
}

/** A talk is the speaker's own; the hosts of the day read it and decide on it. */
function mayTalk(person: Actor, deed: Deed, talk: InForum & { speaker: string }): boolean {
	const speaks = talk.speaker === person.id;
	const role = person.roles[talk.forum];
	const hosts = role === 'chair' || role === 'secretary';
	if (deed === 'read') return speaks || hosts;
	if (deed === 'write') return speaks;
	return deed === 'manage' && hosts;
}

/** `unit` is the unit that answers, or that of the person who does: its leader answers for both. */
function isAt(person: Actor, unit: string | null): boolean {
	return unit !== null && person.leads.includes(unit);
}

function works(person: Actor, { forum }: { forum: string }): boolean {
	const role = person.roles[forum];
	return role !== undefined && takesPart(role);
}

function isCalled(person: Actor, meeting: string, item?: string): 'no' | 'item' | 'whole' {
	const calls = person.calls.filter((call) => call.meeting === meeting);
	if (calls.some((call) => call.item === null)) return 'whole';
	if (calls.some((call) => item === undefined || call.item === item)) return 'item';
	return 'no';
}

/** Chair or secretary: of the forum, of the meeting, or of this item. */
function leads(person: Actor, meeting: InMeeting, item: string | null): boolean {
	const role = person.roles[meeting.forum];
	if (role === 'chair' || role === 'secretary') return true;
	return isActing(person, 'chair', meeting, item) || isActing(person, 'secretary', meeting, item);
}

function isActing(
	person: Actor,
	role: Acting['role'],
	{ meeting }: { meeting: string },
	item: string | null
): boolean {
	return person.acting.some(
		(held) =>
			held.meeting === meeting && held.role === role && (held.item === null || held.item === item)
	);
}
