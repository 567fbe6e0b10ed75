/**
 * The specification is current: its worked examples are what the code computes, its closed lists are the code's, and its
 * bounds are the code's.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { p256 } from '@noble/curves/nist.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUNDLE_MEDIA_TYPE, MAX_BUNDLE_SIZE, parseBundle } from '../../src/core/bundle/index.ts'
import { ByteWriter, encodeBase64, encodeHex, encodeUtf8, formatTime } from '../../src/core/bytes/index.ts'
import { componentDigester, type DeclarationSource, declarationId } from '../../src/core/declaration/index.ts'
import { dialectFor } from '../../src/core/dialects/index.ts'
import { type DisclosedLeaf, parseDisclosure } from '../../src/core/disclosure/index.ts'
import { preAuthEncoding } from '../../src/core/dsse/index.ts'
import { ERROR_CODES } from '../../src/core/error-codes.ts'
import { sha256 } from '../../src/core/hash/index.ts'
import { MAX_ENTRY_SIZE } from '../../src/core/hashedrekord/index.ts'
import { MAX_STATEMENT_SIZE } from '../../src/core/intoto/index.ts'
import { canonicalNumber, canonicalText, DEFAULT_JSON_LIMITS } from '../../src/core/json/index.ts'
import { leafHash } from '../../src/core/merkle/index.ts'
import { fullKeyId, MAX_NOTE_SIZE, parseVerifierKey } from '../../src/core/note/index.ts'
import { ROLES } from '../../src/core/roles/index.ts'
import { PREDICATE, parseBindingStatement, parseRunStatement, runIdOf } from '../../src/core/run/index.ts'
import { MAX_SPANS } from '../../src/core/spans/cut-json.ts'
import {
  commitmentOf,
  deriveSalts,
  type Leaf,
  leafHashOf,
  MAX_BODY_LEAVES,
  MAX_HEAD_LEAVES,
  MAX_POINTER,
  recordRequestHead,
  recordResponseHead,
} from '../../src/core/spans/index.ts'
import { CHECK_IDS } from '../../src/core/verify/index.ts'
import { DIALECT_PAGES } from '../../tools/dialect-docs.ts'
import { smallOrderEncodings } from '../support/edwards-matrix.ts'
import { type ExampleRun, exampleFiles, makeExampleRun } from '../support/example-run.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const page = (name: string): string => readFileSync(join(ROOT, 'docs/spec', `${name}.md`), 'utf8')
const hexOf = (bytes: Uint8Array): string => encodeHex(sha256(bytes))

/** First cells of the rows of a page that hold code, without its marks. */
const cells = (text: string): string[] =>
  Array.from(text.matchAll(/^\| (?:\d+ \| )?`([^`]+)` \|/gm), ([, cell]) => cell as string)
const section = (name: string, title: string): string => page(name).split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
const codeBlocks = (text: string): string[] =>
  Array.from(text.matchAll(/```\w*\n([\s\S]*?)\n```/g), ([, code]) => code as string)

let example: ExampleRun
beforeAll(async () => {
  example = await makeExampleRun()
})

test('the files of the example run are those that the recorder makes', async () => {
  const folder = join(ROOT, 'test/vectors/example-run')
  for (const [name, bytes] of await exampleFiles(example)) {
    expect(encodeHex(readFileSync(join(folder, name))), `run: node tools/write-example-run.ts (${name})`).toBe(
      encodeHex(bytes),
    )
  }
})

describe('worked examples', () => {
  /** Each value stands in the page, in code. */
  const expectIn = (name: string, values: readonly string[]): void => {
    for (const value of values) expect(page(name)).toContain(value)
  }

  test('encoding, JSON, signature', () => {
    const bytesOf = (write: (writer: ByteWriter) => ByteWriter): string => encodeHex(write(new ByteWriter()).finish())
    expectIn('encoding', [
      `\`${bytesOf((writer) => writer.tag('colophon/leaf/v1'))}\``,
      `\`${bytesOf((writer) => writer.text('model'))}\``,
      `\`${bytesOf((writer) => writer.u64(9))}\``,
      `\`${encodeBase64(Uint8Array.of(0xff, 0xfe))}\``,
      `\`${formatTime(1_767_225_600_000)}\``,
    ])
    for (const [, tokens = '', canonical] of section('json', 'Canonical form').matchAll(
      /^\| (`.+`) \| `([^`]+)` \|$/gm,
    )) {
      for (const [, token = ''] of tokens.matchAll(/`([^`]+)`/g)) expect(canonicalNumber(token)).toBe(canonical)
    }
    const { publicKey, keyId } = example.signer
    expectIn('signature', [encodeBase64(publicKey), keyId, encodeHex(parseBundle(example.record).envelope.signature)])
  })

  test('container, log entry, log', () => {
    const { envelope, entry } = parseBundle(example.record)
    const signed = preAuthEncoding(envelope)
    const digits = envelope.payload.length.toLocaleString('en')
    expectIn('container', [hexOf(signed), hexOf(envelope.payload), hexOf(example.record), `${digits} bytes`])
    const { hashes, rootHash, checkpoint } = entry.proof
    const proof = [...hashes, rootHash].map((hash) => `\`${encodeBase64(hash)}\``)
    expectIn('log-entry', [
      encodeHex(leafHash(entry.body)),
      encodeBase64(sha256(signed)),
      `${entry.body.length} bytes`,
      ...proof,
    ])
    expectIn('log', [example.logKey, checkpoint, encodeHex(fullKeyId(parseVerifierKey(example.logKey)))])
  })

  test('declaration', () => {
    for (const source of [example.publicSource, example.privateSource]) expectIn('declaration', digestsOf(source))
    expectIn('declaration', [canonicalText(example.publicSource.declaration)])
  })

  test('binding, record, order, the run as a whole', () => {
    const { envelope, entry } = parseBundle(example.record)
    const record = parseRunStatement(envelope.payload)
    const binding = parseBindingStatement(record.binding.envelope.payload)
    expectIn('binding', [canonicalText(binding), runIdOf(binding)])
    const [shown = ''] = codeBlocks(section('record', 'Example'))
    const { composition, model, outcome } = record
    expect(JSON.parse(shown)).toMatchObject({ composition, model, outcome })
    expectIn('record', [...record.outputs.map(({ sha256 }) => sha256), record.runId])
    expectIn('order', [`| record | ${entry.logIndex} | ${entry.proof.treeSize} |`])
    const id = declarationId(example.publicSource.declaration)
    expectIn('README', [id, binding.request.commitment, record.runId, hexOf(envelope.payload)])
  })

  test('spans, commitment, disclosure', () => {
    const { request = [], response = [] } = parseDisclosure(example.disclosure)
    const rows = openLeaves(request).map(
      (leaf, index) => `| ${index} ${leafRow(leaf)} \`${new TextDecoder().decode(leaf.bytes)}\` |`,
    )
    expectIn('spans', [rows.join('\n'), new TextDecoder().decode(example.run.cutList)])

    const secret = example.run.secret
    const salts = deriveSalts({ secret, direction: 'request', count: request.length })
    const hashes = openLeaves(request).map((leaf, index) => {
      return leafHashOf({ leaf, index, salt: salts.subarray(16 * index, 16 * index + 16), hash: sha256 })
    })
    expectIn('commitment', [
      encodeHex(salts.subarray(16 * 7, 16 * 8)),
      ...[0, 1, 7].map((index) => encodeHex(hashes[index] as Uint8Array)),
      encodeHex(nodeOf(hashes[0] as Uint8Array, hashes[1] as Uint8Array)),
      encodeHex(rootOf(hashes)),
      encodeHex(commitment('request', hashes, example.run.requestBody.length)),
      commitmentToResponse(response),
    ])
    const [, preimage = ''] = /7 is of:\s+```\n([\s\S]+?)\n```/.exec(page('commitment')) ?? []
    expect(hexOf(Buffer.from(preimage.replaceAll(/\s/g, ''), 'hex'))).toBe(encodeHex(hashes[7] as Uint8Array))

    const [open = '', closed = ''] = codeBlocks(section('disclosure', 'Example')).map((block) => JSON.parse(block))
    const shown = JSON.parse(new TextDecoder().decode(example.disclosure)).request[7]
    expect(open).toEqual(shown)
    expect(closed).toMatchObject({
      hash: encodeHex(hashes[7] as Uint8Array),
      length: request[7]?.state === 'open' ? request[7].bytes.length : 0,
    })
  })

  test('a stream', () => {
    const text = section('dialects', 'Example')
    const [stream = ''] = codeBlocks(text)
    const cut = dialectFor({ method: 'POST', path: '/chat/completions' }).cutResponse({
      status: 200,
      contentType: 'text/event-stream',
      body: encodeUtf8(`${stream}\n\n`),
    })
    const rows = cut.leaves.map((leaf, index) => `| ${index} ${leafRow(leaf)} ${leaf.bytes.length} |`)
    expect(text).toContain(rows.join('\n'))
    expect(text.replaceAll('\n', ' ')).toContain(
      `\`${cut.model.state === 'named' ? cut.model.name : ''}\`; the shape is \`${cut.shape}\``,
    )
    for (const output of cut.outputs) expect(text).toContain(hexOf(output.text))
  })

  test('trust policy', () => {
    expect(page('trust-policy')).toContain(new TextDecoder().decode(example.trustPolicy).trimEnd())
  })
})

