import { getTableName, sql } from 'drizzle-orm';
import { type AnySQLiteColumn, check, integer, text } from 'drizzle-orm/sqlite-core';

/** A random UUID. */
export const id = () => text('id').primaryKey();

/** True or false; false unless said otherwise. */
export const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull().default(false);

/**
 * A check that a column holds one of a union's values, or null where it may. The column goes
 * without its table's name: a rebuild makes the table under another one, and a check that names
 * it breaks.
 */
export function oneOf<Column extends AnySQLiteColumn>(
	column: Column,
	values: readonly Column['_']['data'][]
) {
	const list = values.map((value) => `'${String(value)}'`).join(', ');
	return check(
		`${getTableName(column.table)}_${column.name}_known`,
		sql.raw(`"${column.name}" IN (${list})`)
	);
}
