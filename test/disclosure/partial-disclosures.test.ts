/**
 * Part of a run is shown: whatever part it is, exactly that is proven and readable, and everything else is claimed.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { decodeUtf8 } from '../../src/core/bytes/index.ts'
import { dialectById } from '../../src/core/dialects/index.ts'
import {
  type DisclosedLeaf,
  type Disclosure,
  formatDisclosure,
  parseDisclosure,
} from '../../src/core/disclosure/index.ts'
import { explainExcerpt, explainRun, mapDisclosure } from '../../src/core/explain/index.ts'
import type { Leaf } from '../../src/core/spans/index.ts'
import type { Report } from '../../src/core/verify/index.ts'
import { nodeSha256 as hash } from '../../src/node/keys/index.ts'
import { discloseParts, parsePartSelector } from '../../src/web/capture/index.ts'
import { type ForgedRun, forgeRun, judgeRun } from '../support/forged-run.ts'
import { REQUEST_BODY } from '../support/issued-run.ts'

const dialect = dialectById('openai-chat-completions/1')
if (dialect === undefined) throw new Error('the dialect is not there')

const SELECTORS = [
  ...['model', 'instructions', 'tools', 'context', 'history', 'input', 'parameters', 'outputFormat'],
  ...[
    'request',
    'response',
    'structure',
    'head',
    'cutList',
    'output',
    'declaration',
    'declaration:model',
    '/messages',
    '/messages/1/content',
  ],
  ...['response:model', 'response:metadata', 'response:structure', 'response:head', 'response:/choices'],
]

const parts = (whole: Disclosure, asked: readonly string[]): Disclosure =>
  discloseParts({ whole, dialect, selectors: asked.map(parsePartSelector), hash }).disclosure
const statusOf = ({ checks }: Report, id: string): string | undefined => checks.find((check) => check.id === id)?.status
const failuresOf = ({ checks }: Report) =>
  checks.flatMap(({ id, status, code }) => (status === 'fail' ? [{ id, code }] : []))
/** Of the output: the file is not what these tests are about. */
const judge = (run: ForgedRun, disclosure: Disclosure): Promise<Report> => judgeRun(run, { disclose: () => disclosure })

let run: ForgedRun
beforeAll(async () => {
  run = await forgeRun()
})

test('whatever is opened: each open span is one that was committed to, and no byte of another is in the file', async () => {
  const { disclosure: whole } = run
  const asked = fc.uniqueArray(fc.constantFrom(...SELECTORS), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(asked, async (names) => {
      const selectors = names.map(parsePartSelector)
      const { disclosure, counts } = discloseParts({ whole, dialect, selectors, hash })
      const report = await judge(run, parseDisclosure(formatDisclosure(disclosure)))
      expect(failuresOf(report)).toEqual([])
      expect(counts.every((count) => count >= 0)).toBe(true)
      for (const of of ['request', 'response'] as const) {
        const shown = disclosure[of]
        if (shown === undefined) {
          expect(statusOf(report, `${of}Bytes`)).toBe('notChecked')
          continue
        }
        expect(statusOf(report, `${of}Bytes`)).toBe('pass')
        const isWhole = shown.every(({ state }) => state === 'open')
        expect(statusOf(report, `${of}Closure`)).toBe(isWhole ? 'pass' : 'claimed')
        shown.forEach((leaf, index) => {
          if (leaf.state === 'open') expect(leaf).toEqual(whole[of]?.[index])
          else
            expect(Object.keys(leaf).sort()).toEqual(['hash', 'kind', 'length', 'offset', 'pointer', 'role', 'state'])
        })
      }
      expect(disclosure.declaration !== undefined).toBe(names.some((name) => name.startsWith('declaration')))
    }),
    { numRuns: 40 },
  )
})

test('no word of what stays closed is in the file, nor the blind', async () => {
  const text = decodeUtf8(formatDisclosure(parts(run.disclosure, ['model', 'structure', 'response:model'])))
  expect(text).toContain('\\"tiny\\"')
  const hidden = ['Answer politely', 'lamp', 'euros', run.disclosure.declaration?.document.blind ?? 'none']
  expect(hidden.filter((word) => text.includes(word))).toEqual([])
  expect(hidden.filter((word) => decodeUtf8(formatDisclosure(run.disclosure)).includes(word))).toEqual(hidden)
})

