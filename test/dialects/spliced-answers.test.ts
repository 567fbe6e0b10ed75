/**
 * Two answers that somebody made one: never whole, in no dialect that gives its answers a name.
 */
import { expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { dialectFor } from '../../src/core/dialects/index.ts'

/** The chunks of an answer with this id, in two halves: its beginning, and its end. */
type Halves = (id: string) => readonly [string, string]

const events = (...chunks: readonly (object | string)[]): string =>
  chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`).join('')

const APIS: readonly (readonly [string, Halves])[] = [
  [
    '/v1/chat/completions',
    (id) => [
      events({ id, model: 'm', choices: [{ index: 0, delta: { content: 'It costs 5' } }] }),
      events(
        { id, model: 'm', choices: [{ index: 0, delta: { content: '0 euros.' } }] },
        { id, model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
        '[DONE]',
      ),
    ],
  ],
  [
    '/v1/completions',
    (id) => [
      events({ id, model: 'm', choices: [{ index: 0, text: 'It costs 5' }] }),
      events({ id, model: 'm', choices: [{ index: 0, text: '0 euros.', finish_reason: 'stop' }] }, '[DONE]'),
    ],
  ],
  [
    '/v1beta/models/m:streamGenerateContent',
    (responseId) => [
      events({ responseId, candidates: [{ content: { parts: [{ text: 'It costs 5' }] } }] }),
      events({ responseId, candidates: [{ content: { parts: [{ text: '0 euros.' }] }, finishReason: 'STOP' }] }),
    ],
  ],
]

test.each(APIS)('%s: the beginning of one answer and the end of another', (path, halves) => {
  const shapeOf = (body: string): string =>
    dialectFor({ method: 'POST', path }).cutResponse({
      status: 200,
      contentType: 'text/event-stream',
      body: encodeUtf8(body),
    }).shape
  const [[beginning, end], [, otherEnd], [unnamed]] = [halves('a'), halves('b'), halves('')]
  expect(shapeOf(beginning + end)).toBe('complete')
  // Some servers name what comes before the answer by an empty text.
  expect(shapeOf(unnamed + end)).toBe('complete')
  expect(shapeOf(beginning + otherEnd)).toBe('anomalous')
})
