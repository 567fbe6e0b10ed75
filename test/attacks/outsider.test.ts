/**
 * Somebody without any key edits the files that a verifier is given. The answer is a report, never an exception, in time
 * and memory that the files' size bounds, and it never says more than before.
 */
import { describe, expect, test } from 'vitest'
import { parseBundle } from '../../src/core/bundle/index.ts'
import { decodeUtf8, encodeUtf8 } from '../../src/core/bytes/index.ts'
import type { DisclosedLeaf, Disclosure } from '../../src/core/disclosure/index.ts'
import { formatDisclosure } from '../../src/core/disclosure/index.ts'
import type { ErrorCode } from '../../src/core/errors.ts'
import { explainRun } from '../../src/core/explain/index.ts'
import { parsePointer } from '../../src/core/json/index.ts'
import { type Report, verifyRecord } from '../../src/core/verify/index.ts'
import { columns, renderLines } from '../../src/node/cli/lines.ts'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { type ForgedRun, forgeRun, judgeRun, TRUST } from '../support/forged-run.ts'
import { ANSWER, RESPONSE_BODY } from '../support/issued-run.ts'
import { spoiledJson } from '../support/spoiled-json.ts'

const RUN: ForgedRun = await forgeRun()
const WHOLE = decodeUtf8(formatDisclosure(RUN.disclosure))

function judge(files: { record?: string | Uint8Array; disclosure?: string; output?: Uint8Array }): Promise<Report> {
  const bytes = (file: string | Uint8Array): Uint8Array => (typeof file === 'string' ? encodeUtf8(file) : file)
  return verifyRecord(
    {
      record: bytes(files.record ?? RUN.record),
      output: files.output ?? encodeUtf8(ANSWER),
      disclosure: bytes(files.disclosure ?? WHOLE),
    },
    { trust: TRUST, verifier: nodeVerifier, hash: nodeSha256 },
  )
}

const codes = ({ checks }: Report): (ErrorCode | undefined)[] =>
  checks.filter(({ status }) => status === 'fail').map(({ code }) => code)

test('no spoiled place of a disclosure makes more of a record, and none is an exception', async () => {
  const spoiled = [...spoiledJson(JSON.parse(WHOLE))].filter((_, n) => n % 25 === 0)
  expect(spoiled.length).toBeGreaterThan(100)
  const accepted: string[] = []
  for (const { how, document } of spoiled) {
    const report = await judge({ disclosure: JSON.stringify(document) })
    if (report.authenticity !== 'invalid' && report.composition === 'kept') accepted.push(how)
  }
  // What is not shown any more is claimed, where the composition does not need it.
  expect(
    accepted.filter((how) => !/^\/(response left out|declaration\/contents(\/\d left out| is \[\]))$/.test(how)),
  ).toEqual([])
})

describe('disclosures', () => {
  const closed = (offset: number, length: number, pointer = ''): DisclosedLeaf => {
    return { state: 'closed', kind: 'value', role: 'input', pointer, offset, length, hash: new Uint8Array(32) }
  }
  const withRequest = (request: readonly DisclosedLeaf[]) => (whole: Disclosure) => ({ ...whole, request })

  test('whose leaves are longer together than any number', async () => {
    const most = Number.MAX_SAFE_INTEGER
    const report = await judgeRun(RUN, { disclose: withRequest([closed(0, most), closed(most, most)]) })
    expect(codes(report)).toEqual(['DISCLOSURE_MISMATCH'])
  })

  test('whose pointers are none', async () => {
    const disclose = withRequest([closed(0, 1, 'no pointer'), closed(1, 1, '/~')])
    const report = await judgeRun(RUN, { disclose })
    expect(codes(report)).toEqual(['DISCLOSURE_MISMATCH'])
    expect(() => parsePointer('/~')).toThrowCode('SCHEMA_MISMATCH')
    expect(() => explainRun({ report, disclosure: disclose(RUN.disclosure) })).not.toThrow()
  })

  test('with parts of other runs', async () => {
    const other = await forgeRun()
    for (const disclosure of [
      { ...RUN.disclosure, runId: other.disclosure.runId },
      { ...other.disclosure, runId: RUN.disclosure.runId },
      { ...RUN.disclosure, response: other.disclosure.response ?? [] },
    ]) {
      expect(codes(await judgeRun(RUN, { disclose: () => disclosure }))).toContain('DISCLOSURE_MISMATCH')
    }
  })

  const head = `{"format":"colophon/disclosure/v1","runId":"${RUN.disclosure.runId}","request":`
  test.each<[string, () => string]>([
    ['a million empty objects', () => `${head}[${'{},'.repeat(1_000_000)}{}]}`],
    ['as many leaves as there may be, and more', () => `${head}[${'0,'.repeat(260_000)}0]}`],
    ['100,000 arrays in one another', () => '['.repeat(100_000)],
    ['a number of three million digits', () => `${head}${'9'.repeat(3_000_000)}}`],
    ['an exponent of a million digits', () => `${head}1e${'9'.repeat(1_000_000)}}`],
    ['50,000 members of one object', () => `{${Array.from({ length: 50_000 }, (_, n) => `"${n}":0`).join()}}`],
    ['one member twice', () => WHOLE.replace('"runId"', '"runId":"","runId"')],
    ['another version', () => WHOLE.replace('disclosure/v1', 'disclosure/v2')],
    ['half a surrogate pair', () => WHOLE.replace('"runId"', '"\\ud800":0,"runId"')],
    ['an offset beyond exact numbers', () => WHOLE.replace('"offset": 9', '"offset": 9007199254740993')],
  ])('of %s are malformed', async (_, make) => {
    expect(codes(await judge({ disclosure: make() }))).toEqual(['DISCLOSURE_MALFORMED'])
  })

  test('with a name of a million characters: the report does not repeat it', async () => {
    const report = await judge({ disclosure: `{"${'x'.repeat(1_000_000)}":0,${WHOLE.slice(1)}` })
    expect(codes(report)).toEqual(['DISCLOSURE_MALFORMED'])
    expect(JSON.stringify(report.checks).length).toBeLessThan(20_000)
  })
})

