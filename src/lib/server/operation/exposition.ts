import type { Histogram } from '#lib/server/live/meters.ts';

/* Prometheus' text format, version 0.0.4. */

export const contentType = 'text/plain; version=0.0.4; charset=utf-8';

type Labels = Record<string, string | number>;

interface Sample {
	labels?: Labels;
	value: number;
}

export function gauge(name: string, help: string, samples: number | Sample[]): string {
	return family(name, 'gauge', help, listed(samples));
}

/** What only grows, from 0 at the start. Its name ends in `_total`. */
export function counter(name: string, help: string, samples: number | Sample[]): string {
	return family(name, 'counter', help, listed(samples));
}

export function histogram(name: string, help: string, held: Histogram): string {
	let below = 0;
	const buckets = held.counts.map((count, index) => {
		below += count;
		return line(`${name}_bucket`, { le: held.bounds[index] ?? '+Inf' }, below);
	});
	const sums = [line(`${name}_sum`, {}, held.sum), line(`${name}_count`, {}, held.count)];
	return [...head(name, 'histogram', help), ...buckets, ...sums].join('\n');
}

function listed(samples: number | Sample[]): Sample[] {
	return typeof samples === 'number' ? [{ value: samples }] : samples;
}

function family(name: string, type: string, help: string, samples: Sample[]): string {
	const lines = samples.map(({ labels = {}, value }) => line(name, labels, value));
	return [...head(name, type, help), ...lines].join('\n');
}

function head(name: string, type: string, help: string): string[] {
	return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function line(name: string, labels: Labels, value: number): string {
	const parts = Object.entries(labels).map(([key, held]) => `${key}="${escape(String(held))}"`);
	return `${name}${parts.length > 0 ? `{${parts.join(',')}}` : ''} ${value}`;
}

function escape(value: string): string {
	return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
