/**
 * Whether an unsafe request comes from our own pages. Kit's check passes what has no Origin or no
 * form's content type; this asks every one for an exact Origin, and for Sec-Fetch-Site where the
 * browser tells it (all do since 2023).
 */
export function isOurs(headers: Headers, origin: string): boolean {
	const site = headers.get('sec-fetch-site');
	return headers.get('origin') === origin && (site === null || site === 'same-origin');
}

export function isSafe(method: string): boolean {
	return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
