/**
 * What identity costs: the gateway with full durability against a bare node:http pass-through, in one run.
 *
 *     npm run bench             prints the table
 *     npm run bench -- --write  writes it to docs/performance.md too
 *
 * Both stand in front of the same stand-in upstream; rounds alternate, and medians and their ratios are quoted, since
 * absolute times drift with the machine. CPU time is that of the server's process alone.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { load } from './load.ts'
import { measureCut } from './measure-cut.ts'
import { measureVerification } from './measure-verification.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

interface Workload {
  readonly name: string
  readonly bodyBytes: number
  readonly stream: boolean
  readonly requests: number
  readonly connections: number
}

const ROUNDS = 5
const WORKLOADS: readonly Workload[] = [
  { name: '1 KB JSON, 32 connections', bodyBytes: 1024, stream: false, requests: 800, connections: 32 },
  { name: '8 KB JSON, 32 connections', bodyBytes: 8192, stream: false, requests: 800, connections: 32 },
  { name: '32 KB JSON, 32 connections', bodyBytes: 32_768, stream: false, requests: 600, connections: 32 },
  { name: '1 KB JSON, 1 connection', bodyBytes: 1024, stream: false, requests: 300, connections: 1 },
  { name: 'stream of 200 chunks, 32 connections', bodyBytes: 1024, stream: true, requests: 300, connections: 32 },
]

interface Figures {
  readonly requestsPerSecond: number
  readonly cpuMicroseconds: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const upstream = await startServerProcess('upstream')
const baseline = await startServerProcess('pass-through', upstream.url)
const colophon = await startServerProcess('colophon', upstream.url)
const rows: string[] = []
for (const workload of WORKLOADS) {
  const both: { baseline: Figures[]; colophon: Figures[] } = { baseline: [], colophon: [] }
  await measure(baseline, workload)
  await measure(colophon, workload)
  for (let round = 0; round < ROUNDS; round += 1) {
    both.baseline.push(await measure(baseline, workload))
    both.colophon.push(await measure(colophon, workload))
  }
  rows.push(...describe(workload.name, both.baseline, both.colophon))
}
const { peakBytes } = await colophon.usage()
for (const server of [upstream, baseline, colophon]) server.stop()
report(rows, peakBytes, [...(await measureVerification()), '', ...measureCut()])

async function measure(server: ServerProcess, workload: Workload): Promise<Figures> {
  const { requests } = workload
  const before = await server.usage()
  const result = await load({ ...workload, url: server.url, body: requestBody(workload) })
  const after = await server.usage()
  return {
    requestsPerSecond: requests / result.seconds,
    cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / requests,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
  }
}

function requestBody({ bodyBytes, stream }: Workload): Buffer {
  const without = {
    model: 'bench',
    messages: [{ role: 'user', content: '' }],
    temperature: 0,
    ...(stream ? { stream } : {}),
  }
  const content = 'x'.repeat(bodyBytes - JSON.stringify(without).length)
  return Buffer.from(JSON.stringify({ ...without, messages: [{ role: 'user', content }] }))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[sorted.length >> 1] as number
}

function describe(name: string, bare: readonly Figures[], ours: readonly Figures[]): string[] {
  const of = (figures: readonly Figures[], key: keyof Figures): number => median(figures.map((one) => one[key]))
  const ratio = (key: keyof Figures): string =>
    median(ours.map((one, round) => one[key] / (bare[round] as Figures)[key])).toFixed(2)
  const row = (who: string, figures: readonly Figures[]): string =>
    `| ${name} | ${who} | ${of(figures, 'requestsPerSecond').toFixed(0)} | ${of(figures, 'cpuMicroseconds').toFixed(0)} | ` +
    `${of(figures, 'p50Ms').toFixed(2)} | ${of(figures, 'p99Ms').toFixed(2)} |`
  return [
    row('node:http pass-through', bare),
    row('colophon', ours),
    `| | **ratio** | **${ratio('requestsPerSecond')}** | **${ratio('cpuMicroseconds')}** | **${ratio('p50Ms')}** | **${ratio('p99Ms')}** |`,
  ]
}

function report(table: readonly string[], peakBytes: number, verification: readonly string[]): void {
  const text = [
    '# What identity costs',
    '',
    '<!-- Written by bench/gateway.ts; do not edit. -->',
    '',
    `Medians of ${ROUNDS} alternating rounds on ${cpus().length} shared cores with Node ${process.versions.node}; the load`,
    'generator and the upstream run on the same cores. Judge by the ratios: they are taken round by round. CPU time is that',
    'of the server alone. The gateway signs and commits durably twice per run: the binding before the first byte goes',
    'upstream, the record before the answer ends.',
    '',
    '| workload | server | requests/s | CPU µs/request | p50 ms | p99 ms |',
    '| --- | --- | --- | --- | --- | --- |',
    ...table,
    '',
    `The gateway's process took at most ${(peakBytes / 2 ** 20).toFixed(0)} MiB of memory.`,
    '',
    ...verification,
    '',
  ].join('\n')
  console.log(text)
  if (process.argv.includes('--write')) writeFileSync(join(import.meta.dirname, '..', 'docs', 'performance.md'), text)
}
