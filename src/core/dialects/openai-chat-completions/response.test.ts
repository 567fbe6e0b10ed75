import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8, joinBytes } from '../../bytes/index.ts'
import type { ResponseCut } from '../dialect.ts'
import { dialectById } from '../index.ts'

const dialect = dialectById('openai-chat-completions/1')
const STREAM = 'text/event-stream; charset=utf-8'

function read(body: string, { status = 200, contentType = 'application/json' } = {}): ResponseCut {
  const bytes = encodeUtf8(body)
  const cut = dialect?.cutResponse({ status, contentType, body: bytes }) as ResponseCut
  expect(joinBytes(cut.leaves.map((leaf) => leaf.bytes))).toEqual(bytes)
  let end = 0
  for (const { offset, bytes: part } of cut.leaves) {
    expect(offset).toBe(end)
    end += part.length
  }
  return cut
}

/** Shape, model (its name, or why there is none), reasons and `choice:text` of each output. */
const seen = ({ shape, model, finishReasons, outputs }: ResponseCut): unknown[] => {
  const name = model.state === 'named' ? model.name : model.state
  return [shape, name, finishReasons.join(), outputs.map(({ choice, text }) => `${choice}:${decodeUtf8(text)}`)]
}

const json = (value: object) => seen(read(JSON.stringify(value)))
const answer = (message: unknown, more: object = {}) => {
  return { model: 'm', choices: [{ index: 0, message, finish_reason: 'stop', ...more }] }
}

describe('a whole answer', () => {
  test('of several choices, in their order', () => {
    const choice = (index: number, content: string) => ({ index, message: { content }, finish_reason: 'stop' })
    expect(json({ model: 'm', choices: [choice(2, 'c'), choice(0, 'a'), choice(1, '')] })).toEqual([
      'complete',
      'm',
      'stop,stop,stop',
      ['0:a', '2:c'],
    ])
  })

  test.each([
    ['a tool call', answer({ content: null, tool_calls: [{}] }, { finish_reason: 'tool_calls' }), 'complete'],
    ['a refusal', answer({ content: null, refusal: 'No.' }), 'complete'],
    ['no content', answer({}), 'complete'],
    ['an empty text', answer({ content: '' }), 'complete'],
    ['no end', answer({ content: null }, { finish_reason: null }), 'cut'],
    ['an error', { error: { message: 'x' } }, 'error'],
    ['no error at all', { ...answer({ content: null }), error: null }, 'complete'],
    ['no choice', { model: 'm', choices: [] }, 'anomalous'],
    ['choices of another type', { model: 'm', choices: {} }, 'anomalous'],
    ['a choice of another type', { model: 'm', choices: ['x'] }, 'anomalous'],
    ['no message', answer(undefined), 'anomalous'],
    ['content that is no text', answer({ content: 5 }), 'anomalous'],
    ['a part of content without a type', answer({ content: [{ text: 'x' }] }), 'anomalous'],
    ['a part of content that is no object', answer({ content: ['x'] }), 'anomalous'],
    ['no index', answer({ content: null }, { index: undefined }), 'anomalous'],
    ['an index that is no choice', answer({ content: null }, { index: -1 }), 'anomalous'],
    ['more choices than any server gives', answer({ content: null }, { index: 512 }), 'anomalous'],
    ['one choice twice', { choices: [...answer({}).choices, ...answer({}).choices] }, 'anomalous'],
  ])('%s: %o is %s', (_, value, shape) => {
    const [got, , , outputs] = json(value)
    expect([got, outputs]).toEqual([shape, []])
  })

  test('an HTTP error is an error, whatever the body', () => {
    for (const body of ['', '<html>', JSON.stringify(answer({ content: 'x' }))]) {
      expect(read(body, { status: 500 }).shape).toBe('error')
    }
  })

  test.each(['', '{"choices":[', '\ufeff{}', '{"a":1,"a":2}', '[]', '"x"'])('%j cannot be read', (body) => {
    expect(seen(read(body))).toEqual(['anomalous', 'unobservable', '', []])
  })

  test('text is decoded, and is exactly the message’s', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { outputs } = read(JSON.stringify(answer({ content: text })))
        expect(outputs.map((output) => decodeUtf8(output.text))).toEqual(text === '' ? [] : [text])
      }),
      { numRuns: 50 },
    )
  })

  test('every byte has a role', () => {
    const labels = read(
      '{"id":"1","model":"m","x":1,"choices":[{"index":0,"message":{"role":"assistant","content":"a"}}]}',
    )
    expect(labels.leaves.map(({ kind, role, pointer }) => `${kind} ${role} ${pointer}`)).toEqual([
      'structure  ',
      'value metadata /id',
      'structure  ',
      'value model /model',
      'structure  ',
      'member metadata /x',
      'structure  ',
      'value metadata /choices/0/index',
      'structure  ',
      'value output /choices/0/message/content',
      'structure  ',
    ])
  })
})

const chunk = (delta: unknown, more: object = {}, model = 'm'): string =>
  JSON.stringify({ model, choices: [{ index: 0, delta, ...more }] })
const text = (content: string, index = 0): string => chunk({ content }, { index })
const stop = (index = 0): string => chunk({}, { index, finish_reason: 'stop' })
const usage = JSON.stringify({ model: 'm', choices: [], usage: {} })
const DONE = '[DONE]'

const frame = (events: readonly string[], end = '\n'): string =>
  events.map((one) => `data: ${one}${end}${end}`).join('')
