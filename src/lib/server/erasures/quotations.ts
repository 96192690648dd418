import { and, eq, isNotNull, isNull, ne, or, type SQL } from 'drizzle-orm';
import { placesIn } from '#lib/domain/erasing.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import * as actionRows from '#lib/server/action/rows.ts';
import { action } from '#lib/server/db/schema/action.ts';
import { decision } from '#lib/server/db/schema/decision.ts';
import * as decisionRows from '#lib/server/decision/rows.ts';
import type * as agendas from '#lib/server/meeting/agendas.ts';
import { wordsOfAction, wordsOfDecision } from './follow-ups.ts';

/** Something that holds what is to be erased and stays as it is: to be seen to where it belongs. */
export interface Quotation {
	kind: 'action' | 'decision' | 'heading' | 'item';
	label: string;
	/** Where it can be erased. */
	href: string | null;
}

type Quotes = (...texts: string[]) => boolean;

/**
 * Of the item's meeting the actions and decisions that came of its other items, what a decision
 * of this one came back as, and a case's heading: as far as the person may see them.
 */
export function ofItem(actor: Actor, item: agendas.ItemRow, passages: string[]): Quotation[] {
	const quotes: Quotes = (...texts) => texts.some((text) => placesIn(text, passages).length > 0);
	const own: Quotation[] =
		item.caseId !== null && quotes(item.title)
			? [{ kind: 'heading', label: item.number ?? '', href: null }]
			: [];
	return [
		...actions(actor, item, quotes),
		...decisions(actor, item, quotes),
		...headings(actor, item, quotes),
		...own
	];
}

/**
 * What erasing at the item does not reach (came-of.ts does the rest): of a case what is about no
 * or another one.
 */
function others(
	{ id, caseId: about }: agendas.ItemRow,
	table: typeof action | typeof decision
): SQL | undefined {
	if (about !== null) return or(isNull(table.caseId), ne(table.caseId, about));
	return or(ne(table.itemId, id), and(isNull(table.itemId), isNotNull(table.caseId)));
}

function actions(actor: Actor, item: agendas.ItemRow, quotes: Quotes): Quotation[] {
	return actionRows
		.query()
		.where(and(eq(action.meetingId, item.meetingId), others(item, action)))
		.all()
		.filter((row) => may(actor, 'read', actionRows.subject(row)))
		.filter((row) => quotes(...wordsOfAction(row.action)))
		.map((row) => ({
			kind: 'action',
			label: row.action.code,
			href: actionRows.readsSource(actor, row) ? placeOf(row.action, row.card?.code) : null
		}));
}

function decisions(actor: Actor, item: agendas.ItemRow, quotes: Quotes): Quotation[] {
	return decisionRows
		.query()
		.where(and(eq(decision.meetingId, item.meetingId), others(item, decision)))
		.all()
		.filter((row) => may(actor, 'read', decisionRows.subject(row)))
		.filter((row) => quotes(...wordsOfDecision(row.decision)))
		.map((row) => ({
			kind: 'decision',
			label: row.decision.code,
			href: may(actor, 'read', decisionRows.itemSubject(row)) ? placeOf(row.decision) : null
		}));
}

/** A decision to be looked at again came back as an ordinary item, called by its words. */
function headings(actor: Actor, item: agendas.ItemRow, quotes: Quotes): Quotation[] {
	const rows = decisionRows
		.query()
		.where(eq(decision.itemId, item.id))
		.all()
		.filter(({ again }) => again !== null && again.caseId === null && quotes(again.title));
	return decisionRows.views(actor, rows).flatMap(({ reviewedIn }) => {
		const href = reviewedIn?.href;
		return href ? [{ kind: 'heading' as const, label: reviewedIn.label, href }] : [];
	});
}

/** Where it can be erased: at its item, or with its case; else at an item of its meeting. */
function placeOf(of: { meetingId: string; itemId: string | null }, code?: string): string {
	if (of.itemId === null && code) return `/cases/${code}`;
	return `/meetings/${of.meetingId}${of.itemId === null ? '' : `/${of.itemId}`}`;
}
