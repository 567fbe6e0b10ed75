/**
 * Requests that lean on state at the server, for `cut.ts`.
 *
 * @module
 */

import { type Piece, placesOf, s, textOfPieces, v } from './leaves.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const RULE = 'docs/spec/dialects.md#server-side-state'

/** A role and what it hides, such as `file_id`. */
type Hidden = readonly [role: string, what: string]

function request(name: string, pieces: readonly Piece[], ...hidden: readonly Hidden[]): Case<In> {
  return {
    name: `state-${name}`,
    rule: RULE,
    operation: 'cutRequest',
    dialect: 'openai-chat-completions/1',
    bodyText: textOfPieces(pieces),
    accept: {
      leaves: placesOf(pieces),
      model: { state: 'absent' },
      unobservable: hidden.map(([role, what]) => ({ role, reason: `server-side: ${what}` })),
    },
  }
}

/** A question with one part, whose member `of` has this value. */
const part = (name: string, of: 'file' | 'image_url' | 'input_audio', value: string, ...what: string[]): Case<In> =>
  request(
    name,
    [
      s(`{"messages":[{"role":"user","content":[{"type":"${of}","${of}":`),
      v('input', `/messages/0/content/0/${of}`, value),
      s('}]}]}'),
    ],
    ...what.map((one): Hidden => ['input', one]),
  )

const audio = (name: string, value: string, ...what: string[]): Case<In> =>
  request(
    name,
    [s('{"messages":[{"role":"assistant","audio":'), v('input', '/messages/0/audio', value), s('}]}')],
    ...what.map((one): Hidden => ['input', one]),
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
  request(
    'search',
    [s('{"web_search_options":'), v('tools', '/web_search_options', 'null'), s('}')],
    ['context', 'web_search_options'],
  ),
  request('of-an-unknown-author-does-not-count', [
    s('{"messages":['),
    v('parameters', '/messages/0', '{"role":"x","content":[{"type":"file","file":{"file_id":1}}]}'),
    s(']}'),
  ]),
  request(
    'in-its-order-and-each-once',
    [
      s('{"web_search_options":'),
      v('tools', '/web_search_options', '{}'),
      s(',"messages":[{"role":"user","audio":'),
      v('history', '/messages/0/audio', '{"id":1}'),
      s(',"content":[{"image_url":'),
      v('history', '/messages/0/content/0/image_url', '"x:a"'),
      s('},{"image_url":'),
      v('history', '/messages/0/content/1/image_url', '"x:b"'),
      s(',"file":'),
      v('history', '/messages/0/content/1/file', '{"file_data":"x:c","file_id":1}'),
      s('}]},{"role":"assistant"},{"role":"tool","content":[{"image_url":'),
      v('context', '/messages/2/content/0/image_url', '"x:d"'),
      s('}]}]}'),
    ],
    ['history', 'image_url'],
    ['history', 'file_id'],
    ['history', 'file_data'],
    ['history', 'audio.id'],
    ['context', 'image_url'],
    ['context', 'web_search_options'],
  ),
]
