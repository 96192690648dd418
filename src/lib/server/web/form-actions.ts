import { type ActionFailure, error, fail } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Actor } from '#lib/domain/may.ts';
import { Refusal, type RefusalName } from '#lib/domain/refusal.ts';
import { isRefusing } from '#lib/server/db/refusing.ts';
import * as log from '#lib/server/platform/log.ts';
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
 * Runs a form's deed. An expected no becomes a failure with its name, so that the page can say it at the right field; so does
 * a disk that refuses. What does not exist for the person stays a 404.
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

/** Nothing of the deed has been done, and it can be tried again: said at the form, so that what was written stays there. */
function storageRefuses(fault: unknown): Refusal {
	log.fault('door.storage', fault);
	return new Refusal('storage_refuses');
}

/** Reads the body of a request as a form; null when it is none, which parse() refuses. One that is too large stays a 413. */
export async function readForm(request: Request): Promise<FormData | null> {
	try {
		return await request.formData();
	} catch (no) {
		if ((no as { status?: unknown }).status === 413) error(413, 'bad_input');
		return null;
	}
}

/** Parses a form once, at the door. Refuses with bad_input, naming the field. */
export function parse<Schema extends v.GenericSchema>(
	schema: Schema,
	form: FormData | null
): v.InferOutput<Schema> {
	if (!form) throw new Refusal('bad_input');
	const input: Record<string, unknown> = {};
	for (const key of new Set(form.keys())) {
		const all = form.getAll(key);
		input[key] = all.length > 1 ? all : all[0];
	}
	const read = v.safeParse(schema, input);
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

/** A form's deed as a route's action: parsed once, done by a keeper for whoever is signed in, refusals said at the form. */
export function deed<Schema extends v.GenericSchema>(
	schema: Schema,
	work: (asker: Actor, input: v.InferOutput<Schema>, params: Record<string, string>) => unknown
) {
	return async ({
		request,
		locals,
		params
	}: {
		request: Request;
		locals: App.Locals;
		params: Record<string, string | undefined>;
	}) => {
		const form = await readForm(request);
		return attempt(() => {
			const asker = signedIn(locals);
			const result = work(asker, parse(schema, form), params as Record<string, string>);
			return { done: true, ...(typeof result === 'object' ? result : {}) };
		});
	};
}
