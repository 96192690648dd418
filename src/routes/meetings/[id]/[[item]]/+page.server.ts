import * as v from 'valibot';
import { peopleIn, readAgenda } from '#lib/domain/agenda.ts';
import { date, id, line, optionalId } from '#lib/domain/field-shapes.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { isUnderWay } from '#lib/domain/meeting.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as actionItems from '#lib/server/action/actions.ts';
import * as caseLists from '#lib/server/case/lists.ts';
import * as decisions from '#lib/server/decision/decisions.ts';
import * as reviews from '#lib/server/decision/reviews.ts';
import * as erasures from '#lib/server/erasures/items.ts';
import * as erasureNotes from '#lib/server/erasures/notes.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as corrections from '#lib/server/meeting-life/corrections.ts';
import { caseHandlingForms, caseHandlingOf } from '#lib/server/meeting-page/cases.ts';
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
import * as damageNotices from '#lib/server/web/damage-notices.ts';
import { decide } from '#lib/server/web/decision-forms.ts';
import { formAction, show, signedIn } from '#lib/server/web/form-actions.ts';
import { linksOf } from '#lib/server/web/navigation.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const meeting = meetings.read(actor, params.id);
		depends(topicOf('meeting', meeting.id));
		// A change of the person's own rights, too, changes what stands here.
		depends(topicOf('person', actor.id));
		const handles =
			meeting.handlesCases &&
			may(actor, 'read', { kind: 'case', forum: meeting.forumId, id: null });
		const writes = may(actor, 'write', meetings.subject(meeting));
		const talks = talkViews.ofMeeting(actor, meeting.id);
		for (const talk of talks) depends(topicOf('talk', talk.id));
		const headings = agendas.headings(actor, meeting, locals.language);
		return {
			meeting,
			epoch: rooms.epochOf({ kind: 'agenda', id: meeting.id }),
			writes,
			items: rooms.read({ kind: 'agenda', id: meeting.id }, readAgenda),
			rights: {
				run: may(actor, 'run', meetings.subject(meeting)),
				lock: may(actor, 'lock', meetings.subject(meeting)),
				appoint: may(actor, 'appoint', meetings.subject(meeting)),
				erase: erasures.allows(actor, meeting),
				settle: corrections.maySettle(actor, meeting)
			},
			running: isUnderWay(meeting.status),
			now: clock.now(),
			links: linksOf(actor, params.id),
			history: history(meeting.id),
			attendances: attendances.of(actor, meeting.id),
			corrections: corrections.of(actor, meeting),
			talks,
			mayPropose: talkRights.mayPropose(actor, meeting),
			waiting: writes ? backlogs.waiting(actor, meeting.forumId) : [],
			headings,
			losses: damageNotices.among([
				{ kind: 'agenda', id: meeting.id },
				...Object.keys(headings.cases).map((id) => ({ kind: 'item' as const, id }))
			]),
			erased: erasureNotes.ofItems(Object.keys(headings.states)),
			caseHandling: caseHandlingOf(actor, meeting, locals.language),
			actions: actionItems.ofMeeting(actor, meeting.id),
			decisions: decisions.ofMeeting(actor, meeting.id),
			reviewed: reviews.ofMeeting(actor, meeting.id),
			people: peopleOn(actor, meeting.id).map(({ id, name, title }) => ({ id, name, title })),
			units: units.directory(actor),
			cases: handles
				? caseLists.underWay(actor, locals.language).map(({ id, code, facts, status }) => ({
						id,
						code,
						hint: `${status.label} · ${facts[0]}, ${facts[2]}`
					}))
				: []
		};
	});

/**
 * Whom one can name here: everybody, or for somebody from outside those whom the programme itself
 * names.
 */
function peopleOn(actor: Actor, meeting: string): people.PersonLabel[] {
	if (may(actor, 'read', { kind: 'directory' })) return people.directory(actor);
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
	renameCase: formAction(v.object({ item: id, title: line }), (actor, input, params) =>
		agendaCases.renameCase(actor, params.id!, input.item, input.title)
	),
	...meetingForms,
	decide,
	...caseHandlingForms,
	done: setDone
} satisfies Actions;
