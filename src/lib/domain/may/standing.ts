import { takesPart } from '#lib/domain/membership.ts';
import type { Acting, Actor, InMeeting } from './facts.ts';

/* Where somebody stands, as far as several rights rest on it. */

export function works(person: Actor, { forum }: { forum: string }): boolean {
	const role = person.roles[forum];
	return role !== undefined && takesPart(role);
}

/** In whatever role: also as one who looks on, speaks, or is called when needed. */
export function belongs(person: Actor, { forum }: { forum: string }): boolean {
	return person.roles[forum] !== undefined;
}

/**
 * From a case as the board deals with it: who is disqualified, and who is to rule on what the
 * board says.
 */
export function isKeptOut(person: Actor, forum: string, about: string): boolean {
	return person.recused.has(about) || person.rules.includes(forum);
}

export function isOfficer(person: Actor, forum: string): boolean {
	const role = person.roles[forum];
	return role === 'chair' || role === 'secretary';
}

export function isCalled(person: Actor, meeting: string, item?: string): 'no' | 'item' | 'whole' {
	const calls = person.calls.filter((call) => call.meeting === meeting);
	if (calls.some((call) => call.item === null)) return 'whole';
	if (calls.some((call) => item === undefined || call.item === item)) return 'item';
	return 'no';
}

/** Chair or secretary: of the forum, of the meeting, or of this item. */
export function leads(person: Actor, meeting: InMeeting, item: string | null): boolean {
	if (isOfficer(person, meeting.forum)) return true;
	return isActing(person, 'chair', meeting, item) || isActing(person, 'secretary', meeting, item);
}

export function isActing(
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

/** `unit` is the unit that answers, or that of the person who does: its leader answers for both. */
export function isAt(person: Actor, unit: string | null): boolean {
	return unit !== null && person.leads.includes(unit);
}