const stream = (body: string) => seen(read(body, { contentType: STREAM }))
const events = (...all: readonly string[]) => stream(frame(all))

describe('a streamed answer', () => {
  test.each(['\n', '\r\n', '\r'])('with lines that end in %j', (end) => {
    const all = [chunk({ role: 'assistant', content: '' }), text('Hel'), text('lo'), stop(), usage, DONE]
    expect(stream(frame(all, end))).toEqual(['complete', 'm', 'stop', ['0:Hello']])
  })

  test('with a byte order mark, comments, unknown fields, several data lines and no space after the colon', () => {
    const body = [
      '\ufeff: hello',
      'id: 7',
      'data:{"model":"m",',
      'data: "choices":[{"index":0,"delta":{"content":"a"}}]}',
      '',
      ': ping',
      '',
      `event: message`,
      `data:${stop()}`,
      '',
      'data: [DONE]',
      '',
      ': colophon run 00',
      '',
    ]
    expect(stream(`${body.join('\n')}\n`)).toEqual(['complete', 'm', 'stop', ['0:a']])
  })

  test('of several choices, however they are interleaved', () => {
    expect(events(text('x', 1), text('a'), stop(1), text('b'), stop(), DONE)).toEqual([
      'complete',
      'm',
      'stop,stop',
      ['0:ab', '1:x'],
    ])
  })

  test('a leaf per event: output where it shows text', () => {
    const { leaves } = read(frame([chunk({ role: 'assistant' }), text('a'), stop(), DONE]), { contentType: STREAM })
    expect(leaves.map(({ kind, role, pointer }) => `${kind} ${role} ${pointer}`)).toEqual([
      'event metadata /0',
      'event output /1',
      'event metadata /2',
      'event metadata /3',
    ])
  })

  const COMPLETE = [text('a'), stop()]
  test.each([
    ['no terminal marker', frame(COMPLETE), 'cut'],
    ['a marker without its blank line', `${frame(COMPLETE)}data: [DONE]\n`, 'cut'],
    ['no reason to stop', frame([text('a'), DONE]), 'cut'],
    ['one of two choices unfinished', frame([...COMPLETE, text('b', 1), DONE]), 'cut'],
    ['nothing', '', 'cut'],
    ['nothing but the marker', frame([DONE]), 'anomalous'],
    ['text after the reason to stop', frame([...COMPLETE, text('b'), DONE]), 'anomalous'],
    ['two reasons to stop', frame([...COMPLETE, stop(), DONE]), 'anomalous'],
    ['an event after the marker', frame([...COMPLETE, DONE, usage]), 'anomalous'],
    ['two markers', frame([...COMPLETE, DONE, DONE]), 'anomalous'],
    ['bytes after the marker', `${frame([...COMPLETE, DONE])}data: {`, 'anomalous'],
    ['two models', frame([text('a'), chunk({}, { finish_reason: 'stop' }, 'n'), DONE]), 'anomalous'],
    ['an event that is no JSON', frame(['{', ...COMPLETE, DONE]), 'anomalous'],
    ['an empty event', frame(['', ...COMPLETE, DONE]), 'anomalous'],
    [
      'half of a surrogate pair',
      frame(['{"choices":[{"index":0,"delta":{"content":"\\ud83d"}}]}', stop(), DONE]),
      'anomalous',
    ],
    ['a delta of another type', frame([chunk('a'), stop(), DONE]), 'anomalous'],
    ['content of another type', frame([chunk({ content: ['a'] }), stop(), DONE]), 'anomalous'],
    ['an error', frame([text('a'), '{"error":{"message":"overloaded"}}']), 'error'],
    ['a delta of null', frame([chunk(null), ...COMPLETE, DONE]), 'complete'],
    ['a tool call only', frame([chunk({ tool_calls: [{}] }), stop(), DONE]), 'complete'],
  ])('%s', (_, body, shape) => {
    expect(stream(body)[0]).toBe(shape)
  })

  test('any part of a stream tiles, and only the whole is complete', () => {
    const whole = frame([text('a\u{1f600}'), stop(), DONE], '\r\n')
    const bytes = encodeUtf8(whole)
    for (let length = 0; length < bytes.length; length += 1) {
      const body = bytes.subarray(0, length)
      const cut = dialect?.cutResponse({ status: 200, contentType: STREAM, body }) as ResponseCut
      expect(joinBytes(cut.leaves.map((leaf) => leaf.bytes))).toEqual(body)
      // The last LF of the last CR LF may be missing: the CR alone ends a line.
      expect(cut.shape).toBe(length === bytes.length - 1 ? 'complete' : 'cut')
    }
    expect(read(whole, { contentType: STREAM }).shape).toBe('complete')
  })

  test('how an answer is divided into events changes nothing that a person sees', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 })), (pieces) => {
        const [shape, , , outputs] = events(...pieces.map((piece) => text(piece)), stop(), DONE)
        expect([shape, outputs]).toEqual(['complete', pieces.join('') === '' ? [] : [`0:${pieces.join('')}`]])
      }),
      { numRuns: 50 },
    )
  })
})

test('what no dialect reads is one leaf, and its end is not known from its bytes', () => {
  const opaque = dialectById('opaque/1')?.cutResponse({ status: 200, contentType: undefined, body: encodeUtf8('x') })
  expect([opaque?.shape, opaque?.leaves.length, opaque?.outputs]).toEqual(['open', 1, []])
})
