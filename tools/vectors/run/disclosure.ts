/**
 * How this implementation runs a case of `disclosure`.
 *
 * @module
 */

import { parseDisclosure } from '../../../src/core/disclosure/index.ts'
import { sha256 } from '../../../src/core/hash/index.ts'
import type { Direction, Leaf } from '../../../src/core/spans/index.ts'
import { openMessage } from '../../../src/core/verify/open-message.ts'
import { recutRequest, recutResponse } from '../../../src/core/verify/recut.ts'
import { bytesOfHex, bytesOfText, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type DisclosureInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly fileText: Parts
  readonly direction?: Direction
  readonly dialect?: string
  readonly commitmentHex?: string
}

export const OPERATIONS = {
  read: 'The `runId` of the file, and how many leaves and contents it shows of each; null where it shows nothing of one.',
  open: 'How many leaves of a message are open and closed, where they open `commitmentHex`.',
  recut: 'The number of leaves that the message is cut into again, all leaves being open.',
}

export const runDisclosure = ({
  operation,
  fileText,
  direction = 'request',
  dialect = '',
  commitmentHex = '',
}: DisclosureInput): Value => {
  const file = parseDisclosure(bytesOfText(fileText))
  const leaves = file[direction] ?? []
  switch (operation) {
    case 'read': {
      const { runId, declaration, request, response } = file
      const contents = declaration?.contents.length ?? null
      return { runId, contents, request: request?.length ?? null, response: response?.length ?? null }
    }
    case 'open': {
      const commitment = bytesOfHex(commitmentHex)
      const { open, closedCount } = openMessage({ leaves, direction, dialect, commitment, hash: sha256 })
      return { open: open.length, closed: closedCount }
    }
    case 'recut': {
      const open = leaves as readonly Leaf[]
      if (direction === 'request') recutRequest(open, dialect)
      else recutResponse(open, dialect)
      return { leaves: open.length }
    }
  }
}
