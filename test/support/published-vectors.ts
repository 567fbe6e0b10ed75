/**
 * Test vectors that others publish: how many there are in each folder, what a vector is, what is run with them, and
 * where the answer here is another than the published one, and why.
 *
 * `docs/published-vectors.md` is made from this table. Where the folders are there, `test/vectors-published` counts them
 * again and holds every difference against what really differs, so neither can go out of date.
 *
 * @module
 */

export interface PublishedVectors {
  readonly count: number
  /** What is counted: one thing that a publisher gives an answer for. */
  readonly what: string
  /** What is run with them; undefined where this version has nothing to run them against. */
  readonly run?: string
  readonly differences?: readonly Difference[]
}

export interface Difference {
  /** The publisher's name for it, or how many there are of a kind. */
  readonly vector: string
  readonly why: string
}

export const PUBLISHED_VECTORS = {
  'c2pa-text': { count: 14, what: 'texts, byte values and lengths of text with hidden bytes' },
  'c2sp-checkpoint': {
    count: 27,
    what: 'checkpoint bodies, and signed checkpoints of Rekor',
    run: 'Bodies are parsed; signed ones are opened with a key that signed none of them.',
    differences: [
      { vector: '4 bodies with a root hash of 7 or 37 bytes', why: 'our logs are of SHA-256' },
      { vector: '1 body of another origin', why: 'parsing asks no trust; opening compares the origin' },
    ],
  },
  'c2sp-cosignature': {
    count: 11,
    what: 'cosignatures with their times, and verifier keys',
    run: 'Cosignatures are split into time and signature, verifier keys parsed.',
    differences: [{ vector: 'works: native algMLDSA44 verifier', why: 'we verify Ed25519 and no ML-DSA' }],
  },
  'c2sp-signed-note': {
    count: 18,
    what: 'notes with the keys to open them, and one to be signed',
    run: 'Notes are opened; the signed one is formatted again.',
    differences: [
      { vector: 'ambiguous-duplicate-verifier', why: 'the very same key twice is not ambiguous' },
      { vector: 'duplicate-signatures-deduplicated', why: 'a second line by a known key is refused' },
    ],
  },
  'c2sp-tlog-proof': { count: 11, what: 'proofs', run: 'Parsed, and formatted back to the same bytes.' },
  'c2sp-witness': { count: 20, what: 'requests to a witness, in two orders' },
  dsse: {
    count: 6,
    what: 'the signed example of the specification, and envelopes of in-toto',
    run: 'Pre-authentication encodings are compared and signatures verified; all are read as envelopes of ours.',
    differences: [{ vector: '5 envelopes of in-toto', why: 'they name a keyid, and ours never do' }],
  },
  'jcs-cyberphone': {
    count: 10_006,
    what: 'documents, and numbers; these begin a sequence of which more is published as hashes',
    run: 'Documents are canonicalized; numbers are written, those listed and the sequence up to a million by its hashes (ten million in the slow tests).',
    differences: [{ vector: 'values.json', why: 'a number that no double holds keeps its exact value' }],
  },
  'jcs-erdtman': {
    count: 6,
    what: 'documents',
    run: 'Canonicalized.',
    differences: [{ vector: 'values.json', why: 'a number that no double holds keeps its exact value' }],
  },
  'jcs-negative': { count: 11, what: 'documents', run: 'Parsed as strict JSON, and canonicalized where accepted.' },
  jsontestsuite: {
    count: 340,
    what: 'documents',
    run: 'Parsed as strict JSON; what is accepted is compared with JSON.parse.',
    differences: [
      { vector: 'y_object_duplicated_key.json', why: 'two members of one name have two meanings (RFC 7493)' },
      { vector: 'y_object_duplicated_key_and_value.json', why: 'two members of one name have two meanings (RFC 7493)' },
    ],
  },
  'llm-streams': { count: 126, what: 'answers of model APIs, streamed or whole' },
  'merkle-transparency-dev': {
    count: 196,
    what: 'inclusion and consistency proofs of trees',
    run: 'Verified.',
    differences: [
      { vector: '322 proofs of subtrees', why: 'not run: no format of ours has any' },
      {
        vector: 'consistency/additional/sizes-are-equal-one-and-proof-is-empty.json',
        why: 'its root hashes are texts of 12 bytes; with hashes in their place it is accepted, as published',
      },
      {
        vector: '3 proofs from the empty tree',
        why: 'they are refused, but for root hashes that are none: an empty proof from the empty tree is in order (C2SP tlog-witness)',
      },
    ],
  },
  'naughty-strings': {
    count: 515,
    what: 'strings',
    run: 'Through strict JSON; as prompts and names through a whole run to the verdict, its explanation on a terminal and the page.',
  },
  'secret-rules': { count: 222, what: 'patterns of credentials' },
  'sigstore-conformance': { count: 70, what: 'bundles to be verified' },
  sse: { count: 110, what: 'event streams', run: 'Cut into events.' },
  'tlog-tiles-tessera': {
    count: 78,
    what: 'files of one log, its 17 checkpoints among them, and paths of tiles',
    run: 'Checkpoints are verified, tiles and bundles made from the entries to the byte, proofs made from the tiles; paths are written and read.',
  },
  utf8tests: { count: 216, what: 'byte sequences', run: 'Decoded, by themselves and as strings of JSON.' },
  wycheproof: {
    count: 897,
    what: 'signatures: Ed25519, and ECDSA P-256 in DER and as two numbers',
    run: 'Verified with node:crypto, with our own verifier, and with that in Chromium.',
    differences: [
      { vector: '71 valid ECDSA signatures in DER', why: 'their s is the high one of two; the low one is accepted' },
      { vector: '173 valid ECDSA signatures as two numbers', why: 'that is not DER; put into DER they are accepted' },
    ],
  },
} as const satisfies Readonly<Record<string, PublishedVectors>>

export type VectorFolder = keyof typeof PUBLISHED_VECTORS

export const VECTOR_FOLDERS = Object.keys(PUBLISHED_VECTORS) as readonly VectorFolder[]

/** The table's entry, with the members that not every folder has. */
export const publishedVectors = (folder: VectorFolder): PublishedVectors => PUBLISHED_VECTORS[folder]

/** What the table says differs, to be held against what does. */
export const differencesIn = (folder: VectorFolder): readonly string[] =>
  (publishedVectors(folder).differences ?? []).map(({ vector }) => vector)
