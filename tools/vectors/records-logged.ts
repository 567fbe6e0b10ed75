/**
 * Records whose place in a log is not proven, for `records.ts`: proofs, checkpoints, logs and signers, one at a time.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { Members } from './declared.ts'
import { edited } from './document.ts'
import { inOneLog, OTHER, type Plan } from './issued.ts'
import { LOG, noteKey, OTHER_WITNESS, WITNESS } from './notes.ts'
import { base64Of } from './parts.ts'
import { PlainLog, type Sequenced } from './plain-log.ts'
import { UNDECLARED } from './plans.ts'
import { type Checks, type Given, judged, type RecordCase, signerOf, WITHOUT } from './record-case.ts'
import type { Value } from './topic.ts'

const POLICY = 'docs/spec/verdicts.md#against-the-trust-policy'
const INCLUSION = 'docs/spec/log-entry.md#inclusion'
const CHECKPOINTS = 'docs/spec/log.md#checkpoints'
const COSIGNATURES = 'docs/spec/log.md#cosignatures'
const PROOFS = 'docs/spec/log.md#proofs'
const ORDER = 'docs/spec/order.md#the-check'

type Kind = 'declaration' | 'binding' | 'record'
const CHECK = { declaration: 'declarationInLog', binding: 'bindingInLog', record: 'recordInLog' } as const

/** Without a declaration records are smaller. */
const base = (kind: Kind): { plan: Plan; checks: Checks; composition: 'kept' | 'undeclared' } =>
  kind === 'declaration'
    ? { plan: {}, checks: {}, composition: 'kept' }
    : { plan: UNDECLARED, checks: WITHOUT.declaration, composition: 'undeclared' }

interface Broken {
  readonly rule: string
  readonly code: ErrorCode
  readonly plan: Plan
  readonly given?: Given
}

function broken(kind: Kind, name: string, { rule, code, plan, given = {} }: Broken): RecordCase {
  const { plan: honest, checks } = base(kind)
  return judged({
    name: `${kind}-${name}`,
    rule,
    plan: { ...honest, ...plan },
    given,
    verdict: 'invalid notChecked 1',
    checks: { ...checks, [CHECK[kind]]: code, order: 'notChecked' },
  })
}

const flipped = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(bytes, (byte, index) => (index === 0 ? byte ^ 1 : byte))
const place = (kind: Kind, change: (place: Sequenced) => Partial<Sequenced>): Plan => ({
  place: { [kind]: (sequenced: Sequenced) => ({ ...sequenced, ...change(sequenced) }) },
})
const note = (kind: Kind, change: (checkpoint: string) => string): Plan =>
  place(kind, ({ checkpoint }) => ({ checkpoint: change(checkpoint) }))

/** The text of a note. */
const textOf = (checkpoint: string): string => checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1)
const signed = (text: string, lines = LOG.line(text)): string => `${text}\n${lines}`
/** The checkpoint of another tree of the same size, truly signed by the log: another view. */
const otherTree = (checkpoint: string): string => {
  const [origin, size] = checkpoint.split('\n')
  return signed(`${origin}\n${size}\n${base64Of(Buffer.alloc(32, 1))}\n`)
}
/** Of `LOG`. */
const LOG_SEED = 7
const OTHER_ORIGIN = '2026c.log.example'
const STRANGER = noteKey({ name: 'stranger.example', seed: 11 })
/** A line by the log's name and key hash, of another text. */
const wrongLine = (checkpoint: string): string => signed(textOf(checkpoint), LOG.line(`${textOf(checkpoint)}x\n`))

