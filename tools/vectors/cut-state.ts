/**
 * Requests that lean on state at the server, for `cut.ts`.
 *
 * @module
 */

import { type Hidden, reasons, UNREAD } from './cut-cases.ts'
import { m, type Piece, placesOf, s, textOfPieces, v } from './leaves.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const RULE = 'docs/spec/dialects.md#server-side-state'

function request(name: string, pieces: readonly Piece[], ...hidden: readonly Hidden[]): Case<In> {
  return {
    name: `state-${name}`,
    rule: RULE,
    operation: 'cutRequest',
    dialect: 'openai-chat-completions/1',
    path: '/v1/chat/completions',
    bodyText: textOfPieces(pieces),
    accept: {
      leaves: placesOf(pieces),
      model: { state: 'absent' },
      unobservable: reasons(hidden),
    },
  }
}

/** A question with one part, whose member `of` has this value. */
const part = (name: string, of: 'file' | 'image_url' | 'input_audio', value: string, ...what: string[]): Case<In> =>
  request(
    name,
    [
      s(`{"messages":[{"role":"user","content":[{"type":"${of}","${of}":`),
      v(roleOf(of), `/messages/0/content/0/${of}`, value),
      s('}]}]}'),
    ],
    ...what.map((one): Hidden => [roleOf(of), one]),
  )

/** A file is something to read. */
const roleOf = (of: string): string => (of === 'file' ? 'context' : 'input')

const audio = (name: string, value: string, ...what: string[]): Case<In> =>
  request(
    name,
    [s('{"messages":[{"role":"assistant","audio":'), v('input', '/messages/0/audio', value), s('}]}')],
    ...what.map((one): Hidden => ['input', one]),
  )

const hyphened = (name: string): string => name.replaceAll('_', '-')

/** A member at the top, which the dialect may know or not. */
const top = (name: string, value: string, ...hidden: readonly Hidden[]): Case<In> => {
  const member = name.split('-')[0] as string
  return request(`of-a-server-${hyphened(name)}`, [s('{'), m(`/${member}`, `"${member}":${value}`), s('}')], ...hidden)
}

const tool = (name: string, value: string, ...hidden: readonly Hidden[]): Case<In> =>
  request(`tool-${name}`, [s('{"tools":['), v('tools', '/tools/0', value), s(']}')], ...hidden)

/** A part of another type than the dialect knows. */
const unknownPart = (type: string, value: string, ...hidden: readonly Hidden[]): Case<In> =>
  request(
    `${hyphened(type)}-${hidden.length === 0 ? 'with-its-data' : 'at-an-address'}`,
    [
      s('{"messages":[{"role":"user","content":['),
      v('input', '/messages/0/content/0', `{"type":"${type}","${type}":${value}}`),
      s(']}]}'),
    ],
    ...hidden,
  )

