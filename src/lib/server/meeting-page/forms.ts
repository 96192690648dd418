import * as v from 'valibot';
import { erasingReasons } from '#lib/domain/erasure.ts';
import { checkbox, id, line, optionalId } from '#lib/domain/field-shapes.ts';
import { attendanceStatuses, outcomes, stepNames } from '#lib/domain/meeting.ts';
import * as erasures from '#lib/server/erasures/items.ts';
import * as corrections from '#lib/server/meeting-life/corrections.ts';
import * as proceedings from '#lib/server/meeting-life/lifecycle.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as backlogs from '#lib/server/meeting/backlogs.ts';
import { deed } from '#lib/server/web/form-actions.ts';

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
	previewErasing: deed(v.object(selection), (asker, input, params) => ({
		erasing: erasures.preview(asker, params.id!, chosen(input))
	})),
	erase: deed(
		v.object({ ...selection, reason: v.picklist(erasingReasons) }),
		(asker, input, params) =>
			erasures.erase(asker, params.id!, { ...chosen(input), reason: input.reason })
	),
	move: deed(
		v.object({ step: v.picklist(stepNames), reason: v.optional(line, '') }),
		(asker, input, params) => void proceedings.move(asker, params.id!, input.step, input.reason)
	),
	goTo: deed(v.object({ item: optionalId, from: optionalId }), (asker, input, params) =>
		proceedings.goTo(asker, params.id!, input.item, input.from)
	),
	conclude: deed(v.object({ item: id, outcome: orNothing(outcomes) }), (asker, input, params) =>
		proceedings.conclude(asker, params.id!, input.item, input.outcome)
	),
	attendance: deed(
		v.object({ person: id, item: optionalId, status: orNothing(attendanceStatuses) }),
		(asker, input, params) => attendances.set(asker, params.id!, input)
	),
	callDeputy: deed(
		v.object({ deputy: id, for: optionalId, item: optionalId }),
		(asker, input, params) => attendances.callDeputy(asker, params.id!, input)
	),
	endCall: deed(v.object({ call: id }), (asker, input, params) =>
		attendances.endCall(asker, params.id!, input.call)
	),
	appoint: deed(
		v.object({ person: id, role: v.picklist(['chair', 'secretary']), item: optionalId }),
		(asker, input, params) => attendances.appoint(asker, params.id!, input)
	),
	correct: deed(v.object({ item: id, text: line }), (asker, input, params) =>
		corrections.propose(asker, params.id!, input)
	),
	settle: deed(v.object({ id, status: v.picklist(['taken', 'left']) }), (asker, input, params) =>
		corrections.settle(asker, params.id!, input)
	),
	takeOnto: deed(v.object({ id }), (asker, input, params) => ({
		item: backlogs.takeOnto(asker, params.id!, input.id)
	}))
};
