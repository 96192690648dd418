import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import Database from 'better-sqlite3';
import { startServer } from '../server.ts';
import { live } from './town-life.ts';

/*
 * `npm run fixture`: makes a small database with the build that is there, for the tests of
 * upgrading
 * (docs/decisions/0034). `--name=<date>-<revision>` when it is not to be called after the last
 * commit; `--lenient` when an old version knows fewer steps.
 */

const project = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(project, 'tests/fixtures/databases');
/** Tables that need a damaged disk to hold anything. */
const mayBeEmpty = ['document_damage'];

const { values: options } = parseArgs({
	options: { name: { type: 'string' }, lenient: { type: 'boolean', default: false } }
});
const name = options.name ?? lastCommit();
const data = mkdtempSync(join(tmpdir(), 'samrad-fixture-'));
try {
	const server = await startServer({ data });
	const refused = await live(server);
	await server.stop();
	for (const { step, answer } of refused) process.stdout.write(`refused: ${step}: ${answer}\n`);
	const packed = pack(data);
	for (const table of packed.empty) process.stdout.write(`empty: ${table}\n`);
	process.stdout.write(`${name}: ${packed.bytes} bytes\n`);
	const failed = refused.length > 0 || packed.empty.length > 0;
	if (failed && !options.lenient) process.exitCode = 1;
} finally {
	rmSync(data, { recursive: true, force: true });
}

function lastCommit(): string {
	const format = ['log', '-1', '--format=%cs-%h', '--abbrev=7'];
	return execFileSync('git', format, { cwd: project, encoding: 'utf8' }).trim();
}

/** Puts the database, and the seals of its trail, among the fixtures. */
function pack(from: string): { bytes: number; empty: string[] } {
	const copy = join(from, 'packed.db');
	const database = new Database(join(from, 'samrad.db'));
	database.pragma('wal_checkpoint(TRUNCATE)');
	database.prepare('VACUUM INTO ?').run(copy);
	const empty = emptyTables(database);
	database.close();
	const plain = readFileSync(copy);
	const packed = brotliCompressSync(plain, {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
			[constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
			[constants.BROTLI_PARAM_SIZE_HINT]: plain.length
		}
	});
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, `${name}.db.br`), packed);
	const seals = join(from, 'audit.seals');
	if (existsSync(seals)) writeFileSync(join(folder, `${name}.seals`), readFileSync(seals));
	return { bytes: packed.length, empty };
}

function emptyTables(database: Database.Database): string[] {
	const tables = database.pragma('table_list') as { name: string; type: string; schema: string }[];
	return tables
		.filter(
			({ name, type, schema }) => schema === 'main' && type === 'table' && !/^sqlite_/.test(name)
		)
		.map((table) => table.name)
		.filter((table) => !mayBeEmpty.includes(table))
		.filter((table) => !database.prepare(`SELECT 1 FROM "${table}" LIMIT 1`).get());
}
