import { isWritable } from '#lib/domain/meeting.ts';
import { isSent } from '#lib/domain/recommendation.ts';
import type { Actor, Permission, RecommendationFacts, RecusalFacts } from './facts.ts';
import { mayItem } from './meeting.ts';
import { isActing, isOfficer, works } from './standing.ts';

/**
 * A card is for those who work with cases; for the decision maker, from the moment a
 * recommendation is sent.
 */
export function mayCase(
	person: Actor,
	permission: Permission,
	subject: { forum: string; id: string | null }
): boolean {
	const { forum, id } = subject;
	if (id !== null && person.recused.has(id)) return false;
	if (person.rules.includes(forum))
		return permission === 'read' && id !== null && person.sent.has(id);
	if (permission === 'urge') return person.urges.includes(forum) && works(person, subject);
	if (permission === 'run' || permission === 'erase') return isOfficer(person, forum);
	if (works(person, subject))
		return permission === 'read' || permission === 'create' || permission === 'write';
	return (
		permission === 'read' && id !== null && person.calls.some((call) => call.cases.includes(id))
	);
}

/**
 * It is written by those who write the item, adopted by who chairs there, and sent on by those
 * who lead, whether the meeting is locked by then or not. The decision maker reads it once it is
 * sent, and has no part in making it.
 */
export function mayRecommendation(
	person: Actor,
	permission: Permission,
	subject: RecommendationFacts
): boolean {
	const { at, forum, forumKind, status } = subject;
	const card = { forum, id: subject.case };
	if (person.rules.includes(forum))
		return permission === 'read' && isSent(status) && mayCase(person, 'read', card);
	if (at === null) {
		if (permission === 'read') return works(person, subject) && mayCase(person, 'read', card);
		if (permission === 'run') return mayCase(person, 'run', card) || mayCase(person, 'urge', card);
		return (permission === 'write' || permission === 'adopt') && status === 'draft'
			? mayCase(person, 'urge', card)
			: false;
	}
	const item = { ...at, forum, forumKind, case: subject.case };
	if (permission === 'read') return mayItem(person, 'read', item);
	if (permission === 'write') return status === 'draft' && mayItem(person, 'write', item);
	if (permission === 'adopt')
		return (
			status === 'draft' &&
			mayItem(person, 'run', item) &&
			(person.roles[forum] === 'chair' || isActing(person, 'chair', item, at.item))
		);
	// Sending it on is no part of the meeting: it may be locked by then.
	return permission === 'run' && mayItem(person, 'run', { ...item, status: 'review' });
}

/**
 * Read by those who see the case; made by the decision maker; what comes of it is noted by them
 * and by those who lead the forum.
 */
export function mayRuling(
	person: Actor,
	permission: Permission,
	{ forum, case: id }: { forum: string; case: string | null }
): boolean {
	const card = { forum, id };
	const reads = mayCase(person, 'read', card);
	const rules = person.rules.includes(forum) && (id === null || reads);
	if (permission === 'read') return reads || rules;
	if (permission === 'rule') return rules;
	if (permission === 'run') return mayCase(person, 'run', card);
	return permission === 'complete' && (rules || mayCase(person, 'run', card));
}

/**
 * Raised by oneself, or by those who lead; decided by those who lead, never by the one it is
 * about.
 */
export function mayRecusal(person: Actor, permission: Permission, subject: RecusalFacts): boolean {
	const own = subject.person === person.id;
	if (permission === 'read') return own || mayItem(person, 'read', subject);
	if (permission === 'create')
		return mayItem(person, own ? 'read' : 'run', subject) && isWritable(subject.status);
	return permission === 'run' && !own && mayItem(person, 'run', subject);
}
