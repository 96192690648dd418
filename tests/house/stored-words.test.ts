import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actionStatuses } from '../../src/lib/domain/action.ts';
import { caseStates, caseStepNames } from '../../src/lib/domain/case-progress.ts';
import { documentKinds } from '../../src/lib/domain/document.ts';
import { erasingReasons } from '../../src/lib/domain/erasure.ts';
import { forumKinds } from '../../src/lib/domain/forum.ts';
import { attendanceStatuses, meetingStatuses, outcomes } from '../../src/lib/domain/meeting.ts';
import { membershipRoles } from '../../src/lib/domain/membership.ts';
import { noticeKinds, reminderKinds } from '../../src/lib/domain/notice.ts';
import {
	findings,
	recommendationStatuses,
	recommended
} from '../../src/lib/domain/recommendation.ts';
import {
	appealResults,
	rulingResults,
	rulingStatuses,
	rulingStepNames,
	stances
} from '../../src/lib/domain/ruling.ts';
import { itemKinds } from '../../src/lib/domain/schedule.ts';
import { searchKinds } from '../../src/lib/domain/search.ts';
import { talkStatuses } from '../../src/lib/domain/talk.ts';
import { versionKinds } from '../../src/lib/domain/version.ts';
import { Close } from '../../src/lib/domain/wire.ts';
import { copyPrefix, editKey } from '../../src/lib/live/copies/unsent-copies.ts';
import { sqlite } from '../../src/lib/server/db/index.ts';
import { openTestDatabase } from '../../src/lib/server/db/testing.ts';
import { root } from './imports.js';

/*
 * Words that are stored, sent or linked: databases, trails, mails, feeds and browsers out there
 * hold them. Whoever changes one must bring along what holds the old one; whoever adds one adds it
 * to stored-words.json.
 */

/** Names of tables and their columns, as a database that is made today has them. */
function tables(): Record<string, string[]> {
	openTestDatabase();
	const names = sqlite()
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
		.pluck()
		.all() as string[];
	const columns = sqlite().prepare('SELECT name FROM pragma_table_info(?)').pluck();
	return Object.fromEntries(
		names.sort().map((name) => [name, (columns.all(name) as string[]).sort()])
	);
}

const routes = () =>
	readdirSync(join(root, 'src/routes'), { recursive: true, encoding: 'utf8' })
		.filter((file) => /\+(page|server)\.(svelte|ts)$/.test(file))
		.map((file) => `/${file.replace(/\/?\+\w+\.\w+$/, '')}`)
		.filter((route, index, all) => all.indexOf(route) === index)
		.sort();

test('words that are stored or linked are those that are out there', () => {
	const words = {
		actionStatuses,
		appealResults,
		attendanceStatuses,
		caseStates,
		caseStepNames,
		close: Close,
		copies: { copyPrefix, editKey },
		documentKinds,
		erasingReasons,
		findings,
		forumKinds,
		itemKinds,
		meetingStatuses,
		membershipRoles,
		noticeKinds,
		outcomes,
		recommendationStatuses,
		recommended,
		reminderKinds,
		routes: routes(),
		rulingResults,
		rulingStatuses,
		rulingStepNames,
		searchKinds,
		stances,
		tables: tables(),
		talkStatuses,
		versionKinds
	};
	const stored = JSON.parse(
		readFileSync(join(root, 'tests/house/stored-words.json'), 'utf8')
	) as typeof words;
	expect(words).toEqual(stored);
});
