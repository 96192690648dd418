import { mayCase, mayRecommendation, mayRecusal, mayRuling } from './may/case.ts';
import type { Actor, AnsweredAction, Deed, InForum, Thing } from './may/facts.ts';
import { mayItem, mayMeeting, readsWhatCame } from './may/meeting.ts';
import { isAt, works } from './may/standing.ts';

export { deeds } from './may/facts.ts';
export type { Acting, Actor, Call, Deed, Thing } from './may/facts.ts';

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
		case 'recommendation':
			return mayRecommendation(person, deed, thing);
		case 'ruling':
			return mayRuling(person, deed, thing);
		case 'recusal':
			return mayRecusal(person, deed, thing);
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

/**
 * Whoever answers for an action and the leader of that unit see it, wherever it comes from; so does whoever is offered it, the
 * leader when that is a unit, who alone can take it over.
 */
function mayAction(person: Actor, deed: Deed, action: AnsweredAction): boolean {
	if (action.case !== null && person.recused.has(action.case)) return false;
	const answers = action.person === person.id || isAt(person, action.unit);
	const { offered } = action;
	const asked = !!offered && (offered.person === person.id || isAt(person, offered.unit));
	const role = person.roles[action.forum];
	if (deed === 'accept') return asked;
	if (deed === 'complete') return answers || role === 'chair' || role === 'secretary';
	return deed === 'read' && (answers || asked || readsWhatCame(person, action));
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
