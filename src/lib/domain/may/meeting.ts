import { isWritable } from '#lib/domain/meeting.ts';
import type { Actor, InForum, InMeeting, ItemFacts, Permission } from './facts.ts';
import { belongs, isActing, isCalled, isKeptOut, leads, works } from './standing.ts';

export function mayMeeting(person: Actor, permission: Permission, meeting: InMeeting): boolean {
	const called = isCalled(person, meeting.meeting);
	switch (permission) {
		case 'read':
			return readsMeetings(person, meeting) || called !== 'no';
		case 'write':
			return mayWrite(person, meeting, works(person, meeting) || called === 'whole');
		case 'run':
			return leads(person, meeting, null) && isWritable(meeting.status);
		case 'appoint':
			return works(person, meeting) && isWritable(meeting.status);
		case 'propose':
			// A talk, on a day: everybody who works here, and the speakers from outside.
			return (
				meeting.forumKind === 'day' &&
				isWritable(meeting.status) &&
				(!person.outside || belongs(person, meeting))
			);
		case 'lock':
			return person.roles[meeting.forum] === 'chair' || isActing(person, 'chair', meeting, null);
		default:
			return false;
	}
}

/**
 * A case item is for those who work in the forum: not for one who looks on, nor for a deputy who
 * has not been called.
 */
export function mayItem(person: Actor, permission: Permission, item: ItemFacts): boolean {
	if (item.case !== null && isKeptOut(person, item.forum, item.case)) return false;
	const called = isCalled(person, item.meeting, item.item);
	const inside = works(person, item) || called !== 'no';
	if (permission === 'run')
		return (
			(inside || item.case === null) && leads(person, item, item.item) && isWritable(item.status)
		);
	// Also when it is locked: what must not stand there may be found late. For those who lead the
	// whole meeting.
	if (permission === 'erase') return (inside || item.case === null) && leads(person, item, null);
	if (item.case === null && permission === 'read') return mayMeeting(person, 'read', item);
	if (permission === 'read') return inside;
	// A correction, while the minutes are reviewed: for those who could write them at the meeting.
	if (permission === 'propose') return inside && item.status === 'review';
	return permission === 'write' && mayWrite(person, item, inside);
}

/**
 * While the minutes are reviewed only those who keep them write; the others propose corrections.
 */
function mayWrite(person: Actor, meeting: InMeeting, inside: boolean): boolean {
	if (!inside || !isWritable(meeting.status)) return false;
	return meeting.status !== 'review' || leads(person, meeting, null);
}

function readsMeetings(person: Actor, { forum, forumKind }: InForum): boolean {
	const role = person.roles[forum];
	// The programme of a forum day is for everybody who works here, and for the speakers from
	// outside.
	if (forumKind === 'day') return !person.outside || role === 'speaker' || role === 'member';
	return role === 'observer' || works(person, { forum });
}

/**
 * What came of a meeting: for those who read its meetings, and what came of a case for those who
 * work with cases.
 */
export function readsFollowUps(person: Actor, subject: InForum & { case: string | null }): boolean {
	if (person.outside) return false;
	if (subject.case === null) return readsMeetings(person, subject);
	return works(person, subject) && !isKeptOut(person, subject.forum, subject.case);
}
