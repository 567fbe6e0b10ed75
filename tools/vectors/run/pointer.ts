/**
 * How this implementation runs a case of `pointer`.
 *
 * @module
 */

import { appendPointer, parsePointer } from '../../../src/core/json/index.ts'
import type { Value } from '../topic.ts'

export type PointerInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly pointer?: string
  readonly segment?: string | number
}

export const OPERATIONS = {
  read: 'The names and indexes on the path of `pointer`, decoded, each as text: `segments`.',
  append:
    'The pointer to the member named `segment`, or to the element with the number `segment`, of what `pointer` points ' +
    'to: `pointer`.',
}

export const runPointer = ({ operation, pointer: text = '', segment = '' }: PointerInput): Value =>
  operation === 'read' ? { segments: parsePointer(text) } : { pointer: appendPointer(text, segment) }
