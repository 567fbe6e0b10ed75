import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyChatBody } from '../../../test/support/any-chat-body.ts'
import { decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import { sentOf } from '../composition/index.ts'
import { dialectFor } from '../dialects/index.ts'
import { recordRequestHead, requestHeadLeaves, SALT_BYTES } from '../spans/index.ts'
import type { Report } from '../verify/index.ts'
import { disclosedRequest } from './index.ts'

const REQUEST = { method: 'POST', path: '/v1/chat/completions' }
const PROVEN = {
  authenticity: 'valid',
  facts: { dialect: 'openai-chat-completions/1' },
  checks: [
    { id: 'requestBytes', status: 'pass' },
    { id: 'requestClosure', status: 'pass' },
  ],
} as unknown as Report

test('the parts of a whole request are those that are compared with a declaration', () => {
  fc.assert(
    fc.property(anyChatBody, (text) => {
      const body = encodeUtf8(text)
      const head = recordRequestHead({ ...REQUEST, query: 'api-version=1&alt=sse', headers: [['OpenAI-Beta', 'b']] })
      const cut = dialectFor(REQUEST).cutRequest({ ...REQUEST, contentType: undefined, body, cutList: [] })
      const leaves = [...requestHeadLeaves(head, encodeUtf8('[]')), ...cut.leaves]
      const request = leaves.map((leaf) => ({ state: 'open' as const, ...leaf, salt: new Uint8Array(SALT_BYTES) }))
      const shown = disclosedRequest({ report: PROVEN, disclosure: { runId: '', request } })
      expect(shown?.body).toEqual(body)
      expect(shown?.parts.map(({ role, name, encoding, text }) => ({ role, name, encoding, text }))).toEqual(
        sentOf({ head, body: cut }).parts.map(({ role, name, encoding, value }) => {
          return { role, name, encoding, text: decodeUtf8(value) }
        }),
      )
    }),
  )
})
