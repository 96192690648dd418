/*
 * The forms of every page, by name, so that a form that names one that is not there fails the type
 * check. Only types: what stands in the routes never reaches a component by this way.
 */
type Pages = {
	'/': typeof import('./routes/+page.server.ts');
	'/actions': typeof import('./routes/actions/+page.server.ts');
	'/actions/[code]': typeof import('./routes/actions/[code]/+page.server.ts');
	'/cases/[code]': typeof import('./routes/cases/[code]/+page.server.ts');
	'/cases/[code]/erase': typeof import('./routes/cases/[code]/erase/+page.server.ts');
	'/cases/[code]/urgent': typeof import('./routes/cases/[code]/urgent/+page.server.ts');
	'/decisions/[code]': typeof import('./routes/decisions/[code]/+page.server.ts');
	'/forums/[code]': typeof import('./routes/forums/[code]/+page.server.ts');
	'/meetings/[id]/[[item]]': typeof import('./routes/meetings/[id]/[[item]]/+page.server.ts');
	'/meetings/[id]/versions': typeof import('./routes/meetings/[id]/versions/+page.server.ts');
	'/operation/audit': typeof import('./routes/operation/audit/+page.server.ts');
	'/responsibilities/tasks/[id]': typeof import('./routes/responsibilities/tasks/[id]/+page.server.ts');
	'/rulings/[code]': typeof import('./routes/rulings/[code]/+page.server.ts');
	'/settings': typeof import('./routes/settings/+page.server.ts');
	'/talks/[id]': typeof import('./routes/talks/[id]/+page.server.ts');
	'/unsubscribe/[token]': typeof import('./routes/unsubscribe/[token]/+page.server.ts');
};

type NamesOf<Page> = Page extends { actions: infer All } ? Exclude<keyof All, 'default'> : never;

declare namespace App {
	/** Where a form may go: the name of a form of some page, as its address says it. */
	type FormTarget = `?/${string & { [Route in keyof Pages]: NamesOf<Pages[Route]> }[keyof Pages]}`;
}
