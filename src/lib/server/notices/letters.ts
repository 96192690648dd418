import { longDate, shortDate, timeSpan } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Meeting } from '#lib/server/meeting/meetings.ts';
import * as clock from '#lib/server/platform/clock.ts';
import type { Reminder } from './reminders.ts';

/* Notices in words, in the language that is spoken (language.ts). */

export interface Words {
	subject: string;
	text: string;
}

type Kind<Name extends Reminder['kind']> = Extract<Reminder, { kind: Name }>;

/** A day's reminders: codes, dates, units and where it comes from. */
export function digest(all: Reminder[], origin: string): Words {
	const of = <Name extends Reminder['kind']>(kind: Name) =>
		all.filter((one): one is Kind<Name> => one.kind === kind);
	const today = clock.today();
	const day = (date: string) => shortDate(date, today);
	const isLate = ({ due }: { due: string }) => due < today;
	const dated = (what: string, one: { due: string }) =>
		isLate(one)
			? m.mail_line_overdue({ what, date: day(one.due) })
			: m.mail_line_due({ what, date: day(one.due) });
	const actions = of('action');
	const parts = [
		part(m.mail_overdue(), actions.filter(isLate), (one) => dated(actionName(one), one)),
		part(
			m.mail_due(),
			actions.filter((one) => !isLate(one)),
			(one) => dated(actionName(one), one)
		),
		part(m.mail_rulings(), of('ruling'), (one) =>
			m.mail_line_sent({ what: rulingName(one), date: day(one.since) })
		),
		part(m.mail_appeals(), of('appeal'), (one) =>
			m.mail_line_appeal({ what: rulingName(one), date: day(one.due) })
		),
		part(m.mail_replies(), of('reply'), (one) => dated(m.mail_case({ code: one.code }), one))
	];
	return {
		subject: m.mail_digest_subject({ date: day(today) }),
		text: lines(
			...parts.filter((one) => one !== ''),
			m.mail_sign_in({ url: `${origin}/` }),
			m.mail_digest_footer({ url: `${origin}/settings` })
		)
	};
}

/** Lines under each heading: a mail is a reminder, not a register. */
const most = 20;

function part<One>(heading: string, all: One[], line: (one: One) => string): string {
	if (all.length === 0) return '';
	const rest = all.length > most ? [m.mail_more({ count: all.length - most })] : [];
	const said = [...all.slice(0, most).map(line), ...rest];
	return [heading, ...said.map((one) => `- ${one}`)].join('\n');
}

function actionName({ code, source, case: about, unit }: Kind<'action'>): string {
	const where = about === null ? source : `${source}, ${m.mail_case({ code: about })}`;
	return unit === null ? `${code} (${where})` : `${code} (${where}, ${unit})`;
}

function rulingName({ code, case: about }: Kind<'ruling'> | Kind<'appeal'>): string {
	return `${code} (${m.mail_case({ code: about })})`;
}

/** A call to a meeting, or that it is cancelled. The agenda is where one has to sign in. */
export function call(held: Meeting, kind: 'call' | 'cancelled', origin: string): Words {
	const name = `${held.forumName} ${held.number}`;
	const date = shortDate(held.date, clock.today());
	const when = `${longDate(held.date)} ${timeSpan(held.starts, held.ends)}`;
	const called = kind === 'call';
	return {
		subject: called
			? m.mail_call_subject({ name, date })
			: m.mail_cancelled_subject({ name, date }),
		text: lines(
			called ? m.mail_call({ name }) : m.mail_cancelled({ name }),
			[when, held.place].join('\n'),
			m.mail_sign_in({ url: `${origin}/meetings/${held.id}` }),
			m.mail_call_footer({ url: `${origin}/settings` })
		)
	};
}

function lines(...parts: string[]): string {
	return `${parts.join('\n\n')}\n`;
}
