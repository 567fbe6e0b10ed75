import { describe, expect, test } from 'vitest'
import { ColophonError } from '../../src/core/errors.ts'
import { emptyRoot, verifyConsistency, verifyInclusion } from '../../src/core/merkle/index.ts'
import { differencesIn } from '../support/published-vectors.ts'
import { describeVectors, listVectors, readVectorJson } from '../support/shared-vectors.ts'

const FOLDER = 'merkle-transparency-dev'

interface Outcome {
  readonly wantErr: boolean
  readonly proof: readonly string[] | null
}

interface Inclusion extends Outcome {
  readonly leafIdx: number
  readonly treeSize: number
  readonly root: string
  readonly leafHash: string
}

interface Consistency extends Outcome {
  readonly size1: number
  readonly size2: number
  readonly root1: string
  readonly root2: string
}

const hashOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'))
const proofOf = ({ proof }: Outcome): Uint8Array[] => (proof ?? []).map(hashOf)

/** Whether a proof verifies. A hash that is not 32 bytes, or a number of more than 63 bits, is a caller mistake. */
function verifies(verify: () => void): boolean {
  try {
    verify()
    return true
  } catch (error) {
    if (ColophonError.is(error) || error instanceof RangeError) return false
    throw error
  }
}

const isIncluded = (vector: Inclusion): boolean =>
  verifies(() =>
    verifyInclusion({
      leafHash: hashOf(vector.leafHash),
      leafIndex: BigInt(vector.leafIdx),
      treeSize: BigInt(vector.treeSize),
      rootHash: hashOf(vector.root),
      proof: proofOf(vector),
    }),
  )

const isConsistent = (vector: Consistency): boolean =>
  verifies(() =>
    verifyConsistency({
      first: { size: BigInt(vector.size1), root: hashOf(vector.root1) },
      second: { size: BigInt(vector.size2), root: hashOf(vector.root2) },
      proof: proofOf(vector),
    }),
  )

/** Where roots make no difference to theirs, it has texts in their place. */
const TEXT_FOR_ROOT = 'consistency/additional/sizes-are-equal-one-and-proof-is-empty.json'
const FROM_NOTHING = [
  'consistency/additional/size1-is-zero-and-does-not-equal-size2.json',
  'consistency/additional/size1-is-zero-and-size2-is-not-zero.json',
  'consistency/additional/sizes-are-equal-zero-and-proof-is-empty.json',
]

const filesOf = (kind: string): string[] =>
  listVectors(`${FOLDER}/${kind}`, { deep: true })
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${kind}/${name}`)

describeVectors(FOLDER, () => {
  describe('inclusion', () => {
    test('all 98 as published', () => {
      const files = filesOf('inclusion')
      expect(files).toHaveLength(98)
      for (const file of files) {
        const vector = readVectorJson<Inclusion>(`${FOLDER}/${file}`)
        expect([file, isIncluded(vector)]).toEqual([file, !vector.wantErr])
      }
    })
  })

  describe('consistency', () => {
    const files = filesOf('consistency')
    const vectorOf = (file: string): Consistency => readVectorJson<Consistency>(`${FOLDER}/${file}`)

    test('97 of 98 as published, and the other one where it has a root hash', () => {
      expect(files).toHaveLength(98)
      const different = files.filter((file) => isConsistent(vectorOf(file)) === vectorOf(file).wantErr)
      expect(different).toEqual([TEXT_FOR_ROOT])
      const root = Buffer.alloc(32, 7).toString('base64')
      expect(isConsistent({ ...vectorOf(TEXT_FOR_ROOT), root1: root, root2: root })).toBe(true)
    })

    test('from the empty tree to any: refused by theirs, accepted by ours where the roots are roots', () => {
      const nothing = Buffer.from(emptyRoot()).toString('base64')
      const other = Buffer.alloc(32, 7).toString('base64')
      for (const file of FROM_NOTHING) {
        const vector = vectorOf(file)
        expect([vector.size1, vector.wantErr, isConsistent(vector)]).toEqual([0, true, false])
        const root2 = vector.size2 === 0 ? nothing : other
        expect(isConsistent({ ...vector, root1: nothing, root2 })).toBe(true)
        expect(isConsistent({ ...vector, root1: other, root2 })).toBe(false)
      }
    })
  })

  test('the table says so', () => {
    // Proofs of subtrees: no format of a record or a log of ours has any, and nothing here verifies them.
    const subtrees = ['subtreeinclusion', 'subtreeconsistency'].flatMap(filesOf)
    expect(differencesIn(FOLDER)).toEqual([
      `${subtrees.length} proofs of subtrees`,
      TEXT_FOR_ROOT,
      `${FROM_NOTHING.length} proofs from the empty tree`,
    ])
  })
})
