import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'sqlite',
	schema: [
		'./src/lib/server/db/schema.ts',
		'./src/lib/server/db/documents.ts',
		'./src/lib/server/db/chain.ts',
		'./src/lib/server/db/audit.ts',
		'./src/lib/server/db/notices.ts',
		'./src/lib/server/db/schema/command.ts'
	],
	out: './drizzle'
});
