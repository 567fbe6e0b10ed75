import { expect, test } from 'vitest'
import { apiError } from './index.ts'

test.each([
  [
    'openai-chat-completions/1',
    403,
    {
      error: {
        type: 'invalid_request_error',
        param: null,
        code: 'POLICY_REFUSED',
        message: expect.stringMatching(/Why\./),
      },
    },
  ],
  ['opaque/1', 403, { error: { code: 'POLICY_REFUSED' } }],
  [
    'anthropic-messages/1',
    403,
    { type: 'error', error: { type: 'permission_error', message: expect.stringMatching(/^POLICY_REFUSED: .*Why\./) } },
  ],
  [
    'google-gemini/1',
    403,
    { error: { code: 403, status: 'PERMISSION_DENIED', details: [{ reason: 'POLICY_REFUSED', domain: 'colophon' }] } },
  ],
  ['ollama-chat/1', 403, { error: expect.stringMatching(/^POLICY_REFUSED: .*Why\./) }],
])('clients of %s read it', (dialect, status, shape) => {
  const error = apiError({ code: 'POLICY_REFUSED', dialect, detail: 'Why.' })
  expect(error.status).toBe(status)
  expect(JSON.parse(error.body)).toMatchObject(shape)
})

test.each([
  ['UNAUTHORIZED', 'authentication_error', 'UNAUTHENTICATED'],
  ['REQUEST_TOO_LARGE', 'request_too_large', 'INVALID_ARGUMENT'],
  ['UPSTREAM_UNREACHABLE', 'api_error', 'UNAVAILABLE'],
  ['INTERNAL', 'api_error', 'INTERNAL'],
] as const)('%s has a type of each API', (code, anthropic, google) => {
  const read = (dialect: string) => JSON.parse(apiError({ code, dialect }).body).error
  expect([read('anthropic-messages/1').type, read('google-gemini/1').status]).toEqual([anthropic, google])
})
