import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'sqlite',
	schema: [
		'./src/lib/server/db/schema.ts',
		'./src/lib/server/db/chain.ts',
		'./src/lib/server/db/audit.ts'
	],
	out: './drizzle'
});
