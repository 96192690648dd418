import * as v from 'valibot';
import { id, line } from '#lib/domain/field-shapes.ts';
import { may } from '#lib/domain/may.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as labels from '#lib/server/history/labels.ts';
import * as restorations from '#lib/server/history/restorations.ts';
import * as views from '#lib/server/history/views.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as versions from '#lib/server/version/versions.ts';
import { formAction, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

/** 'now' is the text as it stands; what is none of the meeting's versions is looked for in vain. */
const choice = v.fallback(v.nullable(v.union([v.literal('now'), id])), null);
const asked = v.object({ from: choice, to: choice, who: v.fallback(v.picklist(['on', '']), '') });

export const load: PageServerLoad = ({ locals, params, url, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const meeting = versions.readable(actor, params.id);
		depends(topicOf('meeting', meeting.id), topicOf('person', actor.id));
		const search = v.parse(asked, Object.fromEntries(url.searchParams));
		const kept = versions.of(actor, meeting.id);
		const from = search.from ?? kept[0]?.id ?? null;
		const to = search.to ?? 'now';
		const items =
			from === null ? [] : views.compare(actor, meeting, versionOf(from), versionOf(to));
		// Without a question of one's own everything is shown.
		const who = url.searchParams.has('from') ? search.who === 'on' : true;
		const names = people.labelled(views.writersIn(items));
		return {
			meeting,
			versions: kept,
			chosen: { from, to, who },
			now: clock.now(),
			keeps: may(actor, 'write', meetings.subject(meeting)),
			items,
			writers: Object.fromEntries(names.map((one) => [one.id, one.name])),
			labels: labels.among(views.mentionsIn(items), labels.of(actor, locals.language)),
			headings: agendas.headings(actor, meeting, locals.language)
		};
	});

/** Which of an item's texts is brought back. */
const part = v.optional(v.picklist(['minutes', 'recommendation']), 'minutes');

function versionOf(choice: string): string | null {
	return choice === 'now' ? null : choice;
}

export const actions = {
	keep: formAction(v.object({ name: line }), (actor, input, params) => {
		versions.keep(actor, params.id!, input.name);
		return { kept: true };
	}),
	restore: formAction(v.object({ version: id, item: id, part }), (actor, input, params) => {
		restorations.restore(actor, params.id!, input.version, input.item, input.part);
		return { restored: input.item };
	})
} satisfies Actions;
