import { eq, or, type SQL } from 'drizzle-orm';
import { placesIn } from '#lib/domain/erasing.ts';
import { may, type Actor } from '#lib/domain/may.ts';
import * as actionRows from '../action-rows.ts';
import type * as agendas from '../agendas.ts';
import { action, decision } from '../db/schema.ts';
import * as decisionRows from '../decision-rows.ts';

/** Something that quotes what is to be erased and stays as it is: to be corrected by hand, or erased, where it stands. */
export interface Quotation {
	kind: 'action' | 'decision' | 'heading' | 'item';
	label: string;
	href: string | null;
}

type Quotes = (...texts: (string | null)[]) => boolean;

const quoting =
	(passages: string[]): Quotes =>
	(...texts) =>
		texts.some((text) => text !== null && placesIn(text, passages).length > 0);

/** Actions and decisions of the item's meeting and of its case that quote it, and a case's heading, as far as the person may see them. */
export function ofItem(asker: Actor, item: agendas.ItemRow, passages: string[]): Quotation[] {
	const quotes = quoting(passages);
	const { meeting, case: about } = item;
	const heading: Quotation[] =
		about !== null && quotes(item.title)
			? [{ kind: 'heading', label: item.number ?? '', href: null }]
			: [];
	return [
		...rows(asker, quotes, {
			action: or(eq(action.meeting, meeting), about ? eq(action.case, about) : undefined),
			decision: or(eq(decision.meeting, meeting), about ? eq(decision.case, about) : undefined)
		}),
		...heading
	];
}

/** The same of a case. */
export function ofCase(asker: Actor, about: string, passages: string[]): Quotation[] {
	return rows(asker, quoting(passages), {
		action: eq(action.case, about),
		decision: eq(decision.case, about)
	});
}

function rows(
	asker: Actor,
	quotes: Quotes,
	where: Record<'action' | 'decision', SQL | undefined>
): Quotation[] {
	const actions = actionRows
		.query()
		.where(where.action)
		.all()
		.filter((row) => may(asker, 'read', actionRows.thing(row)) && quotes(row.action.what))
		.map(({ action: { code } }) => ({
			kind: 'action' as const,
			label: code,
			href: `/actions/${code}`
		}));
	const decisions = decisionRows
		.views(asker, decisionRows.query().where(where.decision).all())
		.filter(
			({ text, reasons, minority, statement, href }) =>
				href !== null && quotes(text, reasons, minority, statement)
		)
		.map(({ code, href }) => ({ kind: 'decision' as const, label: code, href }));
	return [...actions, ...decisions];
}
