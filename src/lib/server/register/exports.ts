import { setImmediate } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import type { ActionStatus } from '#lib/domain/action.ts';
import { firstBlocked } from '#lib/domain/identifiers.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Actor } from '#lib/domain/may.ts';
import { auditSubject } from '#lib/domain/topic.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { ActionView } from '#lib/server/action/rows.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { transaction } from '#lib/server/db/index.ts';
import { speak } from '#lib/server/municipality/language.ts';
import * as clock from '#lib/server/platform/clock.ts';
import type { RulingView } from '#lib/server/ruling/rows.ts';
import type { RegisterRow } from './rows.ts';
import * as words from './words.ts';

/*
 * Registers as files for a spreadsheet: what stands on the page with the filter that it has,
 * without the pages. Written as it is read, a piece at a time; no file lies on the server.
 */
export type Register = 'decisions' | 'rulings' | 'actions';

type Cell = string | number | null;
/** A column: its head, and what stands in it. */
type Column<Row> = [head: string, cell: (row: Row) => Cell];

/**
 * The file, as the answer to a request, in its language. Who took it is noted; what they had
 * asked for is not.
 */
export function answer<Row>(
	actor: Actor,
	register: Register,
	language: Language,
	columns: Column<Row>[],
	pieces: Iterator<Row[]>
): Response {
	transaction(() =>
		audit.record(actor.id, `${register}.export`, auditSubject('register', register))
	);
	const headers = {
		'content-type': 'text/csv; charset=utf-8',
		'content-disposition': `attachment; filename="${register}-${clock.today()}.csv"`
	};
	return new Response(stream(language, columns, pieces), { headers });
}

function stream<Row>(
	language: Language,
	columns: Column<Row>[],
	pieces: Iterator<Row[]>
): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let begun = false;
	return new ReadableStream({
		async pull(controller) {
			if (!begun) {
				begun = true;
				const heads = columns.map(([head]) => head);
				return controller.enqueue(encoder.encode(`\uFEFF${lines([heads])}`));
			}
			// Others are served between two pieces.
			await setImmediate();
			// The request is over by now, and with it what language its messages were in.
			const { done, value } = speak(language, () => pieces.next());
			if (done) return controller.close();
			const cells = value.map((row) => columns.map(([, cell]) => cell(row)));
			controller.enqueue(encoder.encode(lines(cells)));
		},
		cancel() {
			pieces.return?.();
		}
	});
}

/**
 * Rows as a Norwegian spreadsheet reads them: semicolons, since the comma is its decimal sign. A
 * text that a spreadsheet would run as a formula gets an apostrophe before it.
 */
export function lines(rows: Cell[][]): string {
	return stringify(rows, { delimiter: ';', record_delimiter: 'windows', escape_formulas: true });
}

export function decisionColumns(locale: Language): Column<RegisterRow>[] {
	const say = { locale };
	const kinds = {
		decision: m.register_decision({}, say),
		recommendation: m.register_recommendation({}, say)
	};
	return [
		[m.action_column_number({}, say), ({ code }) => code],
		[m.register_kind({}, say), ({ kind }) => kinds[kind]],
		[m.actions_filter_forum({}, say), ({ forum }) => forum],
		[m.register_meeting({}, say), ({ meeting }) => meeting],
		[m.register_date({}, say), ({ date }) => date],
		[m.register_item({}, say), ({ item }) => item && nameOf(item, locale)],
		[m.ruling_case({}, say), (row) => row.case?.code ?? null],
		[m.register_what({}, say), ({ text }) => text],
		[
			m.register_became({}, say),
			({ became, followed }) => words.inOneLine([...became, ...(followed ? [followed] : [])])
		],
		[m.register_hangs({}, say), ({ hangs }) => hangs],
		[m.register_done({}, say), ({ actions }) => words.countOf(actions).done],
		[m.register_all({}, say), ({ actions }) => words.countOf(actions).all],
		[m.register_late({}, say), ({ actions }) => words.countOf(actions).late],
		[m.decision_review_on({}, say), ({ review }) => review?.reviewOn ?? null]
	];
}

/**
 * Titles are live texts, and a client made by hand may have written anything there. What points
 * to one person stays in the house.
 */
function nameOf({ label, title }: { label: string; title: string }, locale: Language): string {
	const shown = firstBlocked(title) ? m.guard_title_withheld({}, { locale }) : title;
	return `${label} ${shown}`.trim();
}

export function rulingColumns(locale: Language): Column<RulingView>[] {
	const say = { locale };
	return [
		[m.ruling_code({}, say), ({ code }) => code],
		[m.ruling_case({}, say), (row) => row.case.code],
		[m.ruling_recommended({}, say), ({ recommendation: on }) => `${on.code} ${on.outcomeName}`],
		[m.ruling_track({}, say), ({ track, trackName }) => `${track} ${trackName}`],
		[m.ruling_ruled_on({}, say), ({ ruledOn }) => ruledOn],
		[m.ruling_standing({}, say), ({ standing }) => words.standingName(standing, locale)],
		[m.ruling_stance({}, say), ({ stance }) => stance && words.stanceName(stance, locale)],
		[m.ruling_until_short({}, say), ({ appealUntil }) => appealUntil],
		[m.ruling_waited({}, say), ({ waited }) => waited]
	];
}

export function actionColumns(locale: Language): Column<ActionView>[] {
	const say = { locale };
	const statuses: Record<ActionStatus, string> = {
		open: m.action_open({}, say),
		in_progress: m.action_in_progress({}, say),
		waiting: m.action_waiting({}, say),
		done: m.action_done({}, say),
		dropped: m.action_dropped({}, say)
	};
	return [
		[m.action_column_number({}, say), ({ code }) => code],
		[m.action_column_what({}, say), ({ what }) => what],
		[m.action_column_responsible({}, say), ({ responsible }) => responsible.name],
		[
			m.register_unit({}, say),
			({ responsible, unit }) => (responsible.kind === 'person' ? unit : null)
		],
		[m.action_column_due({}, say), ({ due }) => due],
		[m.action_column_status({}, say), ({ status }) => statuses[status]],
		[m.action_overdue({}, say), ({ overdue }) => (overdue ? m.register_yes({}, say) : null)],
		[m.register_waiting_for({}, say), ({ waitingFor }) => waitingFor],
		[m.action_column_source({}, say), ({ source }) => source.label]
	];
}
