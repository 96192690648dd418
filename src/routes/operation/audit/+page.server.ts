import * as v from 'valibot';
import { pageNumber } from '#lib/domain/field-shapes.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as checks from '#lib/server/audit/run.ts';
import * as trail from '#lib/server/audit/trail.ts';
import { findingText, seenKindNames } from '#lib/server/audit/words.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

const date = v.fallback(v.nullable(v.pipe(v.string(), v.isoDate())), null);
const filters = v.object({
	kind: v.fallback(v.nullable(v.picklist(seenKindNames)), null),
	subject: v.fallback(v.nullable(v.pipe(v.string(), v.regex(/^[a-z]+:[\w-]{1,60}$/))), null),
	person: v.fallback(v.nullable(v.pipe(v.string(), v.regex(/^[\w-]{1,60}$/))), null),
	from: date,
	to: date,
	page: pageNumber
});

export const load: PageServerLoad = ({ locals, url, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		depends(topicOf('person', actor.id));
		const asked = v.parse(filters, Object.fromEntries(url.searchParams));
		return { asked, ...trail.browse(actor, asked), pageSize: trail.pageSize };
	});

/** Findings that the page lists. */
const most = 50;

export const actions = {
	check: async ({ locals }) => {
		const running = show(() => checks.run(signedIn(locals)));
		const report = await running;
		if (!report) return { report: null };
		const { rows, subjects, seals, findings } = report;
		return {
			report: { rows, subjects, seals },
			findings: findings.slice(0, most).map(findingText),
			more: Math.max(0, findings.length - most)
		};
	}
} satisfies Actions;
