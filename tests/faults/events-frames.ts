import { randomUUID } from 'node:crypto';
import type { Chance } from './chance.ts';

/*
 * What no page of ours says on the socket of events, or what a page that is somebody else's would
 * say.
 */

/** As text, as bytes, or bytes that are said to be text. */
export interface Said {
	data: string | Uint8Array;
	binary: boolean;
}

/** One of them; `others` are topics that exist and are not the sender's to hear of. */
export function badWish(chance: Chance, others: string[]): Said {
	const said = chance.of(kinds)(chance, others);
	return typeof said === 'string' ? { data: said, binary: false } : said;
}

const most = 64 * 1024;
const topics = ['meeting', 'agenda', 'case', 'forum', 'person', 'talk'];

const kinds: ((chance: Chance, others: string[]) => string | Said)[] = [
	(chance) => ({ data: chance.bytes(chance.below(300)), binary: true }),
	// Bytes that are no text, said to be one.
	(chance) => ({ data: chance.bytes(1 + chance.below(300)), binary: false }),
	(chance) => String.fromCharCode(...chance.bytes(chance.below(200))),
	(chance) => wish(chance, 3).slice(0, -1 - chance.below(20)),
	(chance) => turned(wish(chance, 2), chance),
	(chance) => `{"subscribe":${'['.repeat(chance.below(30_000))}`,
	(chance) => nested(1 + chance.below(20_000)),
	(chance) =>
		JSON.stringify({ [chance.of(['__proto__', 'constructor', 'changed', 'tell'])]: ['meeting:a'] }),
	(chance) =>
		JSON.stringify({ subscribe: chance.of([null, 7, 'meeting:a', {}, [[]], [null], ['']]) }),
	(chance) =>
		JSON.stringify({
			subscribe: [chance.of(['meeting:', ':a', 'meeting:../x', 'MEETING:a', "case:' OR 1=1"])]
		}),
	(chance) => chance.of(['null', '[]', '0', '""', '{}', 'true', '1e999', '']),
	// Far too much, just too much, and as much as there is room for: none of it there.
	(chance) => 'x'.repeat(chance.once(20) ? 1024 * 1024 + 1 : most + 1),
	(chance) => wish(chance, 1 + chance.below(1300)),
	(chance) => wish(chance, 1 + chance.below(300)),
	(chance) => JSON.stringify({ unsubscribe: Array(chance.below(4000)).fill('case:nothing') }),
	// Others' own, and the same again and again.
	(chance, others) => JSON.stringify({ subscribe: [chance.of(others), chance.of(others)] }),
	(chance, others) =>
		JSON.stringify({ subscribe: Array(chance.below(900)).fill(chance.of(others)) })
];

/** Well-formed: so many topics that nobody may hear of. */
function wish(chance: Chance, many: number): string {
	const subscribe = Array.from({ length: many }, () => `${chance.of(topics)}:${randomUUID()}`);
	return JSON.stringify({ subscribe });
}

function turned(text: string, chance: Chance): string {
	const at = chance.below(text.length);
	return text.slice(0, at) + String.fromCharCode(chance.below(128)) + text.slice(at + 1);
}

function nested(levels: number): string {
	return `{"subscribe":${'['.repeat(levels)}${']'.repeat(levels)}}`;
}
