import { invalidate } from '$app/navigation';
import { navigating } from '$app/state';
import { untrack } from 'svelte';
import type { Topic } from '#lib/domain/topic.ts';
import { events } from '#lib/live/events/events.svelte.ts';

const changed = new Set<string>();

/**
 * Reads a page's data again whenever one of these topics changes on the server. The stream
 * carries ids only; the load is authorised each time. For a component's own script. Topics are
 * compared by what they say: a list that each reading makes anew is no other list, and watching
 * it anew would read again without end.
 */
export function followTopics(topics: () => readonly Topic[]): void {
	const said = $derived(topics().join(' '));
	$effect(() => {
		const names = said.split(' ').filter(Boolean);
		// Whether the socket is open is no reason to watch anew: it subscribes by itself when it opens.
		return untrack(() => events().watch(names, readAgain));
	});
}

/** However many topics a command has changed, the page is read once. */
export function readAgain(topic: string): void {
	if (changed.size === 0) queueMicrotask(() => void readChanged());
	changed.add(topic);
}

async function readChanged(): Promise<void> {
	// Kit drops a navigation that is under way when something is read again: whoever is leaving is
	// let go first.
	await navigating.complete?.catch(() => undefined);
	const now = new Set(changed);
	changed.clear();
	await invalidate((url) => now.has(url.href));
}
