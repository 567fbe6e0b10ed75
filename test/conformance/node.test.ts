/** The suite in Node, with Node's cryptography and with our own. */
import { beforeAll, expect, test } from 'vitest'
import { sha256 } from '../../src/core/hash/index.ts'
import { nobleVerifier } from '../../src/core/signature/index.ts'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { expanded } from '../../tools/vectors/parts.ts'
import type { Case } from '../../tools/vectors/topic.ts'
import { readSuite } from './read-suite.ts'
import { type Result, runSuite } from './suite.ts'

const suite = readSuite()
let outcomes: ReadonlyMap<string, Result['outcome']>

beforeAll(async () => {
  const results = await runSuite(suite, { verifier: nodeVerifier, hash: nodeSha256 })
  outcomes = new Map(results.map(({ name, outcome }) => [name, outcome]))
}, 60_000)

const reportOf = (name: string) => JSON.parse(String(outcomes.get(name))).accept.report

test('every case has a name of its own, and one outcome', () => {
  const ofTopics = suite.topics.flatMap(({ topic, cases }) => cases.map(({ name }) => `${topic}/${name}`))
  const names = [...ofTopics, ...[...suite.records, ...suite.signatures].map(({ name }) => name)]
  expect(new Set(names).size).toBe(names.length)
  expect([...outcomes.keys()]).toEqual(names)
})

test('the example is trusted and kept, and nothing that was changed is', () => {
  expect(reportOf('record with output, disclosure, trust')).toMatchObject({ exitCode: 0, composition: 'kept' })
  expect(reportOf('record with nothing')).toMatchObject({ exitCode: 3, authenticity: 'valid' })
  const changed = suite.records.filter(({ change }) => change !== undefined)
  expect(changed.length).toBeGreaterThan(50)
  for (const { name, change } of changed) {
    // White space between the tokens of a disclosure means nothing.
    if (change?.of !== 'disclosure') expect([name, reportOf(name).exitCode]).toEqual([name, 1])
  }
})

test('every topic of vectors is run, and comes out as its file says', () => {
  expect(suite.topics.length).toBeGreaterThan(20)
  for (const { topic, cases } of suite.topics) {
    for (const { name, accept, reject } of cases as readonly Case[]) {
      const outcome = outcomes.get(`${topic}/${name}`)
      const want = accept === undefined ? { reject } : { accept: expanded(accept) }
      expect([topic, name, JSON.parse(String(outcome))]).toEqual([topic, name, want])
    }
  }
})

test('our own cryptography gives the very same results', async () => {
  // Topics are run with it anyway.
  const own = await runSuite({ ...suite, topics: [] }, { verifier: nobleVerifier, hash: sha256 })
  expect(own.length).toBeGreaterThan(1_000)
  for (const { name, outcome } of own) expect([name, outcome]).toEqual([name, outcomes.get(name)])
})
