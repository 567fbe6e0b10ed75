/**
 * Requests and responses of the legacy Completions API and of Embeddings, for `cut.ts`.
 *
 * @module
 */
import { casesOf } from './cut-cases.ts'
import { m, mm, o, s, t, v } from './leaves.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const completions = casesOf({
  prefix: 'completions',
  dialect: 'openai-completions/1',
  path: '/v1/completions',
  streams: 'text/event-stream',
})
const embeddings = casesOf({
  prefix: 'embeddings',
  dialect: 'openai-embeddings/1',
  path: '/v1/embeddings',
  streams: 'text/event-stream',
})

const COMPLETIONS: readonly Case<In>[] = [
  completions.request(
    'request',
    [
      s('{"model":'),
      v('model', '/model', '"tiny"'),
      s(',"prompt":'),
      v('input', '/prompt', '"Say hi"'),
      s(',"suffix":'),
      v('input', '/suffix', '"!"'),
      s(',"max_tokens":'),
      v('parameters', '/max_tokens', '1'),
      s(',"response_format":'),
      v('outputFormat', '/response_format', '{}'),
      s(','),
      m('/messages', '"messages":[]'),
      s('}'),
    ],
    { model: 'tiny' },
  ),
  {
    ...completions.request('model-of-an-engine', [s('{}')], { path: '/engines/tiny/completions', model: 'tiny' }),
    rule: 'docs/spec/dialects.md#the-model-asked-for',
  },
  completions.request('prompt-of-texts', [
    s('{"prompt":['),
    v('input', '/prompt/0', '"a"'),
    s(', '),
    v('input', '/prompt/1', '"b"'),
    s(']}'),
  ]),
  completions.request('prompt-of-nothing', [s('{"prompt":[ ]}')]),
  completions.request('prompt-of-tokens', [s('{"prompt":'), v('input', '/prompt', '[1,2]'), s('}')]),
  completions.request('prompt-of-texts-and-tokens', [s('{"prompt":'), v('input', '/prompt', '["a",1]'), s('}')]),
  completions.request('prompt-of-lists-of-texts', [s('{"prompt":'), v('input', '/prompt', '[["a"]]'), s('}')]),
  completions.request('prompt-that-is-null', [s('{"prompt":'), v('input', '/prompt', 'null'), s('}')]),
  completions.response('everything', [
    s('{"id":'),
    v('metadata', '/id', '"c"'),
    s(',"choices":[{"text":"'),
    t('output', '/choices/0/text', 'One. '),
    t('output', '/choices/0/text', 'Two.'),
    s('","index":'),
    v('metadata', '/choices/0/index', '0'),
    s(','),
    mm('/choices/0/message', '"message":{}'),
    s('}],"model":'),
    v('model', '/model', '"m"'),
    s('}'),
  ]),
  completions.stream('of-text', [
    ['output', 'data: {"choices":[{"index":0,"text":"Hi"}]}\n\n'],
    ['metadata', 'data: {"choices":[{"index":0,"text":"","finish_reason":"stop"}]}\n\n'],
    ['metadata', 'data: [DONE]\n\n'],
  ]),
]

const EMBEDDINGS: readonly Case<In>[] = [
  embeddings.request(
    'request',
    [
      s('{"input":['),
      v('input', '/input/0', '"a"'),
      s(','),
      v('input', '/input/1', '"b"'),
      s('],"model":'),
      v('model', '/model', '"tiny"'),
      s(',"encoding_format":'),
      v('parameters', '/encoding_format', '"base64"'),
      s(','),
      m('/input_type', '"input_type":"query"'),
      s('}'),
    ],
    { model: 'tiny' },
  ),
  {
    ...embeddings.request('model-of-a-deployment', [s('{"model":'), v('model', '/model', '"huge"'), s('}')], {
      path: '/openai/deployments/tiny/embeddings',
      model: 'tiny',
    }),
    rule: 'docs/spec/dialects.md#the-model-asked-for',
  },
  embeddings.request('input-of-tokens', [s('{"input":'), v('input', '/input', '[[1],[2]]'), s('}')]),
  embeddings.response('everything', [
    s('{"object":'),
    v('metadata', '/object', '"list"'),
    s(',"data":[{"object":'),
    v('metadata', '/data/0/object', '"embedding"'),
    s(',"index":'),
    v('metadata', '/data/0/index', '0'),
    s(',"embedding":'),
    v('output', '/data/0/embedding', '[0.5,-1e-3]'),
    s('},{"embedding":'),
    v('output', '/data/1/embedding', '"AACAPw=="'),
    s('}]}'),
  ]),
  embeddings.response('that-is-a-list', [o('[{"data":[]}]', 'metadata')]),
  embeddings.stream('of-text', [['metadata', 'data: {"data":[]}\n\n']]),
]

export const OPENAI_COMPLETIONS: readonly Case<In>[] = [...COMPLETIONS, ...EMBEDDINGS]
