import type { ActionStatus } from '#lib/domain/action.ts';
import type { MeetingStatus } from '#lib/domain/meeting.ts';
import type { MembershipRole } from '#lib/domain/membership.ts';
import type { ItemKind } from '#lib/domain/schedule.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/* The words for the states and kinds that the code knows by name. */
type Words<Name extends string> = Record<Name, () => string>;

const roles: Words<MembershipRole> = {
	chair: m.role_chair,
	secretary: m.role_secretary,
	member: m.role_member,
	deputy: m.role_deputy,
	observer: m.role_observer,
	speaker: m.role_speaker
};

const meetings: Words<MeetingStatus> = {
	planned: m.meeting_planned,
	called: m.meeting_called,
	open: m.meeting_open,
	review: m.meeting_review,
	locked: m.meeting_locked,
	cancelled: m.meeting_cancelled
};

const actions: Words<ActionStatus> = {
	open: m.action_open,
	in_progress: m.action_in_progress,
	waiting: m.action_waiting,
	done: m.action_done,
	dropped: m.action_dropped
};

const items: Words<ItemKind> = {
	section: m.item_section,
	fixed: m.item_fixed,
	information: m.item_information,
	discussion: m.item_discussion,
	decision: m.item_decision,
	notice: m.item_notice,
	talk: m.item_talk,
	conversation: m.item_conversation,
	plenary: m.item_plenary,
	group: m.item_group,
	form: m.item_form,
	break: m.item_break
};

export const roleName = (role: MembershipRole) => roles[role]();
export const meetingStatusName = (status: MeetingStatus) => meetings[status]();
export const actionStatusName = (status: ActionStatus) => actions[status]();
export const itemKindName = (kind: ItemKind) => items[kind]();

const colours: Record<MeetingStatus, 'neutral' | 'info' | 'success' | 'warning' | 'danger'> = {
	planned: 'neutral',
	called: 'info',
	open: 'success',
	review: 'warning',
	locked: 'neutral',
	cancelled: 'danger'
};

/** The colour beside the word; never instead of it. */
export const meetingStatusColour = (status: MeetingStatus) => colours[status];
