import * as v from 'valibot';
import { checkbox } from '#lib/domain/field-shapes.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as feeds from '#lib/server/notices/feeds.ts';
import * as settings from '#lib/server/notices/settings.ts';
import { address, mailMode } from '#lib/server/start/start.ts';
import { formAction, formQuestion, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		depends(topicOf('person', actor.id));
		return {
			settings: settings.of(actor.id),
			email: people.find(actor.id)?.email ?? null,
			mail: mailMode(),
			feedSince: feeds.openSince(actor)
		};
	});

const time = v.pipe(v.string(), v.isoTime());

export const actions = {
	choose: formAction(
		v.object({ digest: checkbox, calls: checkbox, from: time, until: time, daysOff: checkbox }),
		(actor, { digest, calls, ...quiet }) => settings.choose(actor, { digest, calls, quiet })
	),
	// The address is a secret: the answer is not noted.
	openFeed: formQuestion(v.object({}), (actor) => ({
		feed: `${address()}/feeds/${feeds.open(actor)}.ics`
	})),
	closeFeed: formAction(v.object({}), (actor) => {
		feeds.close(actor);
		return { closed: true };
	})
} satisfies Actions;
