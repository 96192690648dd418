import { type Caller, get } from '../callers.ts';

/* Somebody who follows every link. */

/** A page that did not answer as it should. */
export interface Fault {
	path: string;
	status: number;
	/** The page on which the link stood. */
	from: string;
}

export interface Walk {
	visited: string[];
	faults: Fault[];
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const codes = /[A-Z]{1,4}(-[A-Z])?-[0-9A-Z]+([/_-]\d+)?/g;

/**
 * What pages of a kind have in common: the path without ids and codes, and which questions it
 * asks.
 */
function patternOf(path: string): string {
	const { pathname, searchParams } = new URL(path, 'http://a');
	const kind = decodeURIComponent(pathname).replace(uuid, ':id').replace(codes, ':code');
	return [kind, ...[...new Set(searchParams.keys())].sort()].join(' ');
}

/**
 * Goes from these pages to every page that links lead to: at most `most` of a kind, one of each way
 * to filter or sort it, and all that `whole` matches.
 */
export async function walk(
	who: Caller,
	starts: string[],
	most: number,
	whole: RegExp
): Promise<Walk> {
	const seen = new Map(starts.map((start) => [start, '']));
	const counts = new Map<string, number>();
	const [visited, faults]: [string[], Fault[]] = [[], []];
	const waiting = [...starts];
	for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
		const answer = await get(who, path);
		const text = await answer.text();
		visited.push(path);
		const from = seen.get(path) ?? '';
		if (answer.status >= 400) faults.push({ path, status: answer.status, from });
		for (const link of linksIn(text, answer, path)) {
			if (seen.has(link)) continue;
			const pattern = patternOf(link);
			const count = counts.get(pattern) ?? 0;
			const enough = count >= (link.includes('?') ? 1 : most);
			if (enough && !whole.test(link)) continue;
			counts.set(pattern, count + 1);
			seen.set(link, path);
			waiting.push(link);
		}
	}
	return { visited, faults };
}

/** Addresses of our own that a page leads to: by a link, or by sending on. */
function linksIn(text: string, answer: Response, path: string): string[] {
	const here = new URL(path, 'http://a');
	const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
	const anchors = isPage ? [...text.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)] : [];
	return [answer.headers.get('location') ?? '', ...anchors.map(([, href = '']) => href)]
		.filter((href) => href !== '')
		.map((href) => new URL(href.replaceAll('&amp;', '&'), here))
		.filter(({ origin }) => origin === here.origin)
		.map(({ pathname, search }) => pathname + search);
}
