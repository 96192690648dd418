import { mayCase, mayRecommendation, mayRecusal, mayRuling } from './may/case.ts';
import type { Actor, AnsweredAction, InForum, Permission, Subject } from './may/facts.ts';
import { mayItem, mayMeeting, readsFollowUps } from './may/meeting.ts';
import { belongs, isAt, isOfficer, works } from './may/standing.ts';

export { permissions } from './may/facts.ts';
export type { Acting, Actor, Call, Permission, Subject } from './may/facts.ts';

/**
 * Whether the person may do the command to the thing. What may not be read does not exist for
 * them.
 */
export function may(person: Actor, permission: Permission, subject: Subject): boolean {
	switch (subject.kind) {
		case 'directory':
			return permission === 'read' && !person.outside;
		case 'matrix':
			return mayMatrix(person, permission, subject.forum);
		case 'operation':
			return permission === 'read' && person.administrator;
		case 'forum':
			return mayForum(person, permission, subject);
		case 'meeting':
			return mayMeeting(person, permission, subject);
		case 'item':
			return mayItem(person, permission, subject);
		case 'case':
			return mayCase(person, permission, subject);
		case 'action':
			return mayAction(person, permission, subject);
		case 'decision':
			return permission === 'read' && readsFollowUps(person, subject);
		case 'recommendation':
			return mayRecommendation(person, permission, subject);
		case 'ruling':
			return mayRuling(person, permission, subject);
		case 'recusal':
			return mayRecusal(person, permission, subject);
		case 'talk':
			return mayTalk(person, permission, subject);
	}
}

/**
 * Everybody who works here reads it; who leads the forum that adopted it says what its rows mean,
 * and of one that no forum did, who runs the system.
 */
function mayMatrix(person: Actor, permission: Permission, forum: string | null): boolean {
	if (permission === 'read') return !person.outside;
	return (
		permission === 'write' && (forum === null ? person.administrator : isOfficer(person, forum))
	);
}

/**
 * Mandate and members are for every employee to know: that roles be known is the point of the
 * whole.
 */
function mayForum(person: Actor, permission: Permission, forum: InForum): boolean {
	if (permission === 'read') return !person.outside || belongs(person, forum);
	if (permission === 'plan') return isOfficer(person, forum.forum);
	// For a day everybody who belongs to it proposes; elsewhere those who work there.
	if (permission === 'propose')
		return forum.forumKind === 'day' ? belongs(person, forum) : works(person, forum);
	return permission === 'manage' && person.roles[forum.forum] === 'chair';
}

/**
 * Whoever answers for an action and the leader of that unit see it, wherever it comes from; so
 * does whoever is offered it, the leader when that is a unit, who alone can take it over.
 */
function mayAction(person: Actor, permission: Permission, action: AnsweredAction): boolean {
	if (action.case !== null && person.recused.has(action.case)) return false;
	const answers = action.person === person.id || isAt(person, action.unit);
	const { offered } = action;
	const asked = !!offered && (offered.person === person.id || isAt(person, offered.unit));
	const completes = answers || isOfficer(person, action.forum);
	if (permission === 'accept') return asked;
	if (permission === 'complete') return completes;
	if (permission === 'withdraw') return !!offered && (offered.by === person.id || completes);
	return permission === 'read' && (answers || asked || readsFollowUps(person, action));
}

/** A talk is the speaker's own; the hosts of the day read it and decide on it. */
function mayTalk(
	person: Actor,
	permission: Permission,
	talk: InForum & { speaker: string }
): boolean {
	const speaks = talk.speaker === person.id;
	const hosts = isOfficer(person, talk.forum);
	if (permission === 'read') return speaks || hosts;
	if (permission === 'write') return speaks;
	return permission === 'manage' && hosts;
}
