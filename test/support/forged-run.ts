/**
 * An issuer that signs whatever it is told to: keys and logs that the verifier trusts, in the hands of a liar. Without a
 * lie it gives an honest run, wholly disclosed.
 */
import { randomBytes } from 'node:crypto'
import { formatBundle } from '../../src/core/bundle/index.ts'
import { encodeHex, encodeUtf8 } from '../../src/core/bytes/index.ts'
import {
  compareComposition,
  intendedModels,
  recordComposition,
  recordModels,
  sentOf,
} from '../../src/core/composition/index.ts'
import {
  componentDigester,
  type DeclarationStatement,
  declarationId,
  formatDeclarationStatement,
  publishedDeclaration,
  resolveDeclaration,
} from '../../src/core/declaration/index.ts'
import { type Dialect, dialectById } from '../../src/core/dialects/index.ts'
import { type Disclosure, formatDisclosure } from '../../src/core/disclosure/index.ts'
import { type CanonicalInput, canonicalize, parseJson } from '../../src/core/json/index.ts'
import { fullKeyId } from '../../src/core/note/index.ts'
import {
  type Binding,
  type Completion,
  formatBindingStatement,
  formatRunStatement,
  type RunRecord,
  runIdOf,
} from '../../src/core/run/index.ts'
import { keyId } from '../../src/core/signature/index.ts'
import {
  type CutList,
  commitmentOf,
  contentTypeOf,
  type Direction,
  deriveSalts,
  formatCutList,
  type Header,
  hashLeaves,
  type Leaf,
  recordRequestHead,
  recordResponseHead,
  requestHeadLeaves,
  responseHeadLeaves,
  SALT_BYTES,
  saltAt,
} from '../../src/core/spans/index.ts'
import type { TrustPolicy } from '../../src/core/trust/index.ts'
import { type Report, type StatementKind, type VerifyOptions, verifyRecord } from '../../src/core/verify/index.ts'
import { nodeSha256 as hash, nodeHmacSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { tlogProofOf } from '../../src/web/capture/logged-statement.ts'
import { type SignedStatement, signStatement } from '../../src/web/capture/sign-statement.ts'
import { type Log, openLog, type Sequenced, verifierKeyOf } from '../../src/web/log/index.ts'
import { ANSWER, DECLARATION, REQUEST_BODY, RESPONSE_BODY } from './issued-run.ts'
import { logSigner } from './log-signer.ts'
import { MemoryLogStore } from './memory-log-store.ts'
import { makeP256Signer } from './p256-signer.ts'

export interface ForgedLog {
  readonly log: Log<never>
  readonly keyId: Uint8Array
}

/** Two logs with one seed and origin are one log's two views. */
export async function openForgedLog(origin = 'a.log.example', seed = 7): Promise<ForgedLog> {
  const signer = logSigner(origin, seed)
  const store = new MemoryLogStore<never>()
  const log = await openLog<never>({ store, head: store.head, origin, signer, nowMs: () => 0, hash })
  return { log, keyId: fullKeyId(verifierKeyOf(signer)) }
}

const statementSigner = () => {
  const { spki, sign } = makeP256Signer()
  return { publicKey: spki, keyId: keyId(spki), sign: (message: Uint8Array) => sign(message) }
}

/** Two keys, both trusted. */
export const LIAR = statementSigner()
export const ACCOMPLICE = statementSigner()

export const TRUST: TrustPolicy = {
  signers: [
    { name: 'Liar', valid: 'always', ...LIAR },
    { name: 'Accomplice', valid: 'always', ...ACCOMPLICE },
  ],
  logs: [verifierKeyOf(logSigner('a.log.example')), verifierKeyOf(logSigner('b.log.example'))],
  witnesses: [],
  require: [],
  acceptClaimed: false,
  captures: ['gateway', 'inProcess'],
  declarations: 'any',
}

export interface Forgery {
  readonly declaration?: object | null
  readonly path?: string
  readonly query?: string
  readonly headers?: readonly Header[]
  readonly body?: string | Uint8Array
  readonly cutList?: CutList
  readonly status?: number
  readonly responseHeaders?: readonly Header[]
  readonly responseBody?: string | Uint8Array
  readonly completion?: Completion
  readonly dialect?: string
  readonly responseDialect?: string
  readonly logs?: { readonly declaration?: ForgedLog; readonly binding?: ForgedLog; readonly record?: ForgedLog }
  readonly signers?: {
    readonly declaration?: typeof LIAR
    readonly binding?: typeof LIAR
    readonly record?: typeof LIAR
  }
  /** What witnesses make of the checkpoint that proves a statement's place. */
  readonly cosign?: (statement: StatementKind, signedNote: string) => string
  /** What is committed to in place of the true leaves. */
  readonly leaves?: (leaves: readonly Leaf[], direction: Direction) => readonly Leaf[]
  /** Every salt is nothing but zeros. */
  readonly isUnsalted?: true
  /** What is signed in place of the truth. */
  readonly statement?: (statement: DeclarationStatement) => DeclarationStatement
  readonly binding?: (binding: Binding) => Binding
  readonly record?: (record: RunRecord) => RunRecord
}

export interface ForgedRun {
  readonly record: Uint8Array
  /** What the record signs. */
  readonly payload: Uint8Array
  /** Signs and logs another payload in its place. */
  readonly seal: (payload: Uint8Array) => Promise<Uint8Array>
  readonly disclosure: Disclosure
}

export async function forgeRun(forgery: Forgery = {}): Promise<ForgedRun> {
  const { signers = {}, leaves: chosen = (all) => all, cosign = (_, signedNote) => signedNote } = forgery
  const declarationLog = forgery.logs?.declaration ?? (await openForgedLog())
  const bindingLog = forgery.logs?.binding ?? declarationLog
  const recordLog = forgery.logs?.record ?? bindingLog
  const secret = randomBytes(32)
  const salted = (direction: Direction, dialect: string, all: readonly Leaf[], bodyLength: number) => {
    const leaves = chosen(all, direction)
    const salts = forgery.isUnsalted
      ? new Uint8Array(leaves.length * SALT_BYTES)
      : deriveSalts({ secret, direction, count: leaves.length }, nodeHmacSha256)
    const leafHashes = hashLeaves({ leaves, salts, hash })
    const commitment = encodeHex(commitmentOf({ direction, dialect, leafHashes, bodyLength, hash }))
    const open = leaves.map((leaf, index) => ({ state: 'open' as const, ...leaf, salt: saltAt(salts, index) }))
    return { commitment, open }
  }

  const source = forgery.declaration === null ? undefined : sourceOf(forgery.declaration ?? DECLARATION)
  const document = source?.declaration
  const declared =
    document === undefined
      ? undefined
      : await logged({
          log: declarationLog,
          signer: signers.declaration ?? LIAR,
          cosign: (signedNote) => cosign('declaration', signedNote),
          payload: () => {
            const honest = {
              id: declarationId(document),
              declaration: publishedDeclaration(document),
              nonce: '00'.repeat(32),
            }
            return formatDeclarationStatement(forgery.statement?.(honest) ?? honest)
          },
        })

  const dialect = dialectOf(forgery.dialect ?? 'openai-chat-completions/1')
  const { path = '/v1/chat/completions', query = '', cutList = [] } = forgery
  const headers = forgery.headers ?? [['content-type', 'application/json']]
  const head = recordRequestHead({ method: 'POST', path, query, headers })
  const body = bytesOf(forgery.body ?? REQUEST_BODY)
  const cut = dialect.cutRequest({ method: 'POST', path, contentType: contentTypeOf(head), body, cutList })
  const requestLeaves = [...requestHeadLeaves(head, formatCutList(cutList)), ...cut.leaves]
  const request = salted('request', dialect.id, requestLeaves, body.length)

  const honestBinding: Binding = {
    boundAt: '2026-01-01T00:00:00.000Z',
    capture: { point: 'gateway', received: 'same', software: 'forged' },
    declaration:
      document === undefined || declared === undefined
        ? { state: 'undeclared' }
        : { state: 'declared', id: declarationId(document), proof: declared.proof },
    endpoint: 'https://api.example',
    issuer: (signers.binding ?? LIAR).keyId,
    nonce: encodeHex(randomBytes(32)),
    request: { commitment: request.commitment, dialect: dialect.id },
    sequence: { state: 'none', reason: 'forged' },
  }
  const bound = forgery.binding?.(honestBinding) ?? honestBinding
  const binding = await logged({
    log: bindingLog,
    signer: signers.binding ?? LIAR,
    cosign: (signedNote) => cosign('binding', signedNote),
    payload: () => formatBindingStatement(bound),
  })

  const answering = dialectOf(forgery.responseDialect ?? dialect.id)
  const { status = 200 } = forgery
  const responseHead = recordResponseHead({
    status,
    headers: forgery.responseHeaders ?? [['content-type', 'application/json']],
  })
  const answer = bytesOf(forgery.responseBody ?? RESPONSE_BODY)
  const seen = answering.cutResponse({ status, contentType: contentTypeOf(responseHead), body: answer })
  const response = salted(
    'response',
    answering.id,
    [...responseHeadLeaves(responseHead), ...seen.leaves],
    answer.length,
  )

  const sent = sentOf({ head, body: cut })
  const digest = componentDigester(document?.blind === undefined ? undefined : Buffer.from(document.blind, 'hex'))
  const findings = document === undefined ? [] : compareComposition({ declaration: document, digest, sent })
  const honest: RunRecord = {
    runId: runIdOf(bound),
    outputs: seen.outputs.map(({ choice, text }) => ({ choice, sha256: encodeHex(hash(text)) })),
    binding,
    declaration: declared === undefined ? { state: 'undeclared' } : { state: 'declared', ...declared },
    composition: recordComposition({ sent, declaration: document, findings }),
    model: recordModels({
      declaration: document,
      intended: intendedModels(source?.contents ?? []),
      requested: cut.model,
      responded: seen.model,
    }),
    outcome: {
      completion: forgery.completion ?? 'complete',
      endedAt: '2026-01-01T00:00:01.000Z',
      response: {
        state: 'received',
        commitment: response.commitment,
        dialect: answering.id,
        digest: encodeHex(hash(answer)),
        length: answer.length,
        status,
      },
    },
  }
  const seal = async (payload: Uint8Array): Promise<Uint8Array> => {
    const { sequenced, ...signed } = await logged({
      log: recordLog,
      signer: signers.record ?? LIAR,
      cosign: (signedNote) => cosign('record', signedNote),
      payload: () => payload,
    })
    const { index, rootHash, treeSize, proof: hashes, checkpoint } = sequenced
    return formatBundle({
      envelope: signed.envelope,
      keyHint: keyId(signed.publicKey),
      entry: {
        logIndex: index,
        logKeyId: recordLog.keyId,
        body: signed.entry,
        proof: { rootHash, treeSize, hashes, checkpoint },
      },
    })
  }
  const payload = formatRunStatement(forgery.record?.(honest) ?? honest)
  return {
    record: await seal(payload),
    payload,
    seal,
    disclosure: {
      runId: runIdOf(bound),
      ...(source === undefined ? {} : { declaration: { document: source.declaration, contents: source.contents } }),
      request: request.open,
      response: response.open,
    },
  }
}

interface Judged extends Partial<VerifyOptions> {
  readonly output?: Uint8Array | undefined
  readonly disclose?: (whole: Disclosure) => Disclosure | undefined
}

/** What a verifier who trusts the liar makes of a forgery; the output is the honest answer unless told. */
export async function judgeForgery(forgery: Forgery = {}, judged: Judged = {}): Promise<Report> {
  return judgeRun(await forgeRun(forgery), judged)
}

export function judgeRun({ record, disclosure: whole }: ForgedRun, judged: Judged = {}): Promise<Report> {
  const { output = encodeUtf8(ANSWER), disclose = (all) => all, ...options } = judged
  const disclosure = disclose(whole)
  return verifyRecord(
    { record, output, disclosure: disclosure === undefined ? undefined : formatDisclosure(disclosure) },
    { trust: TRUST, verifier: nodeVerifier, hash, ...options },
  )
}

async function logged(input: {
  readonly log: ForgedLog
  readonly signer: typeof LIAR
  readonly cosign: (signedNote: string) => string
  readonly payload: () => Uint8Array
}): Promise<SignedStatement & { readonly proof: string; readonly sequenced: Sequenced }> {
  const statement = signStatement({ payload: input.payload(), signer: input.signer, hash })
  const appended = await input.log.log.append({ entry: statement.entry, writes: () => [] })
  const sequenced = { ...appended, checkpoint: input.cosign(appended.checkpoint) }
  return { ...statement, proof: tlogProofOf(sequenced), sequenced }
}

function dialectOf(id: string): Dialect {
  const dialect = dialectById(id)
  if (dialect === undefined) throw new TypeError(`dialect: there is no ${id}`)
  return dialect
}

const sourceOf = (file: object) =>
  resolveDeclaration(parseJson(canonicalize(file as CanonicalInput)), () => {
    throw new TypeError('declaration: no file is expected')
  })

const bytesOf = (body: string | Uint8Array): Uint8Array => (typeof body === 'string' ? encodeUtf8(body) : body)