describe('of a part, no more is said than that it is there', () => {
  test('in the report, the headline and every answer', async () => {
    const disclosure = parts(run.disclosure, ['model', 'instructions', 'output', 'declaration'])
    const report = await judge(run, disclosure)
    expect(report).toMatchObject({ authenticity: 'trusted', composition: 'claimed', ok: false, exitCode: 5 })
    expect(report.headline).toContain('claimed by Liar')
    expect(report.headline).not.toContain('recomputed')
    const { sections } = explainRun({ report, disclosure })
    expect(sections.map(({ id, standing }) => [id, standing])).toEqual(
      ['instructions', 'context', 'tools', 'model', 'composition'].map((id) => [id, 'claimed']),
    )
    for (const { answer, proven } of sections) expect(answer + proven).not.toMatch(/no other|None|recomputed|Every/)
  })

  test('in the map', async () => {
    const disclosure = parts(run.disclosure, ['instructions', 'output'])
    const maps = mapDisclosure({ report: await judge(run, disclosure), disclosure })
    expect(maps.map(({ message, isWhole }) => [message, isWhole])).toEqual([
      ['request', false],
      ['response', false],
    ])
    for (const { openCount, closedCount, proven, claimed, spans } of maps) {
      expect(spans).toHaveLength(openCount + closedCount)
      expect(proven).toMatch(new RegExp(`^${openCount} of ${spans.length} spans are open: `))
      expect(proven).not.toContain('recomputed')
      expect(claimed).toContain('each could hold more than it says')
      for (const { state, text, base64, reading } of spans) {
        if (state === 'closed') expect([text, base64, reading]).toEqual([undefined, undefined, undefined])
      }
    }
    const shown = maps[0]?.spans.filter(({ state }) => state === 'open')
    expect(shown).toMatchObject([{ role: 'instructions', pointer: '/messages/0/content', reading: 'Answer politely.' }])
  })

  test('and of a whole everything', async () => {
    const maps = mapDisclosure({ report: await judge(run, run.disclosure), disclosure: run.disclosure })
    expect(maps.map(({ isWhole, closedCount, claimed }) => [isWhole, closedCount, claimed])).toEqual(
      Array(2).fill([true, 0, 'Nothing.']),
    )
    const body = maps[0]?.spans.filter(({ kind }) => /structure|value|text|member/.test(kind)).map(({ text }) => text)
    expect(body?.join('')).toBe(REQUEST_BODY)
  })

  test('of an invalid record, and of leaves that do not meet it, there is no map', async () => {
    const broken = changed(run.disclosure, 'request', (leaf) => ({
      ...leaf,
      role: leaf.role === 'model' ? 'input' : leaf.role,
    }))
    expect(mapDisclosure({ report: await judge(run, broken), disclosure: broken })).toEqual([])
    expect(explainExcerpt({ report: await judge(run, broken), disclosure: broken }, 'a').standing).toBe('unknown')
  })
})

const changed = (
  disclosure: Disclosure,
  of: 'request' | 'response',
  change: (leaf: DisclosedLeaf, index: number) => DisclosedLeaf,
): Disclosure => ({ ...disclosure, [of]: disclosure[of]?.map(change) })

describe('whoever changes a disclosure of a part', () => {
  const open = (leaf: DisclosedLeaf) => leaf.state === 'open'
  const CHANGES: readonly [string, (leaf: DisclosedLeaf) => DisclosedLeaf][] = [
    ['a byte', (leaf) => (leaf.state === 'open' ? { ...leaf, bytes: leaf.bytes.map((byte) => byte ^ 1) } : leaf)],
    ['the salt', (leaf) => (leaf.state === 'open' ? { ...leaf, salt: leaf.salt.map((byte) => byte ^ 1) } : leaf)],
    ['the role', (leaf) => (open(leaf) ? { ...leaf, role: 'input' } : leaf)],
    ['the pointer', (leaf) => (open(leaf) ? { ...leaf, pointer: '/messages/1/content' } : leaf)],
    ['the kind', (leaf) => (open(leaf) ? { ...leaf, kind: 'opaque' } : leaf)],
  ]
  test.each(CHANGES)('cannot change %s of what is open', async (_, change) => {
    const disclosure = changed(parts(run.disclosure, ['instructions']), 'request', change)
    expect(failuresOf(await judge(run, disclosure))).toEqual([{ id: 'requestBytes', code: 'DISCLOSURE_MISMATCH' }])
  })

  test('cannot swap two spans, leave one out, move one, or move a byte from one to the next', async () => {
    const disclosure = parts(run.disclosure, ['instructions', 'input'])
    const leaves = disclosure.request ?? []
    const at = leaves.findIndex(({ role }) => role === 'instructions')
    const swapped = leaves.with(at, leaves[at + 1] as DisclosedLeaf).with(at + 1, leaves[at] as DisclosedLeaf)
    const moved = leaves.map((leaf, index): DisclosedLeaf => {
      if (index === at && leaf.state === 'open') return { ...leaf, bytes: leaf.bytes.subarray(0, -1) }
      if (index !== at + 1 || leaf.state !== 'closed') return leaf
      return { ...leaf, offset: leaf.offset - 1, length: leaf.length + 1 }
    })
    const later = leaves.map((leaf) => ({ ...leaf, offset: leaf.kind === 'structure' ? leaf.offset + 1 : leaf.offset }))
    for (const request of [swapped, leaves.toSpliced(at + 1, 1), later, moved]) {
      expect(failuresOf(await judge(run, { ...disclosure, request }))).toEqual([
        { id: 'requestBytes', code: 'DISCLOSURE_MISMATCH' },
      ])
    }
  })

  test('can say something else of what is closed, and it stays claimed', async () => {
    const disclosure = parts(run.disclosure, ['instructions'])
    const lies = changed(disclosure, 'request', (leaf) => {
      return leaf.state === 'closed' && leaf.role === 'input' ? { ...leaf, role: 'context', pointer: '/x' } : leaf
    })
    const report = await judge(run, lies)
    expect(failuresOf(report)).toEqual([])
    expect(statusOf(report, 'requestClosure')).toBe('claimed')
    expect(explainRun({ report, disclosure: lies }).sections.find(({ id }) => id === 'context')).toMatchObject({
      standing: 'claimed',
      items: [],
    })
  })
})

