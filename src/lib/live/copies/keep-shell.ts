/*
 * A browser that keeps copies of documents also keeps the page that shows them without a net
 * (src/service-worker.ts). Signing out takes both away.
 */

let asked = false;

export function keepShell(): void {
	const workers = globalThis.navigator?.serviceWorker;
	if (asked || !workers) return;
	asked = true;
	// A browser that will not: without a net a reload then says so in the browser's own words.
	workers.register('/service-worker.js').catch(() => undefined);
}
