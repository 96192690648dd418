import { mayCase, mayRecommendation, mayRecusal, mayRuling } from './may/case.ts';
import type { Actor, AnsweredAction, InForum, Permission, Subject } from './may/facts.ts';
import { mayItem, mayMeeting, readsFollowUps } from './may/meeting.ts';
import { isAt, works } from './may/standing.ts';

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
 * Mandate and members are for every employee to know: that roles be known is the point of the
 * whole.
 */
function mayForum(person: Actor, permission: Permission, forum: InForum): boolean {
	const role = person.roles[forum.forum];
	if (permission === 'read') return person.outside ? role !== undefined : true;
	// On a day everybody may offer a talk; elsewhere those who work there propose items and plan
	// meetings.
	if (permission === 'create')
		return forum.forumKind === 'day' ? !person.outside || role !== undefined : works(person, forum);
	return permission === 'manage' && role === 'chair';
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
	const role = person.roles[action.forum];
	if (permission === 'accept') return asked;
	if (permission === 'complete') return answers || role === 'chair' || role === 'secretary';
	return permission === 'read' && (answers || asked || readsFollowUps(person, action));
}

/** A talk is the speaker's own; the hosts of the day read it and decide on it. */
function mayTalk(
	person: Actor,
	permission: Permission,
	talk: InForum & { speaker: string }
): boolean {
	const speaks = talk.speaker === person.id;
	const role = person.roles[talk.forum];
	const hosts = role === 'chair' || role === 'secretary';
	if (permission === 'read') return speaks || hosts;
	if (permission === 'write') return speaks;
	return permission === 'manage' && hosts;
}
