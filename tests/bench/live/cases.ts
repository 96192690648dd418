import { join } from 'node:path';
import type { Contender } from './dialect.ts';
import type { Results } from './jobs.ts';
import { generate, Served } from './servers.ts';
import type { World } from './world.ts';

export interface Setting {
	world: World;
	/** Where the seeded municipality is, and where the servers may keep things. */
	seeded: string;
	scratch: string;
	/** Seconds of typing that are measured. */
	seconds: number;
}

/** One case for one server: started anew, with the same content, ended afterwards. */
type Run<Kind extends keyof Results> = (
	setting: Setting,
	contender: Contender
) => Promise<Results[Kind]>;

let served = 0;

/**
 * Starts a server with the given documents in it. `stored`: it has been restarted since, where it
 * keeps anything.
 */
async function serve(
	{ world, seeded, scratch }: Setting,
	contender: Contender,
	documents: string[],
	stored = false
): Promise<Served> {
	const folder = join(scratch, `${contender}-${++served}`);
	const server = await new Served(contender, folder, seeded, world.members).start();
	if (contender === 'ours') return server;
	const contents = documents.map((document) => {
		const id = world.many.includes(document) ? world.many[0]! : document;
		return { document, file: join(seeded, `${id}.update`) };
	});
	await generate({ kind: 'preload', target: server.target, contents });
	if (stored && contender === 'hocuspocus') {
		await server.stop();
		await server.start();
	}
	return server;
}

function withServer<Kind extends keyof Results>(
	documents: (setting: Setting) => string[],
	stored: boolean,
	work: (server: Served, setting: Setting) => Promise<Results[Kind]>
): Run<Kind> {
	return async (setting, contender) => {
		const server = await serve(setting, contender, documents(setting), stored);
		try {
			return await work(server, setting);
		} finally {
			await server.remove();
		}
	};
}

/** So many clients in one document, a fifth of them typing. */
const together = (clients: number) =>
	withServer<'typing'>(
		({ world }) => [world.crowded],
		false,
		({ target }, { world, seconds }) => {
			const plan = {
				documents: [world.crowded],
				clients,
				typists: clients / 5,
				active: 1,
				rate: 5
			};
			return generate({ kind: 'typing', target, plan, seconds });
		}
	);

/** A thousand documents with two clients each; in a tenth of them one types. */
const apart = withServer<'typing'>(
	({ world }) => world.many,
	false,
	({ target }, { world, seconds }) => {
		const plan = {
			documents: world.many,
			clients: 2,
			typists: 1,
			active: world.many.length / 10,
			rate: 5
		};
		return generate({ kind: 'typing', target, plan, seconds });
	}
);

const opening = (document: (world: World) => string) =>
	withServer<'load'>(
		({ world }) => [document(world)],
		true,
		({ target }, { world }) => generate({ kind: 'load', target, document: document(world) })
	);

const memory = withServer<'memory'>(
	({ world }) => [world.crowded],
	true,
	({ target }, { world }) =>
		generate({ kind: 'memory', target, crowded: world.crowded, many: world.many, sockets: 1000 })
);

const crash = withServer<'crash'>(
	({ world }) => [world.crowded],
	true,
	(server, { world, seconds }) =>
		generate(
			{ kind: 'crash', target: server.target, document: world.crowded, clients: 20, seconds },
			async () => (await server.start()).target
		)
);

export const typingCases = {
	'100 clients': together(100),
	'200 clients': together(200),
	'500 clients': together(500),
	'1,000 documents': apart
};
export const openingCases = {
	'60,000 letters, fragmented': opening((world) => world.fragmented),
	'4,999 rows of log': opening((world) => world.long)
};
export { crash, memory };
