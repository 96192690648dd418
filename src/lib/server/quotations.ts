import { eq } from 'drizzle-orm';
import { placesIn } from '#lib/domain/erasing.ts';
import { may, type Actor } from '#lib/domain/may.ts';
import * as actionRows from './action-rows.ts';
import type * as agendas from './agendas.ts';
import { recommendation } from './db/chain.ts';
import { action, decision } from './db/schema.ts';
import * as decisionRows from './decision-rows.ts';
import * as rulingRows from './ruling-rows.ts';

/** Something that quotes what is to be erased and stays as it is: a row of its own, to be corrected by hand where it stands. */
export interface Quotation {
	kind: 'action' | 'decision' | 'ruling' | 'heading';
	label: string;
	href: string | null;
}

/** Actions and decisions of the meeting that quote it, rulings on what it recommends, and a case's heading, as far as the person may see them. */
export function of(asker: Actor, item: agendas.ItemRow, passages: string[]): Quotation[] {
	const quotes = (...texts: (string | null)[]) =>
		texts.some((text) => text !== null && placesIn(text, passages).length > 0);
	const actions = actionRows
		.query()
		.where(eq(action.meeting, item.meeting))
		.all()
		.filter((row) => may(asker, 'read', actionRows.thing(row)) && quotes(row.action.what))
		.map(({ action: { code } }) => ({
			kind: 'action' as const,
			label: code,
			href: `/actions/${code}`
		}));
	const decisions = decisionRows
		.views(asker, decisionRows.query().where(eq(decision.meeting, item.meeting)).all())
		.filter(
			({ text, reasons, minority, statement, href }) =>
				href !== null && quotes(text, reasons, minority, statement)
		)
		.map(({ code, href }) => ({ kind: 'decision' as const, label: code, href }));
	const rulings = rulingRows
		.query()
		.where(eq(recommendation.item, item.id))
		.all()
		.filter(({ own }) => quotes(own.content, own.reason))
		.filter((row) => may(asker, 'read', rulingRows.thing(row)))
		.map(({ own: { code } }) => ({
			kind: 'ruling' as const,
			label: code,
			href: `/rulings/${code}`
		}));
	const heading =
		item.case !== null && quotes(item.title)
			? [{ kind: 'heading' as const, label: item.number ?? '', href: null }]
			: [];
	return [...actions, ...decisions, ...rulings, ...heading];
}