/** Of each kind of statement: what carries proofs differs, and the rules are the same. */
const ofEach = (kind: Kind): RecordCase[] => {
  const refuse =
    (rule: string, code: ErrorCode) =>
    (name: string, plan: Plan, given: Given = {}): RecordCase =>
      broken(kind, name, { rule, code, plan, given })
  const proof = refuse(INCLUSION, 'PROOF_INVALID')
  const length = refuse(INCLUSION, 'PROOF_LENGTH')
  const checkpoint = refuse(CHECKPOINTS, 'SIGNATURE_INVALID')
  return [
    proof(
      'with-another-hash-in-its-proof',
      place(kind, ({ hashes }) => ({ hashes: hashes.with(-1, flipped(hashes.at(-1) as Uint8Array)) })),
    ),
    proof('under-the-checkpoint-of-another-tree', kind === 'record' ? otherRoot() : note(kind, otherTree)),
    length(
      'with-a-hash-too-few',
      place(kind, ({ hashes }) => ({ hashes: hashes.slice(1) })),
    ),
    length(
      'with-a-hash-too-many',
      place(kind, ({ hashes }) => ({ hashes: [...hashes, Buffer.alloc(32)] })),
    ),
    checkpoint('under-a-checkpoint-with-a-wrong-signature', note(kind, wrongLine)),
    refuse(CHECKPOINTS, 'SIGNATURE_MISSING')(
      'under-a-checkpoint-by-a-stranger',
      note(kind, (text) => signed(textOf(text), STRANGER.line(textOf(text)))),
    ),
    refuse(CHECKPOINTS, 'NOTE_MALFORMED')(
      'under-a-checkpoint-that-is-signed-twice',
      note(kind, (text) => text + LOG.line(textOf(text))),
    ),
  ]
}

/** The other tree's root stands beside the proof too, so that only the proof tells. */
function otherRoot(): Plan {
  return place('record', ({ checkpoint }) => ({ checkpoint: otherTree(checkpoint), rootHash: Buffer.alloc(32, 1) }))
}

const FIRST = ['verificationMaterial', 'tlogEntries', 0] as const
const container = (path: readonly (string | number)[], value: Value): Plan => ({
  container: (whole) => edited(whole as Value, path, value) as Members,
})
const OTHER_LOG = noteKey({ name: '2026b.log.example', seed: 8 })
const TWO_LOGS: Given = { policy: { logs: [LOG.vkey, OTHER_LOG.vkey] } }
const WITNESSED: Given = { policy: { witnesses: [WITNESS.vkey] } }
const TIME = 1_767_225_605n

const OWN: readonly RecordCase[] = [
  broken('record', 'with-another-root-beside-its-proof', {
    rule: INCLUSION,
    code: 'PROOF_INVALID',
    plan: container([...FIRST, 'inclusionProof', 'rootHash'], base64Of(Buffer.alloc(32, 1))),
  }),
  broken('record', 'with-another-size-beside-its-proof', {
    rule: INCLUSION,
    code: 'PROOF_INVALID',
    plan: container([...FIRST, 'inclusionProof', 'treeSize'], '4'),
  }),
  broken('record', 'at-another-index', {
    rule: INCLUSION,
    code: 'PROOF_INVALID',
    // As many hashes are wanted there, so that only the root tells.
    plan: { ...inOneLog(new PlainLog(LOG, { size: 2 })), ...place('record', ({ index }) => ({ index: index - 1 })) },
  }),
  broken('record', 'with-the-id-of-another-log', {
    rule: INCLUSION,
    code: 'ENTRY_MISMATCH',
    plan: container([...FIRST, 'logId', 'keyId'], base64Of(Buffer.alloc(32, 1))),
  }),
  broken('record', 'with-the-id-of-another-log-that-is-trusted', {
    rule: CHECKPOINTS,
    code: 'CHECKPOINT_ORIGIN',
    plan: container([...FIRST, 'logId', 'keyId'], base64Of(Buffer.from(OTHER_LOG.keyIdHex, 'hex'))),
    given: TWO_LOGS,
  }),
  broken('record', 'under-a-checkpoint-of-another-origin', {
    rule: CHECKPOINTS,
    code: 'CHECKPOINT_ORIGIN',
    plan: note('record', (checkpoint) => signed(textOf(checkpoint).replace(LOG.name, OTHER_ORIGIN))),
  }),
  broken('record', 'under-a-checkpoint-of-a-size-that-was-not-signed', {
    rule: CHECKPOINTS,
    code: 'SIGNATURE_INVALID',
    plan: {
      ...note('record', (checkpoint) => checkpoint.replace('\n3\n', '\n4\n')),
      ...container([...FIRST, 'inclusionProof', 'treeSize'], '4'),
    },
  }),
  broken('record', 'under-a-checkpoint-that-is-no-note', {
    rule: CHECKPOINTS,
    code: 'NOTE_MALFORMED',
    plan: note('record', textOf),
  }),
  broken('record', 'under-a-checkpoint-whose-size-is-not-canonical', {
    rule: CHECKPOINTS,
    code: 'CHECKPOINT_MALFORMED',
    plan: note('record', (checkpoint) => signed(textOf(checkpoint).replace('\n3\n', '\n03\n'))),
  }),
  broken('record', 'under-a-cosignature-that-does-not-verify', {
    rule: COSIGNATURES,
    code: 'SIGNATURE_INVALID',
    plan: note('record', (checkpoint) => checkpoint + WITNESS.cosign(`${textOf(checkpoint)}x\n`, TIME)),
    given: WITNESSED,
  }),
  broken('record', 'cosigned-by-its-witness-twice', {
    rule: COSIGNATURES,
    code: 'NOTE_MALFORMED',
    plan: note('record', (checkpoint) => checkpoint + WITNESS.cosign(textOf(checkpoint), TIME).repeat(2)),
    given: WITNESSED,
  }),
  broken('record', 'cosigned-and-not-signed-by-the-log', {
    rule: COSIGNATURES,
    code: 'SIGNATURE_MISSING',
    plan: note('record', (checkpoint) => signed(textOf(checkpoint), WITNESS.cosign(textOf(checkpoint), TIME))),
    given: WITNESSED,
  }),
  judged({
    name: 'record-under-a-cosignature-by-another-that-does-not-verify',
    rule: COSIGNATURES,
    plan: {
      ...UNDECLARED,
      ...note('record', (checkpoint) => checkpoint + OTHER_WITNESS.cosign(`${textOf(checkpoint)}x\n`, TIME)),
    },
    given: WITNESSED,
    verdict: 'trusted undeclared 5',
    checks: WITHOUT.declaration,
  }),
]

