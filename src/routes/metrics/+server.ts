import { contentType } from '#lib/server/operation/exposition.ts';
import * as metrics from '#lib/server/operation/metrics.ts';
import { env } from '#lib/server/start/start.ts';

/**
 * For a collector that shows the token. Without one in the environment this is an address of
 * nothing.
 */
export function GET({ request }) {
	const { metricsToken } = env();
	if (metricsToken === null) return new Response('Not Found\n', { status: 404 });
	if (!metrics.isLetIn(request.headers.get('authorization'), metricsToken))
		return new Response('Unauthorized\n', {
			status: 401,
			headers: { 'www-authenticate': 'Bearer' }
		});
	return new Response(metrics.render(), { headers: { 'content-type': contentType } });
}
