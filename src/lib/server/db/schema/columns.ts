import { integer, text } from 'drizzle-orm/sqlite-core';

/** A random UUID. */
export const id = () => text('id').primaryKey();

/** True or false; false unless said otherwise. */
export const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull().default(false);
