import type { CaseDeed } from '#lib/domain/case-progress.ts';
import type { Finding, RecommendationStatus } from '#lib/domain/recommendation.ts';
import type { AppealResult, RulingResult, Stance, Standing } from '#lib/domain/ruling.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/* The words for the states and steps of the chain that the code knows by name. */
type Words<Name extends string> = Record<Name, () => string>;

const standings: Words<Standing> = {
	waiting: m.standing_waiting,
	sent_back: m.standing_sent_back,
	dropped: m.standing_dropped,
	not_notified: m.standing_not_notified,
	appeal_runs: m.standing_appeal_runs,
	appealed: m.standing_appealed,
	forwarded: m.standing_forwarded,
	appeal_decided: m.standing_appeal_decided,
	final: m.standing_final
};

const stances: Words<Stance> = {
	follow: m.stance_follow,
	depart: m.stance_depart,
	send_back: m.stance_send_back
};

const results: Words<RulingResult> = {
	granted: m.result_granted,
	partly: m.result_partly,
	refused: m.result_refused
};

const appeals: Words<AppealResult> = {
	upheld: m.appeal_upheld,
	changed: m.appeal_changed,
	set_aside: m.appeal_set_aside
};

const recommendations: Words<RecommendationStatus> = {
	draft: m.rec_status_draft,
	adopted: m.rec_status_adopted,
	sent: m.rec_status_sent,
	settled: m.rec_status_settled
};

const findings: Words<Finding> = {
	met: m.rec_met,
	not_met: m.rec_not_met,
	not_relevant: m.rec_not_relevant
};

const taken: Words<CaseDeed | 'register'> = {
	register: m.course_register,
	assess: m.course_assess,
	queue: m.course_queue,
	put_off: m.course_put_off,
	recommend: m.course_recommend,
	urge: m.course_urge,
	wait: m.course_wait,
	send: m.course_send,
	rule: m.course_rule,
	send_back: m.course_send_back,
	house: m.course_house,
	help: m.course_help,
	follow_up: m.course_follow_up,
	close: m.course_close,
	remit: m.course_remit,
	withdraw: m.course_withdraw,
	reopen: m.course_reopen
};

const doing: Partial<Words<CaseDeed>> = {
	assess: m.do_assess,
	queue: m.do_queue,
	put_off: m.do_put_off,
	house: m.do_house,
	help: m.do_help,
	follow_up: m.do_follow_up,
	close: m.do_close,
	withdraw: m.do_withdraw,
	reopen: m.do_reopen
};

export const standingName = (standing: Standing) => standings[standing]();
export const stanceName = (stance: Stance) => stances[stance]();
export const resultName = (result: RulingResult) => results[result]();
export const appealName = (result: AppealResult) => appeals[result]();
export const recommendationName = (status: RecommendationStatus) => recommendations[status]();
export const findingName = (finding: Finding) => findings[finding]();
/** A step that has been taken. */
export const stepName = (deed: string) => taken[deed as CaseDeed]?.() ?? deed;
/** A step that somebody can take, as a button says it. */
export const deedName = (deed: CaseDeed) => (doing[deed] ?? taken[deed])();

/** «3 dagar», never «-3 dagar». */
export function days(count: number): string {
	const many = Math.abs(count);
	return many === 1 ? m.days_one() : m.days({ count: many });
}

/** How long something has waited to be ruled on. */
export const waitedFor = (count: number) =>
	count === 0 ? m.standing_waiting() : m.since_waiting({ days: days(count) });

/** How long there is left: «i dag», «3 dagar». */
export const daysLeft = (count: number) => (count === 0 ? m.days_today() : days(count));
