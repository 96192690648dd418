import { readFileSync } from 'node:fs';

/* What a process has used, from /proc: the servers need know nothing of being measured. */

/** Ticks of /proc/<pid>/stat in a second; 100 on every Linux that people run. */
const ticks = 100;

/** Milliseconds of the processor, user and system, all threads. */
export function processorTime(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The second field is a name in brackets and may hold spaces.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks;
}

/** Bytes of memory that are there now. */
export function residentMemory(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) * 1024;
}
