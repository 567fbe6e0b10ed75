/** Rows of the registry for tests: of the right shape, with made-up contents. */
import type { BindingRow, DeclarationRow, LoggedStatement, OutcomeRow } from '../../src/web/registry/index.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const statement = (of: string, index: bigint): LoggedStatement => ({
  envelope: bytes(`{"payload":"${of}"}`),
  publicKey: Uint8Array.of(0x30, 0x59, 0, 255),
  index,
  proof: `c2sp.org/tlog-proof@v1\nindex ${index}\n`,
})

export const declarationRow = (id: string): DeclarationRow => ({
  id,
  name: `declaration ${id}`,
  declaredAt: '2026-01-31T00:00:00.000Z',
  document: bytes(`{"id":"${id}"}`),
  contents: Uint8Array.of(0, 1, 2, 255),
  statement: statement(id, 5n),
})

export const bindingRow = (
  runId: string,
  { index = 0n, ...changes }: Partial<BindingRow> & { index?: bigint } = {},
): BindingRow => ({
  runId,
  stream: runId,
  number: 0,
  boundAt: '2026-01-31T00:00:01.000Z',
  declarationId: undefined,
  statement: statement(runId, index),
  secret: new Uint8Array(32).fill(1),
  requestHead: bytes('POST /v1/chat/completions'),
  // What a text column or a JSON one would change.
  requestBody: Uint8Array.of(0, 0xff, 0xfe, 0x22, 0x5c),
  cutList: new Uint8Array(0),
  parts: [{ digest: 'ab'.repeat(32), role: 'instructions', name: '0', at: '/messages/0/content' }],
  ...changes,
})

export const outcomeRow = (runId: string, changes: Partial<OutcomeRow> = {}): OutcomeRow => ({
  runId,
  state: 'complete',
  recordDigest: `digest-of-${runId}`,
  bundle: bytes(`{"record":"${runId}"}`),
  responseHead: bytes('200'),
  responseBody: Uint8Array.of(0, 1, 255),
  outputs: [`output-of-${runId}`],
  ...changes,
})
