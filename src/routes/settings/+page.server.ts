import * as v from 'valibot';
import { checkbox } from '#lib/domain/field-shapes.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as feeds from '#lib/server/notices/feeds.ts';
import * as settings from '#lib/server/notices/settings.ts';
import { address, mailMode } from '#lib/server/start/start.ts';
import { deed, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, depends }) =>
	show(() => {
		const asker = signedIn(locals);
		depends(`person:${asker.id}`);
		return {
			settings: settings.of(asker.id),
			email: people.find(asker.id)?.email ?? null,
			mail: mailMode(),
			feedSince: feeds.openSince(asker)
		};
	});

const time = v.pipe(v.string(), v.isoTime());

export const actions = {
	choose: deed(
		v.object({ digest: checkbox, calls: checkbox, from: time, until: time, daysOff: checkbox }),
		(asker, { digest, calls, ...quiet }) => settings.choose(asker, { digest, calls, quiet })
	),
	openFeed: deed(v.object({}), (asker) => ({
		feed: `${address()}/feeds/${feeds.open(asker)}.ics`
	})),
	closeFeed: deed(v.object({}), (asker) => {
		feeds.close(asker);
		return { closed: true };
	})
} satisfies Actions;
