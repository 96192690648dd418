import { error, json } from '@sveltejs/kit';
import * as v from 'valibot';
import { parseRoomName } from '#lib/domain/document.ts';
import { handlerOf } from '#lib/server/live/document-kinds.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';

const asked = v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(500));

/** How it stands with the documents that a browser has copies of, by the name of their room. */
export async function POST({ request, locals }) {
	const person = signedIn(locals).id;
	const names = v.safeParse(asked, await request.json().catch(() => null));
	if (!names.success) error(400, 'bad_input');
	return json(Object.fromEntries(names.output.map((name) => [name, standing(person, name)])));
}

function standing(person: string, name: string): 'current' | 'erased' | 'no_access' {
	const room = parseRoomName(name);
	const access = room && handlerOf(room.name.kind)?.access(person, room.name.id);
	if (!room || !access) return 'no_access';
	return room.epoch === rooms.epochOf(room.name) ? 'current' : 'erased';
}
