import * as v from 'valibot';
import { erasingReasons } from '#lib/domain/erasure.ts';
import { checkbox, id, line, optionalId } from '#lib/domain/field-shapes.ts';
import { attendanceStatuses, outcomes, stepNames } from '#lib/domain/meeting.ts';
import * as erasures from '#lib/server/erasures/items.ts';
import * as corrections from '#lib/server/meeting-life/corrections.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as backlogs from '#lib/server/meeting/backlogs.ts';
import { formAction, formQuestion } from '#lib/server/web/form-actions.ts';

/* The forms of the meeting page that move it through its life. */

/** A value of the list, or nothing chosen. */
const orNothing = <const Options extends readonly string[]>(options: Options) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.transform((text) => (text === '' ? null : text)),
		v.nullable(v.picklist(options))
	);

/** Lines of a text, or its whole. As many as an item can hold. */
const selection = {
	item: id,
	whole: checkbox,
	selected: v.optional(v.pipe(v.string(), v.maxLength(100_000)), '')
};
const chosen = (input: { item: string; whole: boolean; selected: string }) => ({
	item: input.item,
	selection: input.whole ? null : input.selected
});

export const meetingForms = {
	previewErasing: formQuestion(v.object(selection), (actor, input, params) => ({
		erasing: erasures.preview(actor, params.id!, chosen(input))
	})),
	erase: formAction(
		v.object({ ...selection, reason: v.picklist(erasingReasons) }),
		(actor, input, params) =>
			erasures.erase(actor, params.id!, { ...chosen(input), reason: input.reason })
	),
	move: formAction(
		v.object({ step: v.picklist(stepNames), reason: v.optional(line, '') }),
		(actor, input, params) => void lifecycle.move(actor, params.id!, input.step, input.reason)
	),
	goTo: formAction(v.object({ item: optionalId, from: optionalId }), (actor, input, params) =>
		lifecycle.goTo(actor, params.id!, input.item, input.from)
	),
	conclude: formAction(
		v.object({ item: id, outcome: orNothing(outcomes) }),
		(actor, input, params) => lifecycle.conclude(actor, params.id!, input.item, input.outcome)
	),
	attendance: formAction(
		v.object({ person: id, item: optionalId, status: orNothing(attendanceStatuses) }),
		(actor, input, params) => attendances.set(actor, params.id!, input)
	),
	callDeputy: formAction(
		v.object({ deputy: id, for: optionalId, item: optionalId }),
		(actor, input, params) => attendances.callDeputy(actor, params.id!, input)
	),
	endCall: formAction(v.object({ call: id }), (actor, input, params) =>
		attendances.endCall(actor, params.id!, input.call)
	),
	appoint: formAction(
		v.object({ person: id, role: v.picklist(['chair', 'secretary']), item: optionalId }),
		(actor, input, params) => attendances.appoint(actor, params.id!, input)
	),
	correct: formAction(v.object({ item: id, text: line }), (actor, input, params) =>
		corrections.propose(actor, params.id!, input)
	),
	settle: formAction(
		v.object({ id, status: v.picklist(['taken', 'left']) }),
		(actor, input, params) => corrections.settle(actor, params.id!, input)
	),
	takeOnto: formAction(v.object({ id }), (actor, input, params) => ({
		item: backlogs.takeOnto(actor, params.id!, input.id)
	}))
};
