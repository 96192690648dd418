/**
 * A path of ours to go on to, from an address or a form; the start page when it is anything else.
 */
export function localPath(to: unknown): string {
	if (typeof to !== 'string' || !/^\/(?![/\\])/.test(to) || /[\r\n\t]/.test(to)) return '/';
	return to;
}
