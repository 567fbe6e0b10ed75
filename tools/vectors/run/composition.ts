/**
 * How this implementation runs a case of `composition`.
 *
 * @module
 */
import {
  compareComposition,
  type NamedModel,
  recordComposition,
  recordModels,
  type Sent,
  sentOf,
} from '../../../src/core/composition/index.ts'
import { componentDigester, type PublishedDeclaration, parseDeclaration } from '../../../src/core/declaration/index.ts'
import { dialectFor } from '../../../src/core/dialects/index.ts'
import { canonicalize, parseJson } from '../../../src/core/json/index.ts'
import { contentTypeOf, type Header, parseCutList, recordRequestHead } from '../../../src/core/spans/index.ts'
import { bytesOfHex, bytesOfText, type Parts, textOfBytes } from '../parts.ts'
import type { Value } from '../topic.ts'

export type CompositionInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly path?: string
  readonly headers?: readonly Header[]
  readonly query?: string
  readonly bodyText?: Parts
  readonly cutListText?: string
  readonly documentText?: string
  readonly privacy?: 'public' | 'private'
  readonly intended?: readonly string[]
  readonly requested?: NamedModel
  readonly responded?: NamedModel
}

export const OPERATIONS = {
  listParts: 'The `parts` of a request, in order. A passage has the role that it is `within`.',
  compare:
    'The composition that a record shows of a request that is bound to the declaration `documentText` (whole, with its ' +
    'blind where it is private), or to none where that is not there.',
  recordModels:
    'The model names that a record shows, where the declaration has `privacy` and names the models `intended`, the request ' +
    'names `requested` and the response `responded`; each is not there where there is none.',
}

export const runComposition = (input: CompositionInput): Value => {
  switch (input.operation) {
    case 'listParts': {
      const { parts } = sentBy(input)
      return {
        parts: parts.map(({ role, name, encoding, value, within }) => {
          return { role, name, encoding, value: textOfBytes(value), ...(within ? { within } : {}) }
        }),
      }
    }
    case 'compare':
      return plain(compare(sentBy(input), input.documentText))
    case 'recordModels': {
      const { privacy, intended = [], requested = { state: 'absent' }, responded } = input
      const declaration = privacy === undefined ? undefined : ({ privacy } as PublishedDeclaration)
      return plain(recordModels({ declaration, intended, requested, responded }))
    }
  }
}

/** What a request sends, cut by the dialect that reads it. */
function sentBy({
  path = '/v1/chat/completions',
  headers = [],
  query = '',
  bodyText = '',
  cutListText = '[]',
}: CompositionInput): Sent {
  const head = recordRequestHead({ method: 'POST', path, query, headers })
  const cut = dialectFor({ method: 'POST', path }).cutRequest({
    method: 'POST',
    path,
    contentType: contentTypeOf(head),
    body: bytesOfText(bodyText),
    cutList: parseCutList(bytesOfText(cutListText)),
  })
  return sentOf({ head, body: cut })
}

function compare(sent: Sent, documentText: string | undefined): object {
  if (documentText === undefined) return recordComposition({ sent, declaration: undefined, findings: [] })
  const declaration = parseDeclaration(parseJson(bytesOfText(documentText)), '')
  const digest = componentDigester(declaration.blind === undefined ? undefined : bytesOfHex(declaration.blind))
  const findings = compareComposition({ declaration, digest, sent })
  return recordComposition({ sent, declaration, findings })
}

const plain = (value: object): Value => JSON.parse(textOfBytes(canonicalize(value)))
