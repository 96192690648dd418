import { connect, use } from './index.ts';
import { migrate, readMigrations } from './migrate.ts';

/** A fresh database in memory with every table: what tests use instead of mocks. */
export function openTestDatabase(): void {
	const database = connect(':memory:');
	migrate(database, readMigrations('drizzle'));
	use(database);
}
