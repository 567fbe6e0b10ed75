/**
 * An upstream, or a client, sends what would make an issuer fall over, or leave a run that nobody can verify. Bodies have
 * any bytes up to the gateway's bounds; the cut takes memory by its bounds and not by theirs.
 */
import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { dialectFor, type RequestCut, type ResponseCut } from '../../src/core/dialects/index.ts'
import { parseDisclosure } from '../../src/core/disclosure/index.ts'
import { MAX_POINTER } from '../../src/core/spans/index.ts'
import { bodyOf } from '../../src/core/verify/open-message.ts'
import { type Forgery, judgeForgery } from '../support/forged-run.ts'
import { issueRun } from '../support/issued-run.ts'

const REQUEST = { method: 'POST', path: '/v1/chat/completions' }
const stream = (body: Uint8Array): ResponseCut =>
  dialectFor(REQUEST).cutResponse({ status: 200, contentType: 'text/event-stream', body })
const request = (body: string): RequestCut =>
  dialectFor(REQUEST).cutRequest({ ...REQUEST, contentType: undefined, body: encodeUtf8(body), cutList: [] })

describe('streams', () => {
  test('of 8 million blank lines are one leaf, and take no memory for each', () => {
    const before = process.memoryUsage().rss
    const { leaves, shape } = stream(new Uint8Array(8 << 20).fill(0x0a))
    expect(leaves.map(({ kind, bytes }) => [kind, bytes.length])).toEqual([['opaque', 8 << 20]])
    expect(shape).toBe('cut')
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000)
  })

  test('of one event with a million data lines are read', () => {
    const { leaves, shape } = stream(encodeUtf8(`${'data\n'.repeat(1_000_000)}\n`))
    expect(leaves).toHaveLength(1)
    expect(shape).toBe('anomalous')
  })

  test('of more events than leaves are read to their end', () => {
    const chunk = (delta: object, finish: string | null) =>
      `data:${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
    const body = `${':\n\n'.repeat(250_001)}${chunk({ content: 'Hi' }, 'stop')}data: [DONE]\n\n`
    const { leaves, outputs, shape } = stream(encodeUtf8(body))
    expect(leaves.map(({ kind }) => kind)).toEqual(['opaque'])
    expect([outputs.map(({ text }) => String.fromCharCode(...text)), shape]).toEqual([['Hi'], 'complete'])
  })

  test('of as many leaves as there may be are joined again', () => {
    const leaf = { kind: 'event', role: '', pointer: '', offset: 0, bytes: Uint8Array.of(0x0a) } as const
    expect(bodyOf(Array(250_000).fill(leaf))).toHaveLength(250_000)
  })

  test.each([
    ['text after the end', 'data: [DONE]\n\ndata: {"choices":[{"index":0,"delta":{"content":"!"}}]}\n\n'],
    ['the end and something on one line', 'data: [DONE] \n\n'],
    ['two models', 'data: {"model":"huge","choices":[]}\n\ndata: [DONE]\n\n'],
    ['a member twice', 'data: {"model":"tiny","model":"tiny","choices":[]}\n\ndata: [DONE]\n\n'],
    ['half a surrogate pair', 'data: {"choices":[{"index":0,"delta":{"content":"\\ud83d"}}]}\n\ndata: [DONE]\n\n'],
    ['a choice beyond the bound', 'data: {"choices":[{"index":512,"delta":{"content":"!"}}]}\n\ndata: [DONE]\n\n'],
  ])('with %s are never complete', async (_, rest) => {
    const first = 'data: {"model":"tiny","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\n'
    const forgery: Forgery = { responseHeaders: [['content-type', 'text/event-stream']], responseBody: first + rest }
    const report = await judgeForgery(forgery, { output: encodeUtf8('Hi') })
    expect(report.checks.find(({ id }) => id === 'completion')?.code).toBe('COMPLETION_MISMATCH')
    expect(report.exitCode).toBe(1)
  })
})

describe('bodies', () => {
  test('with a name that no disclosure could hold are opaque, and verify', async () => {
    const name = 'k'.repeat(MAX_POINTER)
    expect(request(`{"${name.slice(1)}":1}`).leaves.map(({ kind }) => kind)).toContain('member')
    expect(request(`{"${name}":1}`).leaves.map(({ kind }) => kind)).toEqual(['opaque'])
    const run = await issueRun({ declaration: null, requestBody: `{"${name}":1}` })
    expect(() => parseDisclosure(run.disclosureFile)).not.toThrow()
  })

  test('with 4,000 parameters against 1,000 declared ones are compared by name, once', async () => {
    const names = (from: number, count: number) => Array.from({ length: count }, (_, n) => `p${from + n}`)
    const declared = Object.fromEntries(names(50_000, 1_000).map((name) => [name, 1]))
    const body = JSON.stringify(Object.fromEntries(names(10_000, 4_000).map((name) => [name, 1])))
    const any = { model: 'any', instructions: 'any', tools: 'any', context: 'any', history: 'any', input: 'any' }
    const declaration = { name: 'x', privacy: 'public', ...any, outputFormat: 'any', policy: 'strict' }
    const report = await judgeForgery({ declaration: { ...declaration, parameters: { fixed: declared } }, body })
    expect(report).toMatchObject({ authenticity: 'trusted', composition: 'broken' })
    expect(report.facts?.findings.filter(({ finding }) => finding === 'missing')).toHaveLength(1_000)
    expect(report.facts?.findings.filter(({ finding }) => finding === 'undeclared')).toHaveLength(4_000)
  })

  test.each<[string, string]>([
    ['5 million digits', `{"x":${'9'.repeat(5_000_000)}}`],
    ['an exponent of a million digits', `{"x":1e${'9'.repeat(1_000_000)}}`],
    [
      '10 million characters that are no base64',
      `{"messages":[{"role":"user","content":[{"type":"file","file":{"file_data":"${'A'.repeat(5_000_000)}!"}}]}]}`,
    ],
  ])('with %s are cut', (_, body) => {
    expect(request(body).parts).toHaveLength(1)
  })
})
