import * as v from 'valibot';
import { peopleIn, readAgenda } from '#lib/domain/agenda.ts';
import { date, id, line, optionalId } from '#lib/domain/field-shapes.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import * as actionItems from '#lib/server/action/actions.ts';
import * as caseLists from '#lib/server/case/lists.ts';
import * as decisions from '#lib/server/decision/decisions.ts';
import * as reviews from '#lib/server/decision/reviews.ts';
import * as erasures from '#lib/server/erasures/items.ts';
import * as erasureNotes from '#lib/server/erasures/notes.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as corrections from '#lib/server/meeting-life/corrections.ts';
import { chainForms, chainOf } from '#lib/server/meeting-page/cases.ts';
import { meetingForms } from '#lib/server/meeting-page/forms.ts';
import * as agendaCases from '#lib/server/meeting/agenda-cases.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as backlogs from '#lib/server/meeting/backlogs.ts';
import { history } from '#lib/server/meeting/log.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as talkRights from '#lib/server/talk/rights.ts';
import * as talkViews from '#lib/server/talk/views.ts';
import { setDone } from '#lib/server/web/action-forms.ts';
import * as losses from '#lib/server/web/damage-notices.ts';
import { decide } from '#lib/server/web/decision-forms.ts';
import { deed, formAction, show, signedIn } from '#lib/server/web/form-actions.ts';
import { linksOf } from '#lib/server/web/navigation.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const asker = signedIn(locals);
		const meeting = meetings.read(asker, params.id);
		depends(`meeting:${meeting.id}`);
		// A change of the person's own rights, too, changes what stands here.
		depends(`person:${asker.id}`);
		const handles =
			meeting.handlesCases &&
			may(asker, 'read', { kind: 'case', forum: meeting.forumId, id: null });
		const writes = may(asker, 'write', meetings.thing(meeting));
		const talks = talkViews.ofMeeting(asker, meeting.id);
		for (const talk of talks) depends(`talk:${talk.id}`);
		const headings = agendas.headings(asker, meeting, locals.language);
		return {
			meeting,
			epoch: rooms.epochOf({ kind: 'agenda', id: meeting.id }),
			writes,
			items: rooms.read({ kind: 'agenda', id: meeting.id }, readAgenda),
			rights: {
				run: may(asker, 'run', meetings.thing(meeting)),
				lock: may(asker, 'lock', meetings.thing(meeting)),
				appoint: may(asker, 'appoint', meetings.thing(meeting)),
				erase: erasures.allows(asker, meeting),
				correct: meeting.status === 'review' && asker.roles[meeting.forumId] !== 'observer'
			},
			now: clock.now(),
			links: linksOf(asker, params.id),
			history: history(meeting.id),
			attendances: attendances.of(asker, meeting.id),
			corrections: corrections.of(asker, meeting),
			talks,
			mayPropose: talkRights.mayPropose(asker, meeting),
			waiting: writes ? backlogs.waiting(asker, meeting.forumId) : [],
			headings,
			losses: losses.among([
				{ kind: 'agenda', id: meeting.id },
				...Object.keys(headings.cases).map((id) => ({ kind: 'item' as const, id }))
			]),
			erased: erasureNotes.ofItems(Object.keys(headings.states)),
			chain: chainOf(asker, meeting, locals.language),
			actions: actionItems.ofMeeting(asker, meeting.id),
			decisions: decisions.ofMeeting(asker, meeting.id),
			reviewed: reviews.ofMeeting(asker, meeting.id),
			people: peopleOn(asker, meeting.id).map(({ id, name, title }) => ({ id, name, title })),
			units: units.directory(asker),
			cases: handles
				? caseLists.underWay(asker, locals.language).map(({ id, code, facts, status }) => ({
						id,
						code,
						hint: `${status.label} · ${facts[0]}, ${facts[2]}`
					}))
				: []
		};
	});

/** Whom one can name here: everybody, or for somebody from outside those whom the programme itself names. */
function peopleOn(asker: Actor, meeting: string): people.PersonLabel[] {
	if (may(asker, 'read', { kind: 'directory' })) return people.directory(asker);
	return people.labelled(rooms.read({ kind: 'agenda', id: meeting }, peopleIn));
}

const actionForm = v.object({
	item: optionalId,
	what: line,
	responsible: v.pipe(v.string(), v.maxLength(60)),
	due: date,
	case: optionalId,
	decision: optionalId
});

const caseForm = v.object({ case: id, title: line });

export const actions = {
	action: formAction(actionForm, (actor, input, params) => ({
		created: actionItems.create(actor, { ...input, meeting: params.id! })
	})),
	putCase: formAction(caseForm, (actor, input, params) => ({
		item: agendaCases.putCase(actor, params.id!, input)
	})),
	renameCase: deed(v.object({ item: id, title: line }), (asker, input, params) =>
		agendaCases.renameCase(asker, params.id!, input.item, input.title)
	),
	...meetingForms,
	decide,
	...chainForms,
	done: setDone
} satisfies Actions;
