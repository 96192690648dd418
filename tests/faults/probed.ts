import { fileURLToPath } from 'node:url';
import { type RunningServer, type ServerOptions, startServer } from '../server.ts';
import type { Measure } from './probe.ts';

export interface ProbedServer extends RunningServer {
	/** From here on it is looked at how long the loop is held up. */
	begin(): Promise<void>;
	measure(): Promise<Measure>;
	/** Runs this on the server's own connection to its database. */
	sql(text: string): Promise<void>;
}

const probe = fileURLToPath(new URL('probe.ts', import.meta.url));
let asked = 0;

/** As startServer, with a probe in its process. */
export async function startProbed(options: ServerOptions = {}): Promise<ProbedServer> {
	const server = await startServer({ ...options, imports: [probe] });
	const ask = (question: string, sql = '') =>
		new Promise<unknown>((resolve, reject) => {
			const id = ++asked;
			const child = server.process;
			const gone = () => reject(new Error(`The server ended:\n${server.output()}`));
			const hear = (said: unknown) => {
				const { id: to, answer } = said as { id: number; answer: unknown };
				if (to !== id) return;
				child.off('message', hear).off('exit', gone);
				resolve(answer);
			};
			child.on('message', hear).once('exit', gone);
			child.send({ id, ask: question, sql });
		});
	return Object.assign(server, {
		begin: async () => void (await ask('begin')),
		measure: async () => (await ask('measure')) as Measure,
		sql: async (text: string) => void (await ask('sql', text))
	});
}
