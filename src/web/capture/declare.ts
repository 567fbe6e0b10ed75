/**
 * Signs and logs a declaration, once: the same declaration again finds the row that is there.
 *
 * @module
 */
import { decodeUtf8, encodeHex, encodeUtf8, formatTime } from '../../core/bytes/index.ts'
import {
  type ComponentContent,
  type Declaration,
  type DeclarationSource,
  declarationId,
  formatDeclarationStatement,
  parseDeclaration,
  publishedDeclaration,
} from '../../core/declaration/index.ts'
import { canonicalize, parseCanonicalJson, readObject } from '../../core/json/index.ts'
import { ROLES } from '../../core/roles/index.ts'
import type { Log } from '../log/index.ts'
import type { DeclarationRow, Registry, RegistryWrite } from '../registry/index.ts'
import { loggedStatement } from './logged-statement.ts'
import { signStatement } from './sign-statement.ts'
import type { StatementSigner } from './statement-signer.ts'

export interface DeclareInput {
  readonly source: DeclarationSource
  readonly log: Log<RegistryWrite>
  readonly registry: Registry
  readonly signer: StatementSigner
  readonly nowMs: () => number
  /** Cryptographic randomness. */
  readonly randomBytes: (count: number) => Uint8Array
}

/** @returns the row, and whether it is new */
export async function declare(input: DeclareInput): Promise<{ row: DeclarationRow; isNew: boolean }> {
  const { source, log, registry, signer } = input
  const { declaration, contents } = source
  const id = declarationId(declaration)
  const known = await registry.declaration(id)
  if (known !== undefined) return { row: known, isNew: false }
  const nonce = encodeHex(input.randomBytes(32))
  const payload = formatDeclarationStatement({ id, declaration: publishedDeclaration(declaration), nonce })
  const statement = signStatement({ payload, signer })
  let row: DeclarationRow | undefined
  await log.append({
    entry: statement.entry,
    writes: (sequenced) => {
      row = {
        id,
        name: declaration.name,
        declaredAt: formatTime(input.nowMs()),
        document: canonicalize(declaration),
        contents: formatContents(contents),
        statement: loggedStatement(statement, sequenced),
      }
      return [{ kind: 'declaration', row }]
    },
  })
  return { row: row as DeclarationRow, isNew: true }
}

/** A stored declaration, read back. */
export function readDeclarationRow(row: DeclarationRow): { declaration: Declaration; contents: ComponentContent[] } {
  return { declaration: parseDeclaration(parseCanonicalJson(row.document), ''), contents: parseContents(row.contents) }
}

function formatContents(contents: readonly ComponentContent[]): Uint8Array {
  return canonicalize({
    contents: contents.map(({ role, name, encoding, value }) => ({ role, name, encoding, value: decodeUtf8(value) })),
  })
}

function parseContents(bytes: Uint8Array): ComponentContent[] {
  const reader = readObject(parseCanonicalJson(bytes), '')
  const contents = reader.array('contents').map(({ value, at }) => {
    const content = readObject(value, at)
    const read = {
      role: content.oneOf('role', ROLES),
      name: content.string('name'),
      encoding: content.oneOf('encoding', ['text', 'json'] as const),
      value: encodeUtf8(content.string('value')),
    }
    content.end()
    return read
  })
  reader.end()
  return contents
}
