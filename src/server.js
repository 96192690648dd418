/*
 * Production start: Kit's handler for pages, and the door that hooks.server.ts opens for the
 * sockets. Without ORIGIN this is the demo: this machine only, and sign-in without a password.
 */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const oldest = [22, 17];
const upgradeDoor = Symbol.for('samrad.upgrade');
const closingDoor = Symbol.for('samrad.close');
/**
 * Milliseconds: what is under way gets `patience`; after `limit` the process is gone whatever
 * happens.
 */
const patience = 3_000;
const limit = 9_000;

/** @typedef {{ demo: boolean, port: number, host: string, origin: string }} Address */

process.on('uncaughtException', (error) => {
	report('uncaught', error);
	process.exit(1);
});

checkNode();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const address = readAddress();
process.env.ORIGIN = address.origin;
process.env.SAMRAD_MODE = address.demo ? 'demo' : 'production';
const handler = await loadHandler();
serve();

function checkNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [needMajor = 0, needMinor = 0] = oldest;
	if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
	refuse(
		`Samråd needs Node ${oldest.join('.')} or newer, and this is ${process.versions.node}: start it with npm start, which brings its own.`
	);
}

/** @returns {Address} */
function readAddress() {
	const { PORT, HOST, ORIGIN } = process.env;
	const port = /^\d{1,5}$/.test(PORT || '3000') ? Number(PORT || 3000) : 0;
	if (port < 1 || port > 65535)
		refuse('The environment variable PORT must be a number from 1 to 65535.');
	if (!ORIGIN) return { demo: true, port, host: '127.0.0.1', origin: `http://127.0.0.1:${port}` };
	const url = URL.canParse(ORIGIN) ? new URL(ORIGIN) : null;
	if (!url || !/^https?:$/.test(url.protocol) || url.origin !== ORIGIN)
		refuse('The environment variable ORIGIN must be like https://samrad.example.no.');
	return { demo: false, port, host: HOST || '127.0.0.1', origin: ORIGIN };
}

/**
 * Kit's handler reads the environment, and its init opens database and doors, as it is imported.
 * @returns {Promise<(request: import('node:http').IncomingMessage, response:
 * import('node:http').ServerResponse) => unknown>}
 */
async function loadHandler() {
	const built = new URL('../build/handler.js', import.meta.url);
	try {
		return (await import(built.href)).handler;
	} catch (error) {
		const { code, message, url } = /** @type {any} */ (error ?? {});
		if (code === 'ERR_MODULE_NOT_FOUND' && url === built.href)
			refuse('Samråd is not built yet: npm start builds it first.');
		refuse(message ?? 'Samråd could not start.');
	}
}

function serve() {
	const server = createServer({ connectionsCheckingInterval: 5_000 });
	server.headersTimeout = 15_000;
	server.requestTimeout = 60_000;
	server.maxHeadersCount = 100;
	// Longer than a proxy keeps its connections, so that it is the proxy that lets go.
	server.keepAliveTimeout = 65_000;

	let underWay = 0;
	server.on('request', (request, response) => {
		underWay += 1;
		response.once('close', () => (underWay -= 1));
		if (address.demo && !isOurs(request)) sendAway(request, response);
		else answer(request, response);
	});

	server.on('upgrade', (request, socket, head) => {
		// A connection reset here would otherwise be an uncaught exception.
		socket.on('error', () => socket.destroy());
		const door = /** @type {any} */ (globalThis)[upgradeDoor];
		const open = typeof door === 'function' && request.url?.startsWith('/live/');
		if (open && (!address.demo || isOurs(request))) door(request, socket, head);
		else socket.destroy();
	});

	server.on('error', (error) => {
		const { code, syscall } = /** @type {NodeJS.ErrnoException} */ (error);
		if (syscall !== 'listen' && syscall !== 'bind' && syscall !== 'getaddrinfo') throw error;
		if (code === 'EADDRINUSE')
			refuse(`Port ${address.port} is taken: end what holds it, or set PORT to another.`);
		refuse(`Samråd cannot listen on ${address.host}:${address.port} (${code}): see HOST and PORT.`);
	});

	server.listen(address.port, address.host, () => {
		const behind = address.demo ? '' : ` (from ${address.host}:${address.port})`;
		process.stdout.write(`Samråd: ${address.origin}${behind}\n`);
	});

	let closing = false;
	const close = async () => {
		if (closing) process.exit(1);
		closing = true;
		setTimeout(() => process.exit(1), limit).unref();
		server.close();
		const end = Date.now() + patience;
		while (underWay > 0 && Date.now() < end) await new Promise((done) => setTimeout(done, 20));
		await /** @type {any} */ (globalThis)[closingDoor]?.();
		server.closeIdleConnections();
		process.exit(0);
	};
	process.on('SIGTERM', close);
	process.on('SIGINT', close);
}

/**
 * Kit answers its own faults; what gets past it must not end the process.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(request, response) {
	try {
		await handler(request, response);
	} catch (error) {
		report('unanswered', error);
		if (response.headersSent) response.destroy();
		else response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Error\n');
	}
}

/**
 * The demo answers to its own address only: a page elsewhere that has its name lead here must get
 * nothing.
 * @param {import('node:http').IncomingMessage} request
 */
function isOurs(request) {
	return request.headers.host === new URL(address.origin).host;
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function sendAway(request, response) {
	const localhost = new URL(address.origin.replace('127.0.0.1', 'localhost')).host;
	const here = request.headers.host === localhost && request.url?.startsWith('/');
	if (here) response.writeHead(308, { location: `${address.origin}${request.url}` }).end();
	else response.writeHead(421, { 'content-type': 'text/plain' }).end('Misdirected Request\n');
	request.resume();
}

/**
 * One line about a fault. The first lines of a stack are its message, which may quote what
 * somebody wrote: left out.
 * @param {string} event
 * @param {unknown} error
 */
function report(event, error) {
	const { name, code, stack } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
	const frames = String(stack ?? '')
		.split('\n')
		.filter((line) => /^\s+at /.test(line))
		.slice(0, 8)
		.map((line) => line.trim());
	const at = new Date().toISOString();
	const line = { at, level: 'fault', event, kind: name, code, stack: frames.join(' | ') };
	process.stderr.write(`${JSON.stringify(line)}\n`);
}

/**
 * Says in one sentence why this cannot start.
 * @param {string} sentence
 * @returns {never}
 */
function refuse(sentence) {
	process.stderr.write(`${sentence}\n`);
	process.exit(1);
}
