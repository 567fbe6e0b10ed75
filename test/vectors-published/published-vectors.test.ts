/** The table of published vectors says how many there are, of every folder. */
import { expect, test } from 'vitest'
import { PUBLISHED_VECTORS, VECTOR_FOLDERS, type VectorFolder } from '../support/published-vectors.ts'
import {
  hasVectors,
  listVectorFolders,
  listVectors,
  readVectorJson,
  readVectorText,
} from '../support/shared-vectors.ts'

const itemsIn = (path: string): number => readVectorJson<unknown[]>(path).length
const linesIn = (path: string, pattern: RegExp): number => readVectorText(path).match(pattern)?.length ?? 0

/** Of lists, or of members that are lists. */
const itemsOf = (path: string, members: readonly string[]): number => {
  const document = readVectorJson<Readonly<Record<string, object>>>(path)
  return members.reduce((sum, member) => sum + Object.keys(document[member] ?? {}).length, 0)
}

/** Files at any depth below a folder that has one folder or more in it. */
const filesBelow = (path: string, ending: RegExp): number =>
  listVectors(path, { deep: true }).filter((name) => ending.test(name)).length

const wycheproof = (name: string): number =>
  readVectorJson<{ readonly testGroups: readonly { readonly tests: readonly unknown[] }[] }>(
    `wycheproof/${name}.json`,
  ).testGroups.reduce((sum, { tests }) => sum + tests.length, 0)

const COUNTS: Readonly<Record<VectorFolder, () => number>> = {
  'c2pa-text': () =>
    1 +
    itemsOf('c2pa-text/a8-variation-selector.json', ['byteToVariationSelector']) +
    itemsOf('c2pa-text/embed-roundtrip.json', ['texts', 'worst_case_utf8_len']),
  'c2sp-checkpoint': () =>
    ['parse-go-sumdb', 'parse-transparency-dev-formats', 'rekor-checkpoints-sigstore-js']
      .map((name) => itemsIn(`c2sp-checkpoint/${name}.json`))
      .reduce((sum, items) => sum + items),
  'c2sp-cosignature': () => itemsIn('c2sp-cosignature/timestamps.json') + itemsIn('c2sp-cosignature/vkeys.json'),
  'c2sp-signed-note': () => itemsIn('c2sp-signed-note/open.json') + itemsIn('c2sp-signed-note/sign.json'),
  'c2sp-tlog-proof': () => itemsIn('c2sp-tlog-proof/parse.json'),
  'c2sp-witness': () =>
    itemsOf('c2sp-witness/add-checkpoint-sequence.json', ['requests']) +
    linesIn('c2sp-witness/litewitness-add-checkpoint.hurl.txt', /^POST /gm),
  dsse: () =>
    itemsIn('dsse/vectors.json') +
    listVectors('dsse/in-toto-golang').filter((name) =>
      readVectorText(`dsse/in-toto-golang/${name}`).includes('"payloadType"'),
    ).length,
  'jcs-cyberphone': () =>
    listVectors('jcs-cyberphone/input').length + linesIn('jcs-cyberphone/es6-numbers-10000.txt', /\n/g),
  'jcs-erdtman': () => listVectors('jcs-erdtman/input').length,
  'jcs-negative': () => itemsIn('jcs-negative/vectors.json'),
  jsontestsuite: () =>
    listVectors('jsontestsuite/test_parsing').length + listVectors('jsontestsuite/test_transform').length,
  'llm-streams': () => filesBelow('llm-streams', /\/[^/]+\.(?:json|chunks\.txt)$/),
  'merkle-transparency-dev': () =>
    filesBelow('merkle-transparency-dev/inclusion', /\.json$/) +
    filesBelow('merkle-transparency-dev/consistency', /\.json$/),
  'naughty-strings': () => itemsIn('naughty-strings/blns.json'),
  'secret-rules': () => linesIn('secret-rules/gitleaks.toml.txt', /^id = /gm),
  'sigstore-conformance': () => itemsOf('sigstore-conformance/INDEX.json', ['must_pass', 'must_fail']),
  sse: () => itemsIn('sse/vectors.json'),
  'tlog-tiles-tessera': () =>
    itemsOf('tlog-tiles-tessera/log.json', ['files_b64']) +
    itemsOf('tlog-tiles-tessera/paths.json', ['entries_path_for_index', 'tile_path', 'parse']),
  utf8tests: () => linesIn('utf8tests/utf8tests.txt', /^[0-9.]+:(?:valid|invalid)/gm),
  wycheproof: () =>
    ['ed25519_test', 'ecdsa_secp256r1_sha256_test', 'ecdsa_secp256r1_sha256_p1363_test']
      .map(wycheproof)
      .reduce((sum, tests) => sum + tests),
}

test('every folder that is there has its line in the table', () => {
  expect(listVectorFolders().filter((folder) => !(folder in PUBLISHED_VECTORS))).toEqual([])
})

test('each folder that is there has as many vectors as the table says', ({ skip }) => {
  const there = VECTOR_FOLDERS.filter(hasVectors)
  if (there.length === 0) skip('no published vectors are there')
  const counted = there.map((folder) => [folder, COUNTS[folder]()])
  expect(counted).toEqual(there.map((folder) => [folder, PUBLISHED_VECTORS[folder].count]))
})
