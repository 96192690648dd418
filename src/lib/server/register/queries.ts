import * as v from 'valibot';
import { actionFilters, type ActionOrder, actionOrders, actionScopes } from '#lib/domain/action.ts';
import { pageNumber } from '#lib/domain/field-shapes.ts';
import { outcomeFilters } from '#lib/domain/outcome.ts';
import { periodPattern } from '#lib/domain/period.ts';
import { recommended } from '#lib/domain/recommendation.ts';
import { type RulingFilter, rulingFilters } from '#lib/domain/ruling.ts';
import type { ActionQuery } from '#lib/server/action/register.ts';
import type { RegisterQuery } from './decision-register.ts';
import type { RulingQuery } from './ruling-register.ts';

/*
 * What the address of a register may ask for: the same on its page and in what is exported from
 * it. What makes no sense is not asked.
 */

/** One of them, or nothing chosen. */
function orNothing<Schema extends v.GenericSchema>(schema: Schema) {
	return v.fallback(v.nullable(schema), null);
}

const code = v.pipe(v.string(), v.minLength(1), v.maxLength(20));
export const period = orNothing(v.pipe(v.string(), v.regex(periodPattern)));
const q = v.fallback(v.pipe(v.string(), v.trim(), v.maxLength(200)), '');

const decisions = v.object({
	forum: orNothing(code),
	kind: orNothing(v.picklist(['decision', 'recommendation'])),
	period,
	outcome: orNothing(v.picklist(recommended)),
	became: v.fallback(v.picklist(outcomeFilters), 'any'),
	q,
	page: pageNumber
});

export function decisionQuery(address: URLSearchParams): RegisterQuery {
	return v.parse(decisions, Object.fromEntries(address));
}

/** `usual`: what is asked for when the address says nothing. */
export function rulingQuery(address: URLSearchParams, usual: RulingFilter): RulingQuery {
	const rulings = v.object({
		status: v.fallback(v.picklist(rulingFilters), usual),
		track: orNothing(code),
		period,
		q,
		page: pageNumber
	});
	return v.parse(rulings, Object.fromEntries(address));
}

/** `-due` is by deadline, the last first. */
const orders = actionOrders.flatMap((order) => [order, `-${order}`] as const);
const actions = v.object({
	scope: v.fallback(v.picklist(actionScopes), 'mine'),
	status: v.fallback(v.picklist(actionFilters), 'open'),
	forum: orNothing(code),
	sort: v.fallback(v.picklist(orders), 'due'),
	page: pageNumber
});

export function actionQuery(address: URLSearchParams): ActionQuery {
	const { sort, ...asked } = v.parse(actions, Object.fromEntries(address));
	const down = sort.startsWith('-');
	return { ...asked, order: (down ? sort.slice(1) : sort) as ActionOrder, down };
}
