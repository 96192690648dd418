import { error } from '@sveltejs/kit';

/** A form's fields: one value, or all of those that have the same name. */
export type Fields = ReadonlyMap<string, string | string[]>;

/** More than any form of ours has, few enough that no loop over them takes time. */
export const mostFields = 500;

const formContent = 'application/x-www-form-urlencoded';

/**
 * The fields of a form that was sent, read in one pass. Null when it is none, or has more than 500
 * fields: they are counted before anything is made of them. One that is too large stays a 413.
 */
export async function readFields(request: Request): Promise<Fields | null> {
	try {
		const type = request.headers.get('content-type') ?? '';
		const [name] = type.split(';', 1);
		if (name?.trim().toLowerCase() === formContent) {
			const text = await request.text();
			return hasFewer(text, '&') ? gather(new URLSearchParams(text)) : null;
		}
		const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type);
		if (!boundary) return null;
		const bytes = Buffer.from(await request.arrayBuffer());
		if (!hasFewer(bytes, `--${boundary[1] ?? boundary[2]}`)) return null;
		return gather(await new Response(bytes, { headers: { 'content-type': type } }).formData());
	} catch (no) {
		if ((no as { status?: unknown }).status === 413) error(413, 'bad_input');
		return null;
	}
}

/** Whether a body has so few separators that it can hold no more fields than a form may have. */
function hasFewer(body: string | Buffer, separator: string): boolean {
	let at = -1;
	for (let count = 0; count <= mostFields; count++) {
		at = body.indexOf(separator, at + 1);
		if (at < 0) return true;
	}
	return false;
}

/** Null when a file is among them: no form of ours sends one. */
function gather(sent: Iterable<[string, FormDataEntryValue]>): Fields | null {
	const fields = new Map<string, string | string[]>();
	let count = 0;
	for (const [name, value] of sent) {
		if (++count > mostFields || typeof value !== 'string') return null;
		const known = fields.get(name);
		if (known === undefined) fields.set(name, value);
		else if (typeof known === 'string') fields.set(name, [known, value]);
		else known.push(value);
	}
	return fields;
}

/** The one value of a field; undefined when there is none, or more than one. */
export function textOf(fields: Fields | null, name: string): string | undefined {
	const value = fields?.get(name);
	return typeof value === 'string' ? value : undefined;
}
