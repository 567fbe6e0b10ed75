/**
 * Declarations as the recorder needs them, read once per process.
 *
 * @module
 */
import { decodeHex } from '../../core/bytes/index.ts'
import { intendedModels } from '../../core/composition/index.ts'
import { type ComponentDigester, componentDigester, type Declaration, policyOf } from '../../core/declaration/index.ts'
import { ColophonError } from '../../core/errors.ts'
import type { Policy } from '../../core/policy/index.ts'
import type { DeclarationRow, Registry } from '../registry/index.ts'
import { readDeclarationRow } from './declare.ts'

export interface KnownDeclaration {
  readonly row: DeclarationRow
  readonly declaration: Declaration
  readonly digest: ComponentDigester
  /** The models that it names, sorted. */
  readonly intendedModels: readonly string[]
  /** Its rules, compiled; undefined for a strict policy. */
  readonly policy: Policy | undefined
}

const MAX_KNOWN = 1_000

/** @returns a look-up that throws DECLARATION_UNKNOWN for an id that the registry does not have */
export function declarationLookup(registry: Registry): (id: string) => Promise<KnownDeclaration> {
  const known = new Map<string, KnownDeclaration>()
  return async (id) => {
    const cached = known.get(id)
    if (cached !== undefined) return cached
    const row = await registry.declaration(id)
    if (row === undefined)
      throw new ColophonError('DECLARATION_UNKNOWN', 'the declaration is not in this store', { at: id })
    const read = knownDeclaration(row)
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(id, read)
    return read
  }
}

function knownDeclaration(row: DeclarationRow): KnownDeclaration {
  const { declaration, contents } = readDeclarationRow(row)
  return {
    row,
    declaration,
    digest: componentDigester(declaration.blind === undefined ? undefined : decodeHex(declaration.blind, {})),
    intendedModels: intendedModels(contents),
    policy: policyOf({ declaration, contents }),
  }
}
