import { expect, test } from 'vitest'
import { encodeUtf8 } from '../../bytes/index.ts'
import { dialectFor } from '../index.ts'

const REQUEST = { method: 'POST', path: '/v1beta/models/m:generateContent', contentType: undefined, cutList: [] }

const unobservable = (...parts: readonly object[]) =>
  dialectFor(REQUEST).cutRequest({ ...REQUEST, body: encodeUtf8(JSON.stringify({ contents: [{ parts }] })) })
    .unobservable

test.each(['fileData', 'file_data'])(
  'a file that the server fetches is seen in %s, however its address is spelled',
  (name) => {
    for (const address of ['fileUri', 'file_uri']) {
      const file = { [name]: { [address]: 'gs://bucket/a.pdf' } }
      expect(unobservable(file)).toEqual([{ role: 'input', reason: 'server-side: fileUri' }])
      for (const result of ['functionResponse', 'function_response']) {
        const reason = 'server-side: fileUri'
        expect(unobservable({ [result]: { name: 'f', response: {}, parts: [file] } })).toEqual([
          { role: 'context', reason },
        ])
      }
    }
    expect(unobservable({ inlineData: { mimeType: 'image/png', data: 'AA==' } })).toEqual([])
  },
)
