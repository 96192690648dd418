import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/*
 * Rights are decided in src/lib/domain/may*: keepers and pages ask. What follows is how they used
 * to decide themselves.
 */

const decides = [
	/\b(asker|actor)\.(outside|administrator|rules|urges)\b/,
	/\broles\[[^\]]+\]!?\s*[!=]==\s*'/,
	/\['chair', 'secretary'\]\.includes/,
	/\brole [!=]== '(chair|secretary)' (&&|\|\|) \w*\.?role [!=]== '(chair|secretary)'/
];

const decidesItself = (source: string) => decides.some((pattern) => pattern.test(source));

test('no keeper and no page decides a right itself', () => {
	const sources = ['src/lib/server', 'src/routes'].flatMap((root) =>
		readdirSync(root, { recursive: true, encoding: 'utf8' })
			.filter((file) => /\.(ts|svelte)$/.test(file) && !/(\.test|testing)\.ts$/.test(file))
			.map((file) => join(root, file))
	);
	expect(sources.length).toBeGreaterThan(200);
	expect(sources.filter((file) => decidesItself(readFileSync(file, 'utf8')))).toEqual([]);
});

test.each([
	"plans: asker.roles[forum.id] === 'chair'",
	"correct: actor.roles[meeting.forumId] !== 'observer'",
	'members: asker.outside ? [] : members',
	'return asker.rules.length > 0;',
	"['chair', 'secretary'].includes(role)",
	"if (role !== 'chair' && role !== 'secretary') throw new Refusal('not_allowed');"
])('it is seen when one does: %s', (source) => {
	expect(decidesItself(source)).toBe(true);
});

test.each([
	"may(asker, 'plan', forums.thing(forum))",
	'role: asker.roles[forum.id] ?? null',
	"members.filter((member) => member.role === 'chair')"
])('and who asks, shows or counts is let be: %s', (source) => {
	expect(decidesItself(source)).toBe(false);
});
