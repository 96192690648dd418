import { type ActionFailure, error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { formFields } from '#lib/domain/form-fields.ts';
import type { Actor } from '#lib/domain/may.ts';
import { Refusal, type RefusalName } from '#lib/domain/refusal.ts';
import * as commands from '#lib/server/command/commands.ts';
import { isRefusing } from '#lib/server/db/refusing.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as log from '#lib/server/platform/log.ts';
import { type Fields, readFields, textOf } from './fields.ts';
import { type RefusalView, viewOf } from './refusals.ts';

/* What routes do with what comes in and with what a keeper refuses. */

const statuses: Partial<Record<RefusalName, number>> = {
	not_found: 404,
	not_signed_in: 401,
	not_allowed: 403,
	identifier_in_items: 409,
	meeting_locked: 409,
	already_done: 409,
	already_member: 409,
	last_chair: 409,
	case_has_item: 409,
	changed_meanwhile: 409,
	already_offered: 409,
	offer_settled: 409,
	version_damaged: 409,
	text_erased: 409,
	wrong_state: 409,
	dwelling_taken: 409,
	already_adopted: 409,
	rules_itself: 403,
	closed_to_them: 409,
	deputy_rules: 409,
	storage_refuses: 503
};

/** Runs a load; what does not exist for the person is the same 404 as what does not exist. */
export function show<Result>(work: () => Result): Result {
	try {
		return work();
	} catch (no) {
		if (no instanceof Refusal)
			error(no.reason === 'not_found' ? 404 : (statuses[no.reason] ?? 400), no.reason);
		throw no;
	}
}

/**
 * Runs a form's command. An expected no becomes a failure with its name, so that the page can say
 * it at the right field; so does a disk that refuses. What does not exist for the person stays a
 * 404.
 */
export function attempt<Result>(
	work: () => Result
): Result | ActionFailure<{ refusal: RefusalView }> {
	try {
		return work();
	} catch (fault) {
		const no = isRefusing(fault) ? storageRefuses(fault) : fault;
		if (!(no instanceof Refusal)) throw no;
		if (no.reason === 'not_found') error(404, no.reason);
		return fail(statuses[no.reason] ?? 400, { refusal: viewOf(no) });
	}
}

/**
 * Nothing of the command has been done, and it can be tried again: said at the form, so that what
 * was written stays there.
 */
function storageRefuses(fault: unknown): Refusal {
	log.fault('door.storage', fault);
	return new Refusal('storage_refuses');
}

/** The fields of a form that was sent; null when it is none, which parse() refuses. */
export { readFields as readForm } from './fields.ts';

/** Parses a form once, at the door. Refuses with bad_input, naming the field. */
export function parse<Schema extends v.GenericSchema>(
	schema: Schema,
	form: Fields | null
): v.InferOutput<Schema> {
	if (!form) throw new Refusal('bad_input');
	const read = v.safeParse(schema, Object.fromEntries(form));
	if (read.success) return read.output;
	const issue = read.issues[0];
	const field = v.getDotPath(issue) ?? undefined;
	throw new Refusal('bad_input', field === undefined ? {} : { field });
}

/** Who asks. The hook lets nobody without a session come this far; a fault if it ever did. */
export function signedIn(locals: App.Locals): Actor {
	if (!locals.actor) error(401, 'not_signed_in');
	return locals.actor;
}

/** Where a form leads when it has been done: what an action's `work` returns to go on. */
export class GoTo {
	readonly path: string;
	constructor(path: string) {
		this.path = path;
	}
}

interface FormEvent {
	request: Request;
	locals: App.Locals;
	url: URL;
	params: Record<string, string | undefined>;
}

/**
 * A form as a route's action: parsed once, carried out by a keeper for whoever is signed in,
 * refusals said at the form. What `work` returns is the answer: ids and codes, or a page to go
 * to. A form with a one-time id (ui/shared/Form.svelte) is carried out once however often it is
 * sent, and all that its keeper writes is one transaction.
 */
export function formAction<Schema extends v.GenericSchema>(
	schema: Schema,
	work: (
		actor: Actor,
		input: v.InferOutput<Schema>,
		params: Record<string, string>,
		fields: Fields,
		url: URL
	) => unknown
) {
	return action(schema, work, onceIn);
}

/**
 * A form that asks and changes nothing, such as a preview, or whose answer must not be kept: it is
 * carried out whenever it is sent.
 */
export function formQuestion<Schema extends v.GenericSchema>(
	schema: Schema,
	work: Parameters<typeof formAction<Schema>>[1]
) {
	return action(schema, work, (_event, _fields, run) => run());
}

function action<Schema extends v.GenericSchema>(
	schema: Schema,
	work: Parameters<typeof formAction<Schema>>[1],
	carryOut: (event: FormEvent, fields: Fields, run: () => commands.Answer) => commands.Answer
) {
	return async (event: FormEvent) => {
		const actor = signedIn(event.locals);
		const fields = await readFields(event.request);
		const done = attempt(() => {
			if (!fields) throw new Refusal('bad_input');
			return carryOut(event, fields, () => {
				const params = event.params as Record<string, string>;
				return answerOf(work(actor, parse(schema, fields), params, fields, event.url));
			});
		});
		if (isFailure(done)) return withWords(done, event.request, fields);
		if (typeof done[goOn] === 'string') redirect(303, done[goOn]);
		return { done: true, ...done };
	};
}

/** The name under which an answer holds the page to go to. */
const goOn = 'goTo';

function answerOf(result: unknown): commands.Answer {
	if (result instanceof GoTo) return { [goOn]: result.path };
	return typeof result === 'object' && result !== null ? { ...(result as commands.Answer) } : {};
}

function onceIn(event: FormEvent, fields: Fields, run: () => commands.Answer): commands.Answer {
	const id = textOf(fields, formFields.id);
	if (!id) return run();
	// A keeper that freezes a text first takes in what is on its way. In a transaction it cannot.
	rooms.flush();
	const { pathname, search } = event.url;
	const sent = [...fields].filter(([name]) => name !== formFields.id);
	const person = signedIn(event.locals).id;
	return commands.once({ id, person, address: pathname + search, fields: sent }, run);
}

type Failed = ActionFailure<{ refusal: RefusalView }>;

function isFailure(result: commands.Answer | Failed): result is Failed {
	return 'status' in result && 'data' in result;
}

/**
 * Without scripts the page that says the refusal is a new one: it gets back what was sent, so
 * that the form that it came from can show it.
 */
function withWords({ status, data }: Failed, request: Request, fields: Fields | null) {
	const scripted = request.headers.get('x-sveltekit-action') === 'true';
	return fail(status, scripted || !fields ? data : { ...data, sent: Object.fromEntries(fields) });
}
