import { browser } from '$app/environment';
import { untrack } from 'svelte';
import { events } from '#lib/live/events/events.svelte.ts';
import { readAgain } from '#lib/ui/shared/live-data.svelte.ts';

/** Milliseconds between two readings. A title that is being typed changes with every stroke. */
const pause = 500;

/**
 * As followTopics, but calmly: reads at once what changes seldom, and now and then what changes
 * all the time. Returns what ends it.
 */
export function followCalmly(topics: string[]): () => void {
	if (!browser || topics.length === 0) return () => undefined;
	let waiting = new Set<string>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	const read = () => {
		timer = waiting.size > 0 ? setTimeout(read, pause) : undefined;
		for (const topic of waiting) readAgain(topic);
		waiting = new Set();
	};
	const hear = (topic: string) => {
		waiting.add(topic);
		// A moment, so that all that a socket tells at its opening is read at once.
		timer ??= setTimeout(read, 20);
	};
	// Whether the socket is open is no reason to watch anew: it subscribes by itself when it opens.
	const stop = untrack(() => events().watch(topics, hear));
	return () => {
		clearTimeout(timer);
		stop();
	};
}
