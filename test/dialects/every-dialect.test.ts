/**
 * What holds of every dialect whose messages are JSON, over bodies made of its own table.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeUtf8, joinBytes } from '../../src/core/bytes/index.ts'
import { dialectById, JSON_APIS } from '../../src/core/dialects/index.ts'
import { ColophonError } from '../../src/core/errors.ts'
import { parseJson } from '../../src/core/json/index.ts'
import { SENT_ROLES } from '../../src/core/roles/index.ts'
import {
  type Leaf,
  recordRequestHead,
  recordResponseHead,
  requestHeadLeaves,
  responseHeadLeaves,
} from '../../src/core/spans/index.ts'
import { recutRequest, recutResponse } from '../../src/core/verify/recut.ts'
import { anyBody } from '../support/any-body.ts'
import { labelsByTheBook, type Place } from '../support/labels-by-the-book.ts'

const RUNS = { numRuns: 60 }

const labelsOf = (leaves: readonly Leaf[]): string[] =>
  leaves.filter(({ kind }) => kind !== 'structure').map(({ role, pointer }) => `${role} ${pointer}`)

function expectTiled(leaves: readonly Leaf[], body: string, roles: readonly string[]): void {
  let end = 0
  for (const leaf of leaves) {
    expect(leaf.offset).toBe(end)
    expect(leaf.bytes.length).toBeGreaterThan(0)
    expect(leaf.kind === 'structure' ? [''] : roles).toContain(leaf.role)
    end += leaf.bytes.length
  }
  expect(Buffer.from(joinBytes(leaves.map(({ bytes }) => bytes))).toString()).toBe(body)
}

describe.each(JSON_APIS)('$id', (api) => {
  const dialect = dialectById(api.id) as NonNullable<ReturnType<typeof dialectById>>
  const [pattern] = api.paths
  const path = `/x${pattern?.replace('{model}', 'm-1')}`
  const name = api.id.slice(0, api.id.indexOf('/'))
  const tables = JSON.parse(
    readFileSync(new URL(`../../docs/spec/dialects/${name}.json`, import.meta.url), 'utf8'),
  ) as {
    readonly request: Place
    readonly response: Place
  }
  const cutRequest = (body: string) =>
    dialect.cutRequest({ method: 'POST', path, contentType: undefined, body: encodeUtf8(body), cutList: [] })
  const cutResponse = (body: string) =>
    dialect.cutResponse({ status: 200, contentType: 'application/json', body: encodeUtf8(body) })
  const requestLeaves = (body: string): Leaf[] => {
    const head = recordRequestHead({ method: 'POST', path, query: '', headers: [] })
    return [...requestHeadLeaves(head, encodeUtf8('[]')), ...cutRequest(body).leaves]
  }
  const responseLeaves = (body: string): Leaf[] => {
    const head = recordResponseHead({ status: 200, headers: [['content-type', 'application/json']] })
    return [...responseHeadLeaves(head), ...cutResponse(body).leaves]
  }

  test('the spans of a request tile it, with the roles of the specification', () => {
    fc.assert(
      fc.property(anyBody(api.request), (body) => {
        const value = parseJson(encodeUtf8(body))
        const { leaves, parts } = cutRequest(body)
        expectTiled(leaves, body, SENT_ROLES)
        const labels = labelsByTheBook(value, tables.request, 'parameters')
        expect(labelsOf(leaves)).toEqual(labels)
        const inBody = parts.filter(({ at }) => at !== 'path')
        expect(inBody.map(({ role, at }) => `${role} ${at}`)).toEqual(labels)
      }),
      RUNS,
    )
  })

  test('the spans of a response tile it, with the roles of the specification', () => {
    fc.assert(
      fc.property(anyBody(api.response), (body) => {
        const { leaves } = cutResponse(body)
        expectTiled(leaves, body, ['model', 'output', 'metadata'])
        const value = parseJson(encodeUtf8(body))
        const isRead = value instanceof Map || (Array.isArray(value) && api.response.kind !== 'object')
        const labels = isRead ? labelsByTheBook(value, tables.response, 'metadata') : ['metadata ']
        // A text of the answer may be cut into its sentences.
        expect(new Set(labelsOf(leaves))).toEqual(new Set(labels))
      }),
      RUNS,
    )
  })

  test('a verifier makes the same cut of all the leaves, and of none that are changed', () => {
    fc.assert(
      fc.property(anyBody(api.request), anyBody(api.response), fc.nat(), fc.nat(), (asked, answered, one, other) => {
        const request = requestLeaves(asked)
        recutRequest(request, api.id)
        for (const changed of changesOf(request, one, other)) expectBroken(() => recutRequest(changed, api.id))
        const response = responseLeaves(answered)
        recutResponse(response, api.id)
        for (const changed of changesOf(response, one, other)) expectBroken(() => recutResponse(changed, api.id))
      }),
      RUNS,
    )
  })

  test('no answer is read as whole that says nothing', () => {
    for (const body of ['{}', '[]', '', 'null', '{"error":{"message":"no"}}']) {
      expect(cutResponse(body).shape).not.toBe('complete')
    }
    expect(dialect.cutResponse({ status: 200, contentType: api.streams, body: new Uint8Array(0) }).shape).toBe('cut')
  })
})

function expectBroken(recut: () => unknown): void {
  try {
    recut()
  } catch (error) {
    if (ColophonError.is(error, 'CLOSURE_BROKEN')) return
    throw error
  }
  throw new Error('a changed cut was taken for the message’s own')
}

/** One byte moved, two pointers swapped, a role renamed, a span hidden in structure, one left out. */
function* changesOf(leaves: readonly Leaf[], one: number, other: number): Generator<Leaf[]> {
  const ofBody = leaves.flatMap(({ kind }, index) => (BODY.has(kind) ? [index] : []))
  if (ofBody.length === 0) return
  const place = ofBody[one % ofBody.length] as number
  const leaf = leaves[place] as Leaf
  const next = leaves[place + 1]
  const put = (...changes: readonly (readonly [number, Leaf])[]): Leaf[] => {
    const changed = [...leaves]
    for (const [index, leaf] of changes) changed[index] = leaf
    return changed
  }
  if (next !== undefined && leaf.bytes.length > 1) {
    const moved = leaf.bytes.subarray(-1)
    yield put(
      [place, { ...leaf, bytes: leaf.bytes.subarray(0, -1) }],
      [place + 1, { ...next, offset: next.offset - 1, bytes: joinBytes([moved, next.bytes]) }],
    )
    const rest = { ...leaf, bytes: joinBytes([leaf.bytes, next.bytes]) }
    yield [...leaves.slice(0, place), rest, ...leaves.slice(place + 2)]
  }
  const second = ofBody[other % ofBody.length] as number
  const partner = leaves[second] as Leaf
  if (partner.pointer !== leaf.pointer) {
    yield put([place, { ...leaf, pointer: partner.pointer }], [second, { ...partner, pointer: leaf.pointer }])
  }
  yield put([place, { ...leaf, role: leaf.role === 'tools' ? 'input' : 'tools' }])
  yield put([place, { ...leaf, kind: leaf.kind === 'structure' ? 'value' : 'structure' }])
  // Nothing at all is a message too, of an empty body.
  if (ofBody.length > 1) yield [...leaves.slice(0, place), ...leaves.slice(place + 1)]
}

const BODY: ReadonlySet<string> = new Set(['structure', 'value', 'text', 'member', 'opaque'])