export const STATE: readonly Case<In>[] = [
  part('file-id', 'file', '{"file_id":"file-1"}', 'file_id'),
  part('file-id-that-is-null', 'file', '{"file_id":null}', 'file_id'),
  part('file-id-written-with-escapes', 'file', '{"fil\\u0065_id":"file-1"}', 'file_id'),
  part('file-without-id', 'file', '{"filename":"file_id"}'),
  part('file-data-as-data-url', 'file', '{"file_data":"data:application/pdf;base64,AA=="}'),
  part('file-data-as-base64', 'file', '{"file_data":"AAec+/=="}'),
  part('file-data-that-is-empty', 'file', '{"file_data":""}'),
  part('file-data-as-address', 'file', '{"file_data":"https://a.example/b"}', 'file_data'),
  part('file-data-with-a-space', 'file', '{"file_data":"AAec +/=="}', 'file_data'),
  part('file-data-with-a-newline', 'file', '{"file_data":"AAec\\n"}', 'file_data'),
  part('file-data-that-is-no-text', 'file', '{"file_data":1}'),
  part('file-data-and-id', 'file', '{"file_data":"a:b","file_id":1}', 'file_id', 'file_data'),
  part('file-that-is-a-text', 'file', '"https://a.example/b"'),
  part('image-as-data-url', 'image_url', '{"url":"data:image/png;base64,AA=="}'),
  part('image-as-data-url-in-upper-case', 'image_url', '{"url":"DATA:,x y"}'),
  part('image-as-base64url', 'image_url', '{"url":"A-_z"}'),
  part('image-as-address', 'image_url', '{"url":"https://a.example/b.png"}', 'image_url'),
  part('image-as-address-without-scheme', 'image_url', '{"url":"a.example"}', 'image_url'),
  part('image-that-is-an-address', 'image_url', '"https://a.example/b.png"', 'image_url'),
  part('image-with-its-address-elsewhere', 'image_url', '{"uri":"https://a.example/b.png"}'),
  part('audio-data', 'input_audio', '{"id":"x","data":"https://a.example/b"}'),
  audio('earlier-audio', '{"id":"audio-1"}', 'audio.id'),
  audio('earlier-audio-that-is-null', '{"id":null}', 'audio.id'),
  audio('audio-that-is-null', 'null'),
  ...(['data_sources', 'search_parameters', 'plugins'] as const).flatMap((name): Case<In>[] => [
    top(name, '[]', ['context', name]),
    top(`${name}-that-is-null`, 'null'),
  ]),
  top('preset', '"p"', ['instructions', 'preset']),
  top(
    'extra_body',
    '{"google":{"cached_content":"c"}}',
    ['instructions', 'cached_content'],
    ['context', 'cached_content'],
    ['history', 'cached_content'],
  ),
  top('extra_body-without-a-cache', '{"google":{}}'),
  tool('of-the-server', '{"type":"web_search"}', ['context', 'unknown tool']),
  tool('of-the-caller', '{"type":"custom","custom":{"name":"a"}}'),
  tool('without-a-type', '{}'),
  unknownPart('document_url', '"https://a.example/b.pdf"', ['context', 'document_url']),
  unknownPart('document_url', '"data:application/pdf;base64,AA=="'),
  unknownPart('video_url', '{"url":"https://a.example/b.mp4"}', ['input', 'video_url']),
  unknownPart('audio_url', '{"url":"https://a.example/b.mp3"}', ['input', 'audio_url']),
  request(
    'search',
    [s('{"web_search_options":'), v('tools', '/web_search_options', 'null'), s('}')],
    ['context', 'web_search_options'],
  ),
  request('tools-of-the-caller', [
    s('{"tools":['),
    v('tools', '/tools/0', '{"type":"function"}'),
    s(','),
    v('tools', '/tools/1', '{"type":"custom"}'),
    s(','),
    v('tools', '/tools/2', '{"name":"f"}'),
    s(','),
    v('tools', '/tools/3', '{"type":null}'),
    s(']}'),
  ]),
  request(
    'tool-of-another-type',
    [s('{"tools":['), v('tools', '/tools/0', '{"type":"retrieval"}'), s(']}')],
    ['context', 'unknown tool'],
  ),
  request(
    'of-an-unknown-author-does-not-count',
    [
      s('{"messages":['),
      v('parameters', '/messages/0', '{"role":"x","content":[{"type":"file","file":{"file_id":1}}]}'),
      s(']}'),
    ],
    ...UNREAD,
  ),
  request(
    'in-its-order-and-each-once',
    [
      s('{"web_search_options":'),
      v('tools', '/web_search_options', '{}'),
      s(',"messages":[{"role":"user","audio":'),
      v('history', '/messages/0/audio', '{"id":1}'),
      s(',"content":['),
      v('history', '/messages/0/content/0', '{"image_url":"x:a"}'),
      s(','),
      v('history', '/messages/0/content/1', '{"image_url":"x:b","file":{"file_data":"x:c","file_id":1}}'),
      s(']},{"role":"assistant"},{"role":"tool","content":[{"type":"image_url","image_url":'),
      v('context', '/messages/2/content/0/image_url', '{"url":"x:d"}'),
      s('}]}]}'),
    ],
    ['history', 'file_id'],
    ['history', 'file_data'],
    ['history', 'image_url'],
    ['context', 'image_url'],
    ['history', 'audio.id'],
    ['context', 'web_search_options'],
  ),
]
