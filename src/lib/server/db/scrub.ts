import { sqlite } from './index.ts';

/**
 * Goes over the database's files so that nothing is left in them of what has been deleted.
 * `secure_delete` blanks what is freed; but rows that were moved from page to page may leave
 * pieces behind, so the file is written anew, and the log beside it is emptied. Blocks the
 * process for as long as that takes: some seconds for a large file. Not within a transaction.
 * Throws what the database throws: when the disk is full nothing has been harmed, and it can be
 * tried again.
 */
export function scrub(): void {
	const database = sqlite();
	emptyLog();
	database.exec('VACUUM');
	emptyLog();
}

/** The write-ahead log keeps every earlier page until it is emptied. */
function emptyLog(): void {
	const database = sqlite();
	if (database.memory) return;
	const [row] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
	if (row?.busy !== 0)
		throw new Error('Somebody else reads the database: its log was not emptied.');
}
