import { json } from '@sveltejs/kit';
import { isReady } from '#lib/server/start/start.ts';

/** 200 when the database answers and the sockets' door is open. Says nothing else. */
export function GET() {
	return isReady() ? json({ status: 'ok' }) : json({ status: 'starting' }, { status: 503 });
}
