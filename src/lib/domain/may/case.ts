import { isWritable } from '#lib/domain/meeting.ts';
import type { Actor, CaseFacts, Deed, RecommendationFacts, RecusalFacts } from './facts.ts';
import { mayItem } from './meeting.ts';
import { isActing, isOfficer, works } from './standing.ts';

/** A card is for those who work with cases; for who rules, from the moment a recommendation is sent. */
export function mayCase(
	person: Actor,
	deed: Deed,
	thing: { forum: string; id: string | null }
): boolean {
	const { forum, id } = thing;
	if (id !== null && person.recused.has(id)) return false;
	if (person.rules.includes(forum)) return deed === 'read' && id !== null && person.sent.has(id);
	if (deed === 'urge') return person.urges.includes(forum) && works(person, thing);
	if (deed === 'run' || deed === 'erase') return isOfficer(person, forum);
	if (works(person, thing)) return deed === 'read' || deed === 'create' || deed === 'write';
	return deed === 'read' && id !== null && person.calls.some((call) => call.cases.includes(id));
}

/**
 * It is written by those who write the item, adopted by who chairs there, and sent on by those who lead, whether the meeting is
 * locked by then or not. Whoever rules reads it once it is sent, and has no part in making it.
 */
export function mayRecommendation(person: Actor, deed: Deed, thing: RecommendationFacts): boolean {
	const { at, forum, forumKind, status } = thing;
	const card = { forum, id: thing.case };
	if (person.rules.includes(forum))
		return (
			deed === 'read' &&
			(status === 'sent' || status === 'settled') &&
			mayCase(person, 'read', card)
		);
	if (at === null) {
		if (deed === 'read') return works(person, thing) && mayCase(person, 'read', card);
		if (deed === 'run') return mayCase(person, 'run', card) || mayCase(person, 'urge', card);
		return (deed === 'write' || deed === 'adopt') && status === 'draft'
			? mayCase(person, 'urge', card)
			: false;
	}
	const item = { ...at, forum, forumKind, case: thing.case };
	if (deed === 'read') return mayItem(person, 'read', item);
	if (deed === 'write') return status === 'draft' && mayItem(person, 'write', item);
	if (deed === 'adopt')
		return (
			status === 'draft' &&
			mayItem(person, 'run', item) &&
			(person.roles[forum] === 'chair' || isActing(person, 'chair', item, at.item))
		);
	// Sending it on is no part of the meeting: it may be locked by then.
	return deed === 'run' && mayItem(person, 'run', { ...item, status: 'review' });
}

/** Read by those who see the case; made by who rules; what comes of it is noted by them and by those who lead the forum. */
export function mayRuling(person: Actor, deed: Deed, { forum, case: id }: CaseFacts): boolean {
	const card = { forum, id };
	if (deed === 'read') return mayCase(person, 'read', card);
	const rules = person.rules.includes(forum) && mayCase(person, 'read', card);
	if (deed === 'rule') return rules;
	if (deed === 'run') return mayCase(person, 'run', card);
	return deed === 'complete' && (rules || mayCase(person, 'run', card));
}

/** Raised by oneself, or by those who lead; decided by those who lead, never by the one it is about. */
export function mayRecusal(person: Actor, deed: Deed, thing: RecusalFacts): boolean {
	const own = thing.person === person.id;
	if (deed === 'read') return own || mayItem(person, 'read', thing);
	if (deed === 'create')
		return mayItem(person, own ? 'read' : 'run', thing) && isWritable(thing.status);
	return deed === 'run' && !own && mayItem(person, 'run', thing);
}