describe('an issuer that lied when it committed is believed nothing closed, and found out when all is open', () => {
  /** Two spans as one, under the label of the first. */
  const merged = (isFirst: (leaf: Leaf) => boolean, count: number) => (leaves: readonly Leaf[]) => {
    const at = leaves.findIndex(isFirst)
    const held = leaves.slice(at, at + count)
    const bytes = Buffer.concat(held.map((leaf) => leaf.bytes))
    return leaves.toSpliced(at, count, { ...(held[0] as Leaf), bytes: new Uint8Array(bytes) })
  }
  const isRole = (role: string) => (leaf: Leaf) => leaf.role === role
  const relabelled = (role: string, as: Partial<Leaf>) => (leaves: readonly Leaf[]) =>
    leaves.map((leaf) => (leaf.role === role ? { ...leaf, ...as } : leaf))
  const EXTRA = REQUEST_BODY.replace('"temperature"', '"seed":7,"temperature"')

  test.each<[string, { readonly body?: string; readonly leaves: (leaves: readonly Leaf[]) => readonly Leaf[] }]>([
    ['a second message inside a span', { leaves: merged(isRole('instructions'), 3) }],
    [
      'an extra field in structure',
      { body: EXTRA, leaves: merged((leaf) => decodeUtf8(leaf.bytes).startsWith('}]'), 3) },
    ],
    ['an input that is called context', { leaves: relabelled('input', { role: 'context' }) }],
    ['another pointer', { leaves: relabelled('input', { pointer: '/messages/0/content' }) }],
    ['a byte that belongs to the span before', { leaves: movedByte }],
  ])('%s', async (_, { leaves, ...forgery }) => {
    const forged = await forgeRun({
      ...forgery,
      leaves: (all, direction) => (direction === 'request' ? leaves(all) : all),
    })
    const disclosure = parts(forged.disclosure, ['model', 'instructions', 'context', 'structure'])
    const report = await judge(forged, disclosure)
    expect(failuresOf(report)).toEqual([])
    expect(statusOf(report, 'requestClosure')).toBe('claimed')
    expect(report.composition).not.toBe('kept')
    for (const { standing } of explainRun({ report, disclosure }).sections) expect(standing).not.toBe('proven')
    const opened = await judge(forged, forged.disclosure)
    expect(failuresOf(opened)).toContainEqual({ id: 'requestClosure', code: 'CLOSURE_BROKEN' })
    expect(opened.authenticity).toBe('invalid')
  })

  function movedByte(leaves: readonly Leaf[]): readonly Leaf[] {
    const at = leaves.findIndex(isRole('instructions'))
    const [one, two] = [leaves[at], leaves[at + 1]] as [Leaf, Leaf]
    const first = { ...one, bytes: Uint8Array.from([...one.bytes, two.bytes[0] as number]) }
    return leaves.toSpliced(at, 2, first, { ...two, offset: two.offset + 1, bytes: two.bytes.subarray(1) })
  }
})

describe('parts that a run does not have', () => {
  test.each(['/nowhere', '/messages/9', '/messages/0/content/0', 'response:/nowhere'])('%s is refused', (name) => {
    expect(() => parts(run.disclosure, [name])).toThrowCode('PART_UNKNOWN')
  })

  test('the response of a run without one, and the declaration of one that was bound to none, are refused', () => {
    const { response: _, declaration: __, ...open } = run.disclosure
    for (const name of ['output', 'response:head', 'declaration', 'declaration:tools']) {
      expect(() => parts(open, [name])).toThrowCode('PART_UNKNOWN')
    }
  })

  test('the head is opened without the names of passages, which have a name of their own', () => {
    const open = (name: string) => parts(run.disclosure, [name]).request?.filter(({ state }) => state === 'open')
    expect(open('head')?.map(({ kind }) => kind)).toEqual(['method', 'path', 'header', 'unrecorded', 'unrecorded'])
    expect(open('cutList')?.map(({ kind }) => kind)).toEqual(['cutList'])
  })

  test('a role of which nothing was sent opens nothing', () => {
    const selectors = ['tools', 'model'].map(parsePartSelector)
    expect(discloseParts({ whole: run.disclosure, dialect, selectors, hash }).counts).toEqual([0, 1])
    expect(parts(run.disclosure, ['tools'])).toEqual({ runId: run.disclosure.runId })
  })

  test.each([
    '',
    'policy',
    'Model',
    'response:input',
    'response:',
    'declaration:',
    'declaration:output',
    '/~2',
    'messages',
  ])('the name %j is refused', (name) => {
    expect(() => parsePartSelector(name)).toThrowCode('USAGE')
  })
})
