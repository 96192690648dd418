import { join } from 'node:path';
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';

/*
 * Hocuspocus with its SQLite extension, both as they come: a document is stored two seconds after
 * the last edit, ten at most.
 */

const server = new Server({
	port: Number(process.env.PORT),
	address: '127.0.0.1',
	quiet: true,
	extensions: [new SQLite({ database: join(process.env.DATA ?? '.', 'hocuspocus.db') })]
});
await server.listen();
process.stdout.write('ready\n');
