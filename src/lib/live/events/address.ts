/**
 * The address of a socket on the page's own host: wss where the page came by https. Browser only.
 */
export function socketAddress(path: string): string {
	const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
	return `${scheme}://${location.host}${path}`;
}
