/**
 * Opens the parts of a run that are asked for, and closes everything else (`docs/spec/disclosure.md`, "Making one").
 *
 * A message of which nothing is asked for is left out. The declaration's document is left out too unless it is asked for:
 * with the blind of a private one, every digest that the declaration fixes can be guessed.
 *
 * @module
 */
import { decodeUtf8 } from '../../core/bytes/index.ts'
import type { Dialect } from '../../core/dialects/index.ts'
import {
  closeLeaf,
  type DisclosedDeclaration,
  type DisclosedLeaf,
  type Disclosure,
} from '../../core/disclosure/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { leavesOfExcerpt } from '../../core/excerpt/index.ts'
import type { Sha256 } from '../../core/hash/index.ts'
import { type Direction, HEAD_KINDS } from '../../core/spans/index.ts'
import type { PartSelector } from './part-selector.ts'

export interface DiscloseParts {
  /** With every leaf open. */
  readonly whole: Disclosure
  /** Of the run's binding. */
  readonly dialect: Dialect
  readonly selectors: readonly PartSelector[]
  readonly hash: Sha256
}

export interface DisclosedParts {
  readonly disclosure: Disclosure
  /** For each selector, how many leaves or contents it stands for. None of a role means: none is in the message. */
  readonly counts: readonly number[]
}

/** @throws {ColophonError} PART_UNKNOWN  a pointer, an excerpt, a response or a declaration that the run does not have */
export function discloseParts({ whole, dialect, selectors, hash }: DiscloseParts): DisclosedParts {
  const open = { request: new Set<number>(), response: new Set<number>() }
  const roles = new Set<string | undefined>()
  const counts = selectors.map((selector) => {
    if (selector.kind === 'declaration') {
      roles.add(selector.role)
      return contentsOf(declarationIn(whole), new Set([selector.role])).length
    }
    const { of, indexes } = placesOf(selector, whole, dialect)
    for (const index of indexes) open[of].add(index)
    return indexes.length
  })
  const message = (of: Direction): { [K in Direction]?: readonly DisclosedLeaf[] } => {
    const leaves = whole[of]
    if (leaves === undefined || open[of].size === 0) return {}
    return { [of]: leaves.map((leaf, index) => (open[of].has(index) ? leaf : closeLeaf({ leaf, index, hash }))) }
  }
  const disclosure: Disclosure = {
    runId: whole.runId,
    ...(roles.size === 0 ? {} : { declaration: declarationOf(declarationIn(whole), roles) }),
    ...message('request'),
    ...message('response'),
  }
  return { disclosure, counts }
}

/** Undefined among the roles stands for all. */
function declarationOf(
  declaration: DisclosedDeclaration,
  roles: ReadonlySet<string | undefined>,
): DisclosedDeclaration {
  return { document: declaration.document, contents: contentsOf(declaration, roles) }
}

const contentsOf = (
  { contents }: DisclosedDeclaration,
  roles: ReadonlySet<string | undefined>,
): DisclosedDeclaration['contents'] => contents.filter(({ role }) => roles.has(undefined) || roles.has(role))

function declarationIn({ declaration }: Disclosure): DisclosedDeclaration {
  if (declaration !== undefined) return declaration
  throw new ColophonError('PART_UNKNOWN', 'the run was bound to no declaration', { at: 'declaration' })
}

interface Places {
  readonly of: Direction
  readonly indexes: readonly number[]
}

function placesOf(
  selector: Exclude<PartSelector, { kind: 'declaration' }>,
  whole: Disclosure,
  dialect: Dialect,
): Places {
  if (selector.kind === 'excerpt') return { of: 'response', indexes: placesOfExcerpt(selector.text, whole, dialect) }
  const { of } = selector
  if (whole[of] === undefined && selector.kind === 'everything') return { of, indexes: [] }
  const leaves = leavesIn(whole, of)
  const indexes = leaves.flatMap((leaf, index) => (isOf(leaf, selector, dialect) ? [index] : []))
  if (indexes.length === 0 && selector.kind === 'pointer') throw noSuchPlace(leaves, selector.value, of)
  return { of, indexes }
}

function leavesIn(whole: Disclosure, of: Direction): readonly DisclosedLeaf[] {
  const leaves = whole[of]
  if (leaves !== undefined) return leaves
  throw new ColophonError('PART_UNKNOWN', 'the run has no response', {
    at: 'response',
    hint: 'A run that is open has none yet, and one whose upstream was not reached never gets one.',
  })
}

const HEAD: ReadonlySet<string> = new Set(HEAD_KINDS)

function isOf(
  leaf: DisclosedLeaf,
  selector: Exclude<PartSelector, { kind: 'declaration' | 'excerpt' }>,
  dialect: Dialect,
): boolean {
  const { kind, role, pointer } = leaf
  switch (selector.kind) {
    case 'everything':
      return true
    case 'structure':
      return kind === 'structure'
    case 'cutList':
      return kind === 'cutList'
    case 'head':
      // The cut list names passages, and is asked for by its own name.
      return HEAD.has(kind) && kind !== 'cutList'
    case 'role':
      return role === selector.value || (selector.value === 'model' && namesModel(leaf, dialect))
    case 'pointer':
      return !HEAD.has(kind) && (pointer === selector.value || pointer.startsWith(`${selector.value}/`))
  }
}

/** Some APIs name the model in their path. */
const namesModel = (leaf: DisclosedLeaf, dialect: Dialect): boolean =>
  leaf.kind === 'path' && leaf.state === 'open' && dialect.modelInPath(decodeUtf8(leaf.bytes)) !== undefined

function noSuchPlace(leaves: readonly DisclosedLeaf[], pointer: string, of: Direction): ColophonError {
  const around = leaves.find(({ kind, pointer: other }) => {
    return !HEAD.has(kind) && other !== '' && pointer.startsWith(`${other}/`)
  })
  return new ColophonError('PART_UNKNOWN', `the ${of} has no span with this pointer`, {
    at: pointer.slice(0, 200),
    ...(around === undefined ? {} : { hint: `It lies inside a span that opens only whole: ${around.pointer}` }),
  })
}

function placesOfExcerpt(excerpt: string, whole: Disclosure, dialect: Dialect): readonly number[] {
  const indexes = leavesOfExcerpt({ leaves: leavesIn(whole, 'response'), dialect, excerpt })
  if (indexes.length > 0) return indexes
  throw new ColophonError('PART_UNKNOWN', 'the excerpt stands in no output of the run, character for character', {
    at: 'excerpt',
    hint: 'Copy it from the answer: every space, line end and quotation mark counts.',
  })
}
