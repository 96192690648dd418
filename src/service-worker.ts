/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { build, version } from '$service-worker';

/*
 * Without a net, whoever opens or reloads a page gets /offline, which shows what this browser
 * keeps. Only that page and the built files that it needs are cached: no page that holds anything
 * of anybody.
 */
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const cacheName = `samrad-${version}`;
const shell = '/offline';
const built = new Set(build);

worker.addEventListener('install', (event) => {
	event.waitUntil(fill().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(tidy().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (request.method !== 'GET' || origin !== worker.location.origin) return;
	if (built.has(pathname)) event.respondWith(fromCache(request));
	else if (request.mode === 'navigate') event.respondWith(visit(request));
});

async function fill(): Promise<void> {
	const cache = await caches.open(cacheName);
	await cache.addAll([shell, ...build]);
}

async function tidy(): Promise<void> {
	const old = (await caches.keys()).filter((name) => name !== cacheName);
	await Promise.all(old.map((name) => caches.delete(name)));
}

async function fromCache(request: Request): Promise<Response> {
	return (await caches.match(request)) ?? fetch(request);
}

/**
 * The page itself, or, when no server answers, the one that shows what is here; it is told where
 * the person wanted to go.
 */
async function visit(request: Request): Promise<Response> {
	try {
		return await fetch(request);
	} catch (error) {
		const { pathname, search } = new URL(request.url);
		const kept = await caches.match(shell);
		if (!kept) throw error;
		if (pathname === shell) return kept;
		const to = encodeURIComponent(pathname + search);
		return Response.redirect(`${shell}?to=${to}`, 302);
	}
}
