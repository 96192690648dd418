import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { id } from './columns.ts';
import { person } from './municipality.ts';

export const session = sqliteTable(
	'session',
	{
		/** SHA-256 of the token, hexadecimal: the token itself is only in the cookie. */
		id: id(),
		personId: text('person')
			.notNull()
			.references(() => person.id),
		createdAt: integer('created_at').notNull(),
		renewedAt: integer('renewed_at').notNull()
	},
	(table) => [index('session_person').on(table.personId)]
);
