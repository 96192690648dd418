import type { CaseStepName } from '#lib/domain/case-progress.ts';
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
	draft: m.recommendation_status_draft,
	adopted: m.recommendation_status_adopted,
	sent: m.recommendation_status_sent,
	settled: m.recommendation_status_settled
};

const findings: Words<Finding> = {
	met: m.recommendation_met,
	not_met: m.recommendation_not_met,
	not_relevant: m.recommendation_not_relevant
};

const taken: Words<CaseStepName | 'register'> = {
	register: m.case_step_register,
	assess: m.case_step_assess,
	queue: m.case_step_queue,
	put_off: m.case_step_put_off,
	recommend: m.case_step_recommend,
	urge: m.case_step_urge,
	wait: m.case_step_wait,
	send: m.case_step_send,
	rule: m.case_step_rule,
	send_back: m.case_step_send_back,
	house: m.case_step_house,
	help: m.case_step_help,
	follow_up: m.case_step_follow_up,
	close: m.case_step_close,
	remit: m.case_step_remit,
	withdraw: m.case_step_withdraw,
	reopen: m.case_step_reopen
};

const doing: Partial<Words<CaseStepName>> = {
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
export const stepName = (verb: string) => taken[verb as CaseStepName]?.() ?? verb;
/** A step that somebody can take, as a button says it. */
export const verbName = (verb: CaseStepName) => (doing[verb] ?? taken[verb])();

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