describe('closed lists', () => {
  test.each(DIALECT_PAGES)('the tables of $path are those that its dialect cuts by', ({ path, make }) => {
    const text = readFileSync(join(ROOT, path), 'utf8')
    expect(make(text), 'run: node tools/write-dialect-docs.ts').toBe(text)
  })

  test('the checks of the verdicts are those of the report, in their order', () => {
    expect(
      cells(section('verdicts', 'Checks')).filter((id) => !['pass', 'fail', 'claimed', 'notChecked'].includes(id)),
    ).toEqual([...CHECK_IDS])
  })

  test('roles, predicate types, the media type', () => {
    expect(cells(page('roles').split('\n## ')[0] as string)).toEqual([...ROLES])
    expect(cells(section('statement', 'Predicate types')).sort()).toEqual(Object.values(PREDICATE).sort())
    expect(page('container')).toContain(BUNDLE_MEDIA_TYPE)
  })

  test('what the page on spans lists of a head is recorded', () => {
    const listed = (of: string): [string, string][] => {
      const row = new RegExp(`^\\| ${of} \\| (.+) \\|$`, 'm').exec(section('spans', 'The head'))?.[1] ?? ''
      return Array.from(row.matchAll(/`([^`]+)`/g), ([, name]) => [name as string, 'x'])
    }
    const [headers, query] = [listed('request headers'), listed('query members')]
    const request = { method: 'POST', path: '/', query: query.map((pair) => pair.join('=')).join('&'), headers }
    expect(recordRequestHead(request)).toMatchObject({ headers, query, unrecordedHeaders: 0, unrecordedQuery: 0 })
    const response = { status: 200, headers: listed('response headers') }
    expect(recordResponseHead(response)).toMatchObject({ headers: response.headers, unrecordedHeaders: 0 })
    expect(headers.length * query.length * response.headers.length).toBeGreaterThan(0)
  })

  test('every error code that a page names is one', () => {
    const pages = readdirSync(join(ROOT, 'docs/spec')).map((name) => page(name.replace('.md', '')))
    const named = pages.flatMap((text) =>
      Array.from(text.matchAll(/`([A-Z0-9]+(?:_[A-Z0-9]+)+)`/g), ([, code]) => code as string),
    )
    const others = new Set(['SHA2_256', 'PKIX_ED25519'])
    expect(named.filter((code) => !(code in ERROR_CODES) && !others.has(code))).toEqual([])
    expect(named.length).toBeGreaterThan(100)
  })
})

test('constants of the curves', () => {
  const { p, b, n } = p256.Point.CURVE()
  for (const number of [p, b, n]) expect(page('signature')).toContain(` = ${number.toString(16).padStart(64, '0')}`)
  const ys = smallOrderEncodings().map(({ bytes }) => encodeHex(bytes.toReversed()))
  const listed =
    codeBlocks(section('signature', 'Log keys'))
      .join('\n')
      .match(/^[0-9a-f]{64}/gm) ?? []
  expect(listed).toHaveLength(2)
  for (const y of listed) expect(ys).toContain(y)
})

test('bounds', () => {
  const bounds: readonly [page: string, bound: number][] = [
    ['container', MAX_BUNDLE_SIZE],
    ['statement', MAX_STATEMENT_SIZE],
    ['log-entry', MAX_ENTRY_SIZE],
    ['log', MAX_NOTE_SIZE],
    ['json', DEFAULT_JSON_LIMITS.maxBytes],
    ['json', DEFAULT_JSON_LIMITS.maxNodes],
    ['json', DEFAULT_JSON_LIMITS.maxDepth],
    ['spans', MAX_SPANS],
    ['spans', MAX_POINTER],
    ['disclosure', MAX_POINTER],
    ['dialects', MAX_BODY_LEAVES],
    ['disclosure', MAX_BODY_LEAVES + MAX_HEAD_LEAVES],
  ]
  for (const [name, bound] of bounds) expect(page(name)).toContain(bound.toLocaleString('en'))
})

function digestsOf({ declaration, contents }: DeclarationSource): string[] {
  const blind = declaration.blind === undefined ? undefined : Buffer.from(declaration.blind, 'hex')
  return [...contents.map(componentDigester(blind)), declarationId(declaration)]
}

const openLeaves = (leaves: readonly DisclosedLeaf[]): Leaf[] => leaves.filter((leaf) => leaf.state === 'open')

/** Kind, role, pointer and offset as cells of a table. */
function leafRow({ kind, role, pointer, offset }: Leaf): string {
  const code = (text: string): string => (text === '' ? '' : `\`${text}\``)
  return `| ${code(kind)} | ${code(role)} | ${code(pointer)} | ${offset} |`
}

const nodeOf = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(new ByteWriter().tag('colophon/node/v1').raw(left).raw(right).finish())

function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 1) return hashes[0] as Uint8Array
  const split = 2 ** Math.ceil(Math.log2(hashes.length) - 1)
  return nodeOf(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)))
}

const commitment = (
  direction: 'request' | 'response',
  leafHashes: readonly Uint8Array[],
  bodyLength: number,
): Uint8Array => commitmentOf({ direction, dialect: 'openai-chat-completions/1', leafHashes, bodyLength, hash: sha256 })

function commitmentToResponse(leaves: readonly DisclosedLeaf[]): string {
  const { outcome } = parseRunStatement(parseBundle(example.record).envelope.payload)
  const hashes = leaves.map((leaf, index) => {
    return leaf.state === 'open' ? leafHashOf({ leaf, index, salt: leaf.salt, hash: sha256 }) : leaf.hash
  })
  const bodyLength = outcome.response.state === 'received' ? outcome.response.length : 0
  return encodeHex(commitment('response', hashes, bodyLength))
}
