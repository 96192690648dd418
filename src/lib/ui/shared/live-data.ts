import { browser } from '$app/environment';
import { invalidate } from '$app/navigation';
import { events } from '#lib/live/events.svelte.ts';

/**
 * Reads a page's data again whenever one of these topics changes on the server. The stream carries ids only; the load is
 * authorised each time. Returns what ends it, so that it can be an effect's whole body.
 */
export function followTopics(topics: string[]): () => void {
	if (!browser) return () => undefined;
	return events().watch(topics, (topic) => void invalidate(topic));
}
