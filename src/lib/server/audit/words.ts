import { m } from '#lib/i18n/paraglide/messages.js';
import type { Finding } from './check.ts';

/*
 * Commands of the audit trail in words, in the language that this request is answered in. A
 * command is `kind.verb`, now and then with more behind.
 */

const kindWords = {
	case: m.audit_kind_case,
	recommendation: m.audit_kind_recommendation,
	ruling: m.audit_kind_ruling,
	recusal: m.audit_kind_recusal,
	decision: m.audit_kind_decision,
	action: m.audit_kind_action,
	meeting: m.audit_kind_meeting,
	agenda: m.audit_kind_agenda,
	item: m.audit_kind_item,
	correction: m.audit_kind_correction,
	member: m.audit_kind_member,
	talk: m.audit_kind_talk,
	backlog: m.audit_kind_backlog,
	matrix: m.audit_kind_matrix,
	urgent: m.audit_kind_urgent,
	feed: m.audit_kind_feed,
	notices: m.audit_kind_notices,
	decisions: m.audit_kind_decisions,
	rulings: m.audit_kind_rulings,
	actions: m.audit_kind_actions
};

export type SeenKind = keyof typeof kindWords;
export const seenKindNames = Object.keys(kindWords) as SeenKind[];

const verbWords: Record<string, () => string> = {
	create: m.audit_verb_create,
	vouch: m.audit_verb_vouch,
	assess: m.audit_verb_assess,
	queue: m.audit_verb_queue,
	put_off: m.audit_verb_put_off,
	recommend: m.audit_verb_recommend,
	urge: m.audit_verb_urge,
	wait: m.audit_verb_wait,
	send: m.audit_verb_send,
	rule: m.audit_verb_rule,
	send_back: m.audit_verb_send_back,
	remit: m.audit_verb_remit,
	house: m.audit_verb_house,
	help: m.audit_verb_help,
	follow_up: m.audit_verb_follow_up,
	close: m.audit_verb_close,
	withdraw: m.audit_verb_withdraw,
	reopen: m.audit_verb_reopen,
	word: m.audit_verb_word,
	reply: m.audit_verb_reply,
	write: m.audit_verb_write,
	compose: m.audit_verb_compose,
	adopt: m.audit_verb_adopt,
	settle: m.audit_verb_settle,
	drop: m.audit_verb_drop,
	erase: m.audit_verb_erase,
	open: m.audit_verb_open,
	follow: m.audit_verb_follow,
	depart: m.audit_verb_depart,
	notify: m.audit_verb_notify,
	'appeal.receive': m.audit_verb_appeal_receive,
	'appeal.forward': m.audit_verb_appeal_forward,
	'appeal.decide': m.audit_verb_appeal_decide,
	start: m.audit_verb_start,
	raise: m.audit_verb_raise,
	disqualified: m.audit_verb_disqualified,
	impartial: m.audit_verb_impartial,
	review: m.audit_verb_review,
	due: m.audit_verb_due,
	move: m.audit_verb_move,
	note: m.audit_verb_note,
	offer: m.audit_verb_offer,
	accepted: m.audit_verb_accepted,
	declined: m.audit_verb_declined,
	withdrawn: m.audit_verb_withdrawn,
	in_progress: m.audit_verb_in_progress,
	waiting: m.audit_verb_waiting,
	done: m.audit_verb_done,
	dropped: m.audit_verb_dropped,
	call: m.audit_verb_call,
	lock: m.audit_verb_lock,
	cancel: m.audit_verb_cancel,
	plan: m.audit_verb_plan,
	version: m.audit_verb_version,
	attendance: m.audit_verb_attendance,
	deputy_called: m.audit_verb_deputy_called,
	deputy_ended: m.audit_verb_deputy_ended,
	appoint: m.audit_verb_appoint,
	concluded: m.audit_verb_concluded,
	noted: m.audit_verb_noted,
	next_meeting: m.audit_verb_next_meeting,
	reopened: m.audit_verb_reopened,
	restore: m.audit_verb_restore,
	propose: m.audit_verb_propose,
	take: m.audit_verb_take,
	case: m.audit_verb_case,
	take_off: m.audit_verb_take_off,
	rename: m.audit_verb_rename,
	taken: m.audit_verb_taken,
	left: m.audit_verb_left,
	add: m.audit_verb_add,
	role: m.audit_verb_role,
	remove: m.audit_verb_remove,
	place: m.audit_verb_place,
	words: m.audit_verb_words,
	leave_words: m.audit_verb_leave_words,
	take_out: m.audit_verb_take_out,
	accept: m.audit_verb_accept,
	decline: m.audit_verb_decline,
	confirm: m.audit_verb_confirm,
	name: m.audit_verb_name,
	unname: m.audit_verb_unname,
	describe: m.audit_verb_describe,
	name_applicant: m.audit_verb_name_applicant,
	choose: m.audit_verb_choose,
	export: m.audit_verb_export
};

/** Where the common word of a verb does not fit the kind. */
const ownWords: Record<string, () => string> = {
	'feed.open': m.audit_verb_feed_open,
	'feed.close': m.audit_verb_feed_close,
	'notices.decline': m.audit_verb_notices_decline
};

export function seenKinds(): { kind: SeenKind; name: string }[] {
	return seenKindNames.map((kind) => ({ kind, name: kindWords[kind]() }));
}

function nameOf(kind: string): (() => string) | undefined {
	return (kindWords as Record<string, () => string>)[kind];
}

/** «Innstilling: send til vedtak»; what has no word is called by what it is. */
export function wordFor(recorded: string): string {
	const [kind = '', ...rest] = recorded.split('.');
	const name = nameOf(kind);
	const verb = ownWords[recorded] ?? verbWords[rest.join('.')] ?? verbWords[rest[0] ?? ''];
	return name && verb ? m.audit_verb({ kind: name(), verb: verb() }) : recorded;
}

/** «Vedtak 1a2b3c4d», of `ruling:1a2b3c4d-…`. */
export function subjectName(subject: string): string {
	const [kind = '', id = ''] = subject.split(':');
	return `${nameOf(kind)?.() ?? kind} ${id.slice(0, 8)}`;
}

const findingWords: Record<Finding['kind'], (at: { seq: number; subject: string }) => string> = {
	altered: m.audit_finding_altered,
	gap: m.audit_finding_gap,
	cut: m.audit_finding_cut,
	rewritten: m.audit_finding_rewritten,
	unguarded: () => m.audit_finding_unguarded(),
	differs: m.audit_finding_differs,
	unrecorded: m.audit_finding_unrecorded,
	gone: m.audit_finding_gone
};

/** What a check has found, in a sentence. */
export function findingText(found: Finding): string {
	const seq = 'seq' in found ? found.seq : 0;
	const subject = 'subject' in found ? subjectName(found.subject) : '';
	return findingWords[found.kind]({ seq, subject });
}
