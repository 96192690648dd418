import * as v from 'valibot';
import { optionalId } from '#lib/domain/field-shapes.ts';
import { talkStatuses, type TalkStepName } from '#lib/domain/talk.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as talks from '#lib/server/talk/talks.ts';
import * as talkViews from '#lib/server/talk/views.ts';
import * as losses from '#lib/server/web/damage-notices.ts';
import { attempt, parse, readForm, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const asker = signedIn(locals);
		const talk = talkViews.read(asker, params.id);
		depends(`talk:${talk.id}`);
		// A change of the person's own rights, too, changes what stands here.
		depends(`person:${asker.id}`);
		return {
			talk,
			losses: losses.among([{ kind: 'talk', id: talk.id }]),
			people: people.directory(asker).map(({ id, name, title }) => ({ id, name, title })),
			units: units.directory(asker)
		};
	});

/** Each deed with the talk: its form's shape, and what the keeper does. */
function deed<Schema extends v.GenericSchema>(
	schema: Schema,
	work: (asker: App.Locals['actor'] & object, talk: string, input: v.InferOutput<Schema>) => void
) {
	return async ({ request, locals, params }: RequestEvent) => {
		const form = await readForm(request);
		return attempt(() => {
			work(signedIn(locals), params.id, parse(schema, form));
			return { done: true };
		});
	};
}

/** A step is taken from the state in which the person saw the talk. */
function step(name: TalkStepName) {
	return deed(v.object({ seen: v.picklist(talkStatuses) }), (asker, talk, { seen }) =>
		talks.take(asker, talk, name, seen)
	);
}

export const actions = {
	accept: step('accept'),
	decline: step('decline'),
	confirm: step('confirm'),
	withdraw: step('withdraw'),
	place: deed(v.object({ after: optionalId }), (asker, talk, { after }) => {
		talks.place(asker, talk, after);
	}),
	takeOut: deed(v.object({}), (asker, talk) => talks.takeOut(asker, talk)),
	words: deed(v.object({ takeOver: v.picklist(['true', 'false']) }), (asker, talk, input) =>
		talks.settleWords(asker, talk, input.takeOver === 'true')
	)
} satisfies Actions;
