import { expect, test } from 'vitest';
import { connect } from '#lib/server/db/index.ts';
import { migrate, readMigrations } from '#lib/server/db/migrate.ts';
import story from '#lib/server/demo/sunnoy.json' with { type: 'json' };

/* What earlier versions read from a task's title and from the kind of a unit. */
const recommends = /^(innstilling|tilråding)/i;
const aboutMany = /^liste|oversikt|\btall?\b|forum|plan\b/i;

const migrations = readMigrations('drizzle');
const before = migrations.findIndex(({ name }) => name.endsWith('_meaning_of_tasks.sql'));

const titles = [
	...story.raci.map((row) => row.oppgåve),
	'INNSTILLING',
	'Innstillinga til rådet',
	'Ei innstilling',
	'Tilråding',
	'TILRÅDING',
	'tilrading',
	'LISTE',
	'Ei liste',
	'Behovsoversikta',
	'Oversyn',
	'Tal',
	'Tall for året',
	'Kobo-tal.',
	'Samtale',
	'Talet på bustader',
	'Årstal',
	'øtal',
	'tal_1',
	'Forumet',
	'FORUM',
	'Plan',
	'Planarbeid',
	'Planå',
	'Handlingsplanar',
	'Plan_b',
	'plan 2',
	''
];

function upgraded() {
	const database = connect(':memory:');
	migrate(database, migrations.slice(0, before));
	const unit = database.prepare(
		'INSERT INTO unit (id, code, name, kind, outside) VALUES (?, ?, ?, ?, ?)'
	);
	unit.run('bank', 'HB', 'Husbanken', 'ekstern', 1);
	unit.run('applicant', 'SØK', 'Søkjaren', 'part', 1);
	database.exec("INSERT INTO matrix (id, name) VALUES ('matrix', 'Ansvar')");
	const task = database.prepare(
		"INSERT INTO matrix_task (id, matrix, pos, title) VALUES (?, 'matrix', ?, ?)"
	);
	titles.forEach((title, pos) => task.run(`task ${pos}`, pos, title));
	migrate(database, migrations);
	return database;
}

test('tasks from before their meaning was stored mean what their titles were read as', () => {
	const database = upgraded();
	const rows = database
		.prepare('SELECT title, about, recommends FROM matrix_task ORDER BY pos')
		.all();
	database.close();
	expect(rows).toEqual(
		titles.map((title) => ({
			title,
			about: aboutMany.test(title) ? 'many' : 'case',
			recommends: recommends.test(title) ? 1 : 0
		}))
	);
});

test('the applicant is the party that was one by its kind', () => {
	const database = upgraded();
	expect(database.prepare('SELECT applicant FROM matrix').pluck().get()).toBe('applicant');
	database.close();
});