const embedded = (kind: 'declaration' | 'binding', name: string, code: ErrorCode, change: (proof: string) => string) =>
  broken(kind, name, { rule: PROOFS, code, plan: { proof: { [kind]: change } } })

const EMBEDDED: readonly RecordCase[] = [
  embedded('binding', 'with-a-proof-that-is-none', 'PROOF_MALFORMED', () => 'proof'),
  embedded('binding', 'with-a-proof-of-another-version', 'PROOF_MALFORMED', (text) => text.replace('@v1', '@v2')),
  embedded('binding', 'with-a-proof-that-carries-more', 'PROOF_MALFORMED', (text) =>
    text.replace('\nindex', '\nextra AAAA\nindex'),
  ),
  embedded('binding', 'with-an-index-that-is-not-canonical', 'PROOF_MALFORMED', (text) =>
    text.replace('index 1', 'index 01'),
  ),
  embedded('binding', 'at-an-index-beyond-the-tree', 'PROOF_INVALID', (text) => text.replace('index 1', 'index 2')),
  broken('binding', 'under-a-checkpoint-of-another-origin', {
    rule: INCLUSION,
    code: 'LOG_NOT_TRUSTED',
    plan: note('binding', (checkpoint) => signed(textOf(checkpoint).replace(LOG.name, OTHER_ORIGIN))),
  }),
  broken('binding', 'under-a-checkpoint-of-another-origin-that-cannot-be-read', {
    rule: INCLUSION,
    code: 'CHECKPOINT_MALFORMED',
    plan: note('binding', (checkpoint) =>
      signed(
        textOf(checkpoint)
          .replace(LOG.name, OTHER_ORIGIN)
          .replace(/\n(\d+)\n/, '\n0$1\n'),
      ),
    ),
  }),
  embedded('declaration', 'with-a-proof-that-is-none', 'PROOF_MALFORMED', () => 'proof'),
].map(notTrusted)

/** An unknown log says nothing against a record: it is valid, and not trusted. */
function notTrusted(one: RecordCase): RecordCase {
  const accept = one.accept as Members
  if (!Object.values(accept['checks'] as Members).includes('LOG_NOT_TRUSTED')) return one
  return { ...one, accept: { ...accept, authenticity: 'valid', composition: 'undeclared', exitCode: 3 } }
}

