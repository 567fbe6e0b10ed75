/**
 * How this implementation runs a case of `cut`.
 *
 * @module
 */
import { type Dialect, dialectById, dialectFor, type RequestCut } from '../../../src/core/dialects/index.ts'
import {
  type Header,
  type Leaf,
  parseCutList,
  recordRequestHead,
  recordResponseHead,
  requestHeadLeaves,
  responseHeadLeaves,
} from '../../../src/core/spans/index.ts'
import { bytesOfHex, bytesOfText, hexOf, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type CutInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly method?: string
  readonly path?: string
  readonly query?: string
  readonly status?: number
  readonly headers?: readonly Header[]
  readonly dialect?: string
  readonly contentType?: string
  readonly bodyText?: Parts
  readonly bodyHex?: Parts
  readonly cutListText?: string
  readonly countOnly?: true
}

export const OPERATIONS = {
  chooseDialect: 'The `dialect` of a request with `method` and `path`.',
  requestHead: 'The `leaves` of the head of a request with `method`, `path`, `query` and `headers`, without passages.',
  responseHead: 'The `leaves` of the head of a response with `status` and `headers`.',
  cutRequest:
    'The `leaves` of the body of a request to `path`, cut by `dialect` with `cutListText`, or without passages where that ' +
    'is not there; the `model` that it asks for; and which roles are `unobservable`, why.',
  serverState: 'Which roles are `unobservable` in a request to `path` with the body, cut by `dialect`, and why.',
  cutResponse: 'The `leaves` of the body of a response, cut by `dialect`.',
}

export const runCut = (input: CutInput): Value => {
  const { operation, method = '', path = '', query = '', headers = [], status = 0, contentType } = input
  switch (operation) {
    case 'chooseDialect':
      return { dialect: dialectFor({ method, path }).id }
    case 'requestHead': {
      const head = recordRequestHead({ method, path, query, headers })
      return { leaves: headValue(requestHeadLeaves(head, bytesOfText('[]'))) }
    }
    case 'responseHead':
      return { leaves: headValue(responseHeadLeaves(recordResponseHead({ status, headers }))) }
    case 'cutRequest': {
      const { leaves, model, unobservable } = cutRequest(input)
      return {
        ...bodyValue(leaves, input),
        model: { ...model },
        unobservable: unobservable.map((one) => ({ ...one })),
      }
    }
    case 'serverState':
      return { unobservable: cutRequest(input).unobservable.map((one) => ({ ...one })) }
    case 'cutResponse': {
      const body = bytesOf(input)
      return bodyValue(dialectOf(input.dialect ?? '').cutResponse({ status, contentType, body }).leaves, input)
    }
  }
}

function cutRequest(input: CutInput): RequestCut {
  const { dialect = '', path = '', contentType, cutListText = '[]' } = input
  const cutList = parseCutList(bytesOfText(cutListText))
  return dialectOf(dialect).cutRequest({ method: 'POST', path, contentType, body: bytesOf(input), cutList })
}

function dialectOf(id: string): Dialect {
  const dialect = dialectById(id)
  if (dialect === undefined) throw new Error(`there is no dialect ${id}`)
  return dialect
}

const bytesOf = ({ bodyText, bodyHex }: CutInput): Uint8Array =>
  bodyHex ? bytesOfHex(bodyHex) : bytesOfText(bodyText ?? '')

const headValue = (leaves: readonly Leaf[]): Value =>
  leaves.map(({ kind, role, pointer, offset, bytes }) => ({ kind, role, pointer, offset, hex: hexOf(bytes) }))

const bodyValue = (leaves: readonly Leaf[], { countOnly }: CutInput): { readonly [name: string]: Value } =>
  countOnly
    ? { leafCount: leaves.length }
    : {
        leaves: leaves.map(({ kind, role, pointer, offset, bytes }) => {
          return { kind, role, pointer, offset, length: bytes.length }
        }),
      }
