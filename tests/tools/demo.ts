import { join } from 'node:path';
import { closeDatabase, connect, use } from '../../src/lib/server/db/index.ts';
import { migrate, readMigrations } from '../../src/lib/server/db/migrate.ts';
import { loadDemo } from '../../src/lib/server/demo/load.ts';
import * as clock from '../../src/lib/server/platform/clock.ts';
import * as search from '../../src/lib/server/search-index/upkeep.ts';
import * as documents from '../../src/lib/server/start/documents.ts';

/*
 * node tests/tools/demo.ts <folder> <moment>: the database of a server that has started in that
 * folder, which is empty, at that
 * moment, and has done nothing else.
 */

const [folder = '', moment = ''] = process.argv.slice(2);
clock.set(Date.parse(moment));
const database = connect(join(folder, 'samrad.db'));
migrate(database, readMigrations('drizzle'));
use(database);
documents.register();
search.prepare();
loadDemo();
closeDatabase();
