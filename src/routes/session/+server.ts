import { json } from '@sveltejs/kit';

/** Who is signed in in this browser: for a page that was loaded a while ago. */
export const GET = ({ locals }) => json({ person: locals.actor?.id ?? null });