describe('records', () => {
  const text = decodeUtf8(RUN.record)
  const note = parseBundle(RUN.record).entry.proof.checkpoint
  const withNote = (changed: string): string =>
    text.replace(JSON.stringify(note).slice(1, -1), JSON.stringify(changed).slice(1, -1))
  const line = '— x AAAAAAA=\n'

  test('with a checkpoint of 65 signature lines, or of 60,000', async () => {
    expect((await judge({ record: withNote(note + line.repeat(63)) })).ok).toBe(true)
    for (const count of [64, 60_000]) {
      expect(codes(await judge({ record: withNote(note + line.repeat(count)) }))).toEqual(['NOTE_MALFORMED'])
    }
  })

  test('with the log’s own signature line twice', async () => {
    const own = note.slice(note.indexOf('—'))
    expect(codes(await judge({ record: withNote(note + own) }))).toEqual(['NOTE_MALFORMED'])
  })

  test('with a checkpoint of another size, or whose origin has a line more', async () => {
    for (const changed of [note.replace(/\n3\n/, '\n4\n'), note.replace('\n', '\nx\n')]) {
      expect(changed).not.toBe(note)
      expect((await judge({ record: withNote(changed) })).authenticity).toBe('invalid')
    }
  })

  test('with 64 hashes in the proof, or a hash too many', async () => {
    const hash = `"${Buffer.alloc(32).toString('base64')}"`
    const withHashes = (count: number): string =>
      text.replace(/"hashes":\[[^\]]*\]/, `"hashes":[${Array(count).fill(hash).join()}]`)
    expect(codes(await judge({ record: withHashes(64) }))).toEqual(['BUNDLE_MALFORMED'])
    expect(codes(await judge({ record: withHashes(63) }))).toEqual(['PROOF_LENGTH'])
  })

  test.each<[string, () => string]>([
    ['a megabyte of nothing', () => ' '.repeat((1 << 20) + 1)],
    ['100,000 empty objects', () => `[${'{},'.repeat(100_000)}{}]`],
    ['deep arrays', () => '['.repeat(1 << 20)],
    ['a million digits', () => '1'.repeat(1 << 20)],
  ])('of %s are malformed', async (_, make) => {
    expect(codes(await judge({ record: make() }))).toEqual(['BUNDLE_MALFORMED'])
  })
})

describe('outputs', () => {
  test('of 20 MB of line ends cost no more memory than a few copies', async () => {
    const output = new Uint8Array(20_000_000).fill(0x0a)
    output.fill(0x0d, 0, 10_000_000)
    const before = process.memoryUsage().rss
    expect(codes(await judge({ output }))).toEqual(['OUTPUT_MISMATCH'])
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000)
  })

  test('that is the record, the disclosure, the response with a comment more, or empty', async () => {
    const others = [RUN.record, encodeUtf8(WHOLE), encodeUtf8(`${RESPONSE_BODY}: x`), new Uint8Array(0)]
    for (const output of others) expect(codes(await judge({ output }))).toEqual(['OUTPUT_MISMATCH'])
  })
})

test('one long name does not make every line of a table as long', () => {
  const rows = [['x'.repeat(100_000), ''] as const, ...Array.from({ length: 1_000 }, () => ['y', 'z'] as const)]
  expect(renderLines(columns(rows, { indent: '' }), { colours: false }).length).toBeLessThan(300_000)
})