interface Unknown {
  readonly plan?: Plan
  readonly policy: Members
  readonly checks: Checks
}
const unknown = (name: string, { plan = {}, policy, checks }: Unknown): RecordCase =>
  judged({ name, rule: POLICY, plan, given: { policy }, verdict: 'valid kept 3', checks })

const UNKNOWN: readonly RecordCase[] = [
  unknown('signers-unknown', {
    policy: { signers: [signerOf('Other', OTHER)] },
    checks: { signer: 'KEY_NOT_TRUSTED', bindingSigner: 'KEY_NOT_TRUSTED', declarationSigner: 'KEY_NOT_TRUSTED' },
  }),
  unknown('signer-of-the-declaration-unknown', {
    plan: { keys: { declaration: OTHER } },
    policy: {},
    checks: { declarationSigner: 'KEY_NOT_TRUSTED' },
  }),
  unknown('signer-of-the-record-unknown', {
    plan: { keys: { declaration: OTHER } },
    policy: { signers: [signerOf('Other', OTHER)] },
    checks: { signer: 'KEY_NOT_TRUSTED', bindingSigner: 'KEY_NOT_TRUSTED' },
  }),
  unknown('log-unknown', {
    policy: { logs: [OTHER_LOG.vkey] },
    checks: {
      recordInLog: 'LOG_NOT_TRUSTED',
      bindingInLog: 'LOG_NOT_TRUSTED',
      declarationInLog: 'LOG_NOT_TRUSTED',
      order: 'notChecked',
    },
  }),
  unknown('log-of-the-declaration-unknown', {
    plan: { logs: { declaration: new PlainLog(OTHER_LOG) } },
    policy: {},
    checks: { declarationInLog: 'LOG_NOT_TRUSTED', order: 'notChecked' },
  }),
  unknown('log-of-the-record-unknown', {
    plan: { logs: { record: new PlainLog(OTHER_LOG) } },
    policy: {},
    checks: { recordInLog: 'LOG_NOT_TRUSTED', order: 'notChecked' },
  }),
  judged({
    name: 'log-that-shares-its-key-with-another',
    rule: POLICY,
    given: { policy: { logs: [noteKey({ name: OTHER_ORIGIN, seed: LOG_SEED }).vkey, LOG.vkey] } },
    verdict: 'trusted kept 0',
  }),
  judged({
    name: 'log-of-the-same-name-with-another-key',
    rule: INCLUSION,
    given: { policy: { logs: [noteKey({ name: LOG.name, seed: 8 }).vkey] } },
    verdict: 'invalid notChecked 1',
    checks: {
      recordInLog: 'ENTRY_MISMATCH',
      bindingInLog: 'SIGNATURE_MISSING',
      declarationInLog: 'SIGNATURE_MISSING',
      order: 'notChecked',
    },
  }),
]

const backwards = (name: string, plan: Plan, given: Given = {}): RecordCase =>
  judged({ name, rule: ORDER, plan, given, verdict: 'invalid notChecked 1', checks: { order: 'ORDER_INVALID' } })
/** Another view of the log, by its own key. */
const view = (size: number): PlainLog => new PlainLog(LOG, { size })

const BACKWARDS: readonly RecordCase[] = [
  backwards('order-of-binding-before-declaration', {
    logs: { declaration: view(5), binding: view(4), record: view(9) },
  }),
  backwards('order-of-record-before-binding', { logs: { record: view(2) } }),
  backwards(
    'order-of-record-before-declaration',
    { logs: { declaration: view(5), binding: new PlainLog(OTHER_LOG), record: view(5) } },
    TWO_LOGS,
  ),
  judged({
    name: 'order-that-just-holds',
    rule: ORDER,
    plan: { logs: { declaration: view(5), binding: view(6), record: view(7) } },
    verdict: 'trusted kept 0',
  }),
]

export const LOGGED_BROKEN: readonly RecordCase[] = [
  ...(['record', 'binding'] as const).flatMap(ofEach),
  ...ofEach('declaration').slice(0, 5),
  ...OWN,
  ...EMBEDDED,
  ...UNKNOWN,
  ...BACKWARDS,
]
