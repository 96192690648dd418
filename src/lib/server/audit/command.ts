import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { closeDatabase, use } from '#lib/server/db/index.ts';
import { check, type Finding } from './check.ts';
import { readSeal } from './seals.ts';

/*
 * `npm run verify`: goes through the audit trail of the database in SAMRAD_DATA, reading only;
 * the server may be running. `--seen=1234:<hash>`,
 * as often as one likes, holds it against what was noted elsewhere, in a log or on paper. Ends
 * with 1 when anything does not hold.
 */
const sentences: Record<Finding['kind'], (finding: Finding) => string> = {
	altered: (found) => `Row ${seqOf(found)} has been altered.`,
	gap: (found) => `Rows are missing before ${seqOf(found)}.`,
	cut: (found) => `The trail has been cut short: everything from ${seqOf(found)} on is gone.`,
	rewritten: (found) => `Row ${seqOf(found)} has been rewritten: a seal says otherwise.`,
	unguarded: () => 'The guards against changing the trail have been removed.',
	differs: (found) => `${subjectOf(found)} is not as it was when the trail last noted it.`,
	unrecorded: (found) => `${subjectOf(found)} is there, and the trail does not say how it came.`,
	gone: (found) => `${subjectOf(found)} is gone, and its trail goes on.`
};

function seqOf(found: Finding): number | string {
	return 'seq' in found ? found.seq : '';
}

function subjectOf(found: Finding): string {
	return 'subject' in found ? found.subject : '';
}

const { values: options } = parseArgs({
	options: { seen: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } }
});
const seen = (options.seen ?? []).map((text) => {
	const [seal] = readSeal(text);
	if (seal) return seal;
	process.stderr.write(`--seen must be like 1234:<64 hexadecimal digits>; it is ${text}.\n`);
	process.exit(2);
});

const file = join(resolve(process.env.SAMRAD_DATA ?? 'data'), 'samrad.db');
try {
	use(new Database(file, { readonly: true, fileMustExist: true }));
} catch {
	process.stderr.write(`There is no database to read at ${file}: see SAMRAD_DATA.\n`);
	process.exit(2);
}
const report = check(seen);
closeDatabase();
if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
else {
	for (const finding of report.findings)
		process.stdout.write(`${sentences[finding.kind](finding)}\n`);
	const { rows, subjects, seals, head } = report;
	const stands = head ? `It stands at ${head.seq}:${head.hash}.` : 'Nothing has been done yet.';
	const word = report.findings.length === 0 ? 'The trail is whole' : 'The trail is not whole';
	process.stdout.write(`${word}: ${rows} rows, ${subjects} things, ${seals} seals. ${stands}\n`);
}
process.exit(report.findings.length === 0 ? 0 : 1);
