import * as v from 'valibot';
import { optionalId } from '#lib/domain/field-shapes.ts';
import type { Actor } from '#lib/domain/may.ts';
import { talkStatuses, type TalkStepName } from '#lib/domain/talk.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as talks from '#lib/server/talk/talks.ts';
import * as talkViews from '#lib/server/talk/views.ts';
import * as damageNotices from '#lib/server/web/damage-notices.ts';
import { formAction, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const talk = talkViews.read(actor, params.id);
		depends(topicOf('talk', talk.id));
		// A change of the person's own rights, too, changes what stands here.
		depends(topicOf('person', actor.id));
		return {
			talk,
			losses: damageNotices.among([{ kind: 'talk', id: talk.id }]),
			people: people.directory(actor).map(({ id, name, title }) => ({ id, name, title })),
			units: units.directory(actor)
		};
	});

/** A form about the talk of the address. */
function onTalk<Schema extends v.GenericSchema>(
	schema: Schema,
	work: (actor: Actor, talk: string, input: v.InferOutput<Schema>) => void
) {
	return formAction(schema, (actor, input, params) => work(actor, params.id!, input));
}

/** A step is taken from the state in which the person saw the talk. */
function step(name: TalkStepName) {
	return onTalk(v.object({ seen: v.picklist(talkStatuses) }), (actor, talk, { seen }) =>
		talks.take(actor, talk, name, seen)
	);
}

export const actions = {
	accept: step('accept'),
	decline: step('decline'),
	confirm: step('confirm'),
	withdraw: step('withdraw'),
	place: onTalk(v.object({ after: optionalId }), (actor, talk, { after }) => {
		talks.place(actor, talk, after);
	}),
	takeOut: onTalk(v.object({}), (actor, talk) => talks.takeOut(actor, talk)),
	words: onTalk(v.object({ takeOver: v.picklist(['true', 'false']) }), (actor, talk, input) =>
		talks.settleWords(actor, talk, input.takeOver === 'true')
	)
} satisfies Actions;
