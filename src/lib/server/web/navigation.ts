import { type Actor, may } from '#lib/domain/may.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import * as cases from '#lib/server/case/cases.ts';
import * as rulings from '#lib/server/ruling/rows.ts';

/** A place of the menu, named in the language that this request is answered in. */
export interface Place {
	href: string;
	icon: 'home' | 'forum' | 'case' | 'ruling' | 'action' | 'decision' | 'who' | 'operation';
	label: string;
}

/** What a person's own settings are called, beside their name. */
export function accountName(): string {
	return m.notices_heading();
}

/** Where one can go from a meeting's page, or what one can take from it. */
export function linksOf(actor: Actor, meeting: string): { href: string; label: string }[] {
	const at = (rest: string, label: string) => ({ href: `/meetings/${meeting}/${rest}`, label });
	return [
		at('notice', m.meeting_notice()),
		at('call.ics', m.notices_to_calendar()),
		at('screen', m.meeting_screen()),
		...(may(actor, 'read', { kind: 'directory' }) ? [at('versions', m.version_heading())] : [])
	];
}

/** The places of the menu that are there for this person. */
export function placesOf(actor: Actor): Place[] {
	const directory = may(actor, 'read', { kind: 'directory' });
	const all: (Place & { there: boolean })[] = [
		{ there: true, href: '/', icon: 'home', label: m.nav_start() },
		{ there: true, href: '/forums', icon: 'forum', label: m.nav_forums() },
		{
			there: cases.forumsOf(actor).length > 0,
			href: '/cases',
			icon: 'case',
			label: m.nav_cases()
		},
		{
			there: rulings.forumsOf(actor).length > 0,
			href: '/rulings',
			icon: 'ruling',
			label: m.ruling_nav()
		},
		{ there: true, href: '/actions', icon: 'action', label: m.nav_actions() },
		{ there: directory, href: '/decisions', icon: 'decision', label: m.decision_register() },
		{ there: directory, href: '/responsibilities', icon: 'who', label: m.matrix_nav() },
		{
			there: may(actor, 'read', { kind: 'operation' }),
			href: '/operation',
			icon: 'operation',
			label: m.operation_heading()
		}
	];
	return all.filter(({ there }) => there).map(({ href, icon, label }) => ({ href, icon, label }));
}
