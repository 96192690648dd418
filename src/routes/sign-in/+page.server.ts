import { redirect } from '@sveltejs/kit';
import { localPath } from '#lib/server/auth/path.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as people from '#lib/server/municipality/people.ts';
import { env } from '#lib/server/start/start.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const to = localPath(url.searchParams.get('to'));
	if (locals.actor) redirect(303, to);
	return { to, groups: env().mode === 'demo' ? madeUpPeople() : null };
};

/** The demo's people under the forum they have most to do with; the rest last. */
function madeUpPeople() {
	const everybody = people.everybody();
	const placed = new Set<string>();
	const groups = ['BR', 'OBG', 'BSF'].flatMap((code) => {
		const forum = forums.findByCode(code);
		if (!forum) return [];
		const members = forums
			.members(forum.id)
			.filter((member) => !placed.has(member.person))
			.map((member) => {
				placed.add(member.person);
				const person = everybody.find((one) => one.id === member.person)!;
				return { ...label(person), role: member.role };
			});
		return [{ name: forum.name, members }];
	});
	const others = everybody.filter((person) => !placed.has(person.id));
	return [
		...groups,
		{ name: null, members: others.map((person) => ({ ...label(person), role: null })) }
	];
}

function label({ code, name, title }: { code: string; name: string; title: string }) {
	return { code, name, title };
}
