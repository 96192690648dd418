import { asc, eq } from 'drizzle-orm';
import { type CaseList, caseLists, type ProcedureList } from '#lib/domain/case.ts';
import type { Language } from '#lib/domain/language.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { db } from '#lib/server/db/index.ts';
import { choice } from '#lib/server/db/schema/municipality.ts';

export interface Choice {
	code: string;
	label: string;
}

/** The municipality's closed lists, in the reader's language, each in its own order. */
export function lists(language: Language): Record<CaseList, Choice[]> {
	const found = Object.fromEntries(caseLists.map((list) => [list, [] as Choice[]])) as Record<
		CaseList,
		Choice[]
	>;
	for (const row of db().select().from(choice).orderBy(asc(choice.pos)).all())
		found[row.list as CaseList]?.push({ code: row.code, label: row[language] });
	return found;
}

/** One list, in the reader's language and in its own order. */
export function list(name: CaseList | ProcedureList, language: Language): Choice[] {
	return db()
		.select()
		.from(choice)
		.where(eq(choice.list, name))
		.orderBy(asc(choice.pos))
		.all()
		.map((row) => ({ code: row.code, label: row[language] }));
}

/** One list by code: sentences, or the words for what is stored. */
export function words(name: CaseList | ProcedureList, language: Language): Record<string, string> {
	return Object.fromEntries(list(name, language).map(({ code, label }) => [code, label]));
}

/** Refuses a code that is not on the list. */
export function assertOn(list: CaseList | ProcedureList, code: string, field: string): void {
	const codes = db().select({ code: choice.code }).from(choice).where(eq(choice.list, list)).all();
	if (!codes.some((row) => row.code === code)) throw new Refusal('unknown_choice', { field });
}

export function add(entry: typeof choice.$inferInsert): void {
	db().insert(choice).values(entry).run();
}
