import { createHash, timingSafeEqual } from 'node:crypto';
import { documentKinds } from '#lib/domain/document.ts';
import { Close } from '#lib/domain/wire.ts';
import * as meters from '#lib/server/live/meters.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as sockets from '#lib/server/live/sockets.ts';
import * as outbox from '#lib/server/outbox/outbox.ts';
import { counter, gauge, histogram } from './exposition.ts';

const loop = new meters.LoopWatch();

/** Whether the header shows the token. Takes as long for a wrong one as for the right one. */
export function isLetIn(header: string | null, token: string): boolean {
	const shown = /^Bearer (\S+)$/i.exec(header ?? '')?.[1] ?? '';
	return timingSafeEqual(digest(shown), digest(token));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/**
 * Everything that can be collected, as Prometheus reads it. Kinds and codes are from closed
 * lists: no ids, no content.
 */
export function render(): string {
	const { documents, sockets: ofDocuments } = rooms.census();
	const all = sockets.count();
	const weight = rooms.weight();
	const memory = process.memoryUsage();
	const delay = loop.take();
	const kinds = documentKinds.map((kind) => ({
		labels: { kind },
		value: documents.get(kind) ?? 0
	}));
	const codes = [...new Set(Object.values(Close))].map((code) => ({
		labels: { code },
		value: meters.closings.get(code) ?? 0
	}));
	const statuses = [403, 404, 503].map((status) => ({
		labels: { status },
		value: meters.turnedAway.get(status) ?? 0
	}));
	const notices = Object.entries(outbox.tally().counts).map(([state, value]) => ({
		labels: { state },
		value
	}));
	const { edits, failedCommits } = meters.totals;
	return `${[
		gauge('samrad_live_documents', 'Live documents that are open.', kinds),
		gauge('samrad_live_sockets', 'Open sockets, of documents and of events.', [
			{ labels: { of: 'documents' }, value: ofDocuments },
			{ labels: { of: 'events' }, value: Math.max(0, all - ofDocuments) }
		]),
		counter('samrad_live_edits_total', 'Edits taken into documents.', edits),
		histogram(
			'samrad_live_flush_seconds',
			'Time to check, commit and send a turn.',
			meters.flushes
		),
		histogram(
			'samrad_live_ack_seconds',
			'Time from a request for an acknowledgement to its answer, the commit before it.',
			meters.acks
		),
		counter('samrad_live_failed_commits_total', 'Commits that storage refused.', failedCommits),
		counter('samrad_live_closings_total', 'Sockets closed by the server, by close code.', codes),
		counter('samrad_live_turned_away_total', 'Upgrades refused, by HTTP status.', statuses),
		gauge('samrad_live_log_rows', 'Rows in the log of edits.', weight.rows),
		gauge('samrad_live_log_bytes', 'Bytes in the log of edits.', weight.bytes),
		gauge('samrad_live_state_bytes', 'Bytes of compacted states.', weight.stateBytes),
		gauge('samrad_database_bytes', 'Size of the database file.', weight.databaseBytes),
		gauge('samrad_notices', 'Mail of the last seven days, by what became of it.', notices),
		gauge('samrad_event_loop_delay_seconds', 'Delay of the event loop since it was last asked.', [
			{ labels: { quantile: 'mean' }, value: delay.mean },
			{ labels: { quantile: '0.99' }, value: delay.p99 },
			{ labels: { quantile: 'max' }, value: delay.max }
		]),
		gauge('process_resident_memory_bytes', 'Resident memory.', memory.rss),
		gauge('process_heap_bytes', 'Memory of the heap that is in use.', memory.heapUsed),
		counter('process_cpu_seconds_total', 'Processor time used.', cpuSeconds()),
		gauge('process_start_time_seconds', 'When the process began, since 1970.', startedAt())
	].join('\n')}\n`;
}

function cpuSeconds(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
}

function startedAt(): number {
	return performance.timeOrigin / 1000;
}
