/**
 * Answers of the Responses API, for `answer.ts`.
 *
 * @module
 */
import { type Answer, answersOf, type Call, events, type AnswerInput as In } from './answers.ts'
import type { Case } from './topic.ts'

const whole = answersOf('responses-whole', 'openai-responses/1', 'application/json')
const streamed = answersOf('responses-stream', 'openai-responses/1', 'text/event-stream')

const m = (shape: Answer['shape'], outputs: Answer['outputs'] = {}, ...ends: readonly string[]): Answer => {
  return { model: 'm', shape, outputs, ends }
}
const DONE = 'completed'
const part = (one: string): string => `{"type":"output_text","text":"${one}"}`
const message = (...parts: readonly string[]): string => `{"type":"message","content":[${parts.join()}]}`
const body = (output: string, more = '"status":"completed"'): string => `{"model":"m","output":${output},${more}}`
const hi = (shape: Answer['shape']): Answer => m(shape, { 0: 'Hi' }, DONE)
const HI = message(part('Hi'))
const item = (name: string, ...items: readonly string[]): [string, string] => [name, body(`[${items.join()}]`)]
const called = (name: string, items: string, shape: Answer['shape'], ...calls: readonly Call[]): Case<In> =>
  whole(`tool-call-${name}`, body(`[${items}]`), { ...m(shape, {}, DONE), calls })

const WHOLE: readonly Case<In>[] = [
  whole(...item('complete', HI), hi('complete')),
  whole(
    ...item('texts-are-joined', '{"type":"reasoning"}', message(part('H')), message(part(''), part('i'))),
    hi('complete'),
  ),
  whole('usage', body(`[${HI}]`, '"status":"completed","usage":{"output_tokens":2,"input_tokens":1}'), {
    ...hi('complete'),
    usage: '{"input_tokens":1,"output_tokens":2}',
  }),
  whole(
    'incomplete',
    body(`[${HI}]`, '"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}'),
    m('complete', { 0: 'Hi' }, 'max_output_tokens'),
  ),
  whole(
    'incomplete-without-reason',
    body(`[${HI}]`, '"status":"incomplete","incomplete_details":null'),
    m('complete', { 0: 'Hi' }, 'incomplete'),
  ),
  whole(
    'incomplete-whose-reason-is-no-text',
    body(`[${HI}]`, '"status":"incomplete","incomplete_details":{"reason":1}'),
    m('complete', { 0: 'Hi' }, 'incomplete'),
  ),
  whole('in-progress', body('[]', '"status":"in_progress"'), m('cut')),
  whole('queued', body('[]', '"status":"queued"'), m('cut')),
  whole('cancelled', body(`[${HI}]`, '"status":"cancelled"'), m('cut', { 0: 'Hi' })),
  whole('without-status', '{"model":"m","output":[]}', m('cut')),
  whole('failed', body('[]', '"status":"failed"'), m('error')),
  whole('error', '{"error":{"message":"no"}}', { shape: 'error' }, { status: 401 }),
  whole('error-with-the-status-completed', body(`[${HI}]`, '"status":"completed","error":{}'), hi('error')),
  whole('error-null', body(`[${HI}]`, '"status":"completed","error":null'), hi('complete')),
  whole('without-output', '{"model":"m","status":"completed"}', m('anomalous', {}, DONE)),
  whole('output-that-is-no-list', body('{}'), m('anomalous', {}, DONE)),
  whole('output-of-nothing', body('[]'), m('complete', {}, DONE)),
  whole(...item('item-that-is-no-object', '"Hi"', HI), hi('anomalous')),
  whole(...item('item-without-type', '{"content":[]}', HI), hi('anomalous')),
  whole(
    ...item('item-of-an-unknown-type', '{"type":"x","content":[{"type":"output_text","text":"?"}]}', HI),
    hi('complete'),
  ),
  whole(...item('message-without-content', '{"type":"message"}', HI), hi('anomalous')),
  whole(...item('message-whose-content-is-a-text', '{"type":"message","content":"Hi"}', HI), hi('anomalous')),
  whole(...item('part-that-is-no-object', message('"?"', part('Hi'))), hi('anomalous')),
  whole(...item('part-without-type', message('{"text":"?"}', part('Hi'))), hi('anomalous')),
  whole(
    ...item('part-of-another-type', message('{"type":"refusal","refusal":"?","text":"?"}', part('Hi'))),
    hi('complete'),
  ),
  whole(
    ...item('part-whose-text-is-no-text', message('{"type":"output_text","text":null}', part('Hi'))),
    hi('anomalous'),
  ),
  whole('sum-of-texts', body(`[${HI}]`, '"status":"completed","output_text":"Hi"'), hi('complete')),
  whole('sum-of-texts-null', body(`[${HI}]`, '"status":"completed","output_text":null'), hi('complete')),
  whole('sum-of-texts-that-differs', body(`[${HI}]`, '"status":"completed","output_text":"Ho"'), hi('anomalous')),
  whole('sum-of-texts-that-is-empty', body(`[${HI}]`, '"status":"completed","output_text":""'), hi('anomalous')),
  whole('sum-of-texts-that-is-no-text', body('[]', '"status":"completed","output_text":[]'), m('anomalous', {}, DONE)),
  called('of-a-function', '{"type":"function_call","id":"fc","call_id":"a","name":"f","arguments":"{ }"}', 'complete', {
    id: 'a',
    name: 'f',
    text: '{ }',
  }),
  called('of-a-server-of-tools', '{"type":"mcp_call","id":"a","name":"f","arguments":"{}"}', 'complete', {
    id: 'a',
    name: 'f',
    text: '{}',
  }),
  called(
    'whose-arguments-are-no-text',
    '{"type":"function_call","name":"f","arguments":{}},{"type":"custom_tool_call","name":"g","input":1}',
    'complete',
    { name: 'f' },
    { name: 'g' },
  ),
  called('of-a-custom-tool', '{"type":"custom_tool_call","call_id":"a","name":"f","input":"Hi"}', 'complete', {
    id: 'a',
    name: 'f',
    text: 'Hi',
  }),
  called(
    'of-every-kind-with-arguments',
    '{"type":"mcp_approval_request","id":"a","name":"f","arguments":"{}"},{"type":"multi_agent_call","call_id":"b","arguments":{"y":1.0,"x":2}},{"type":"tool_search_call","arguments":null}',
    'complete',
    { id: 'a', name: 'f', text: '{}' },
    { id: 'b', name: 'multi_agent', text: '{"x":2,"y":1}' },
    { name: 'tool_search' },
  ),
  called(
    'of-a-computer',
    '{"type":"computer_call","call_id":"a","action":{"type":"click"}},{"type":"computer_call","actions":[],"action":1},{"type":"computer_call","actions":null,"action":1}',
    'complete',
    { id: 'a', name: 'computer', text: '{"type":"click"}' },
    { name: 'computer', text: '[]' },
    { name: 'computer', text: '1' },
  ),
  called(
    'of-shells-and-a-search',
    '{"type":"local_shell_call","action":{}},{"type":"shell_call","action":"ls"},{"type":"web_search_call","id":"w","action":{"type":"search"}}',
    'complete',
    { name: 'local_shell', text: '{}' },
    { name: 'shell', text: 'ls' },
    { id: 'w', name: 'web_search', text: '{"type":"search"}' },
  ),
  called('of-a-search-in-files', '{"type":"file_search_call","queries":["q"]}', 'complete', {
    name: 'file_search',
    text: '["q"]',
  }),
  called('of-a-patch', '{"type":"apply_patch_call","call_id":"a","operation":{}}', 'complete', {
    id: 'a',
    name: 'apply_patch',
    text: '{}',
  }),
  called(
    'of-code',
    '{"type":"code_interpreter_call","id":"a","code":"1"},{"type":"program","code":"2"}',
    'complete',
    { id: 'a', name: 'code_interpreter', text: '1' },
    { name: 'program', text: '2' },
  ),
  called('of-a-picture', '{"type":"image_generation_call","revised_prompt":"a cat","result":"AA=="}', 'complete', {
    name: 'image_generation',
    text: 'a cat',
  }),
  called('whose-id-is-no-text', '{"type":"function_call","call_id":1,"id":"a","name":2,"arguments":""}', 'complete', {
    id: 'a',
    name: 'function',
  }),
  called(
    'of-one-id',
    '{"type":"function_call","call_id":"a","name":"f"},{"type":"function_call","call_id":"a","name":"f"}',
    'complete',
    { id: 'a', name: 'f' },
    { id: 'a', name: 'f' },
  ),
  called('of-an-output', '{"type":"function_call_output","call_id":"a","output":"x"}', 'complete'),
  whole(
    'tool-call-without-canonical-form',
    [
      '{"model":"m","status":"completed","output":[{"type":"shell_call","action":1e1',
      { repeat: '0', times: 1000 },
      '}]}',
    ],
    {
      ...m('anomalous', {}, DONE),
      calls: [{ name: 'shell' }],
    },
  ),
]

const event = (type: string, members = ''): string =>
  `{"type":"response.${type}"${members === '' ? '' : ','}${members}}`
const response = (status: string, output = '[]', more = ''): string =>
  `"response":{"id":"r","model":"m","status":"${status}","output":${output}${more}}`
const CREATED = event('created', response('in_progress'))
const PROGRESS = event('in_progress', response('in_progress'))
const added = (one: string, index = '0'): string => event('output_item.added', `"output_index":${index},"item":${one}`)
const done = (one: string, index = '0'): string => event('output_item.done', `"output_index":${index},"item":${one}`)
const at = (index = '0', place = '0'): string => `"output_index":${index},"content_index":${place}`
const partAdded = (one: string, index = '0', place = '0'): string =>
  event('content_part.added', `${at(index, place)},"part":${one}`)
const partDone = (one: string, index = '0', place = '0'): string =>
  event('content_part.done', `${at(index, place)},"part":${one}`)
const delta = (one: string, index = '0', place = '0'): string =>
  event('output_text.delta', `${at(index, place)},"delta":"${one}"`)
const textDone = (one: string, index = '0', place = '0'): string =>
  event('output_text.done', `${at(index, place)},"text":"${one}"`)
const argsDelta = (one: string, index = '0'): string =>
  event('function_call_arguments.delta', `"output_index":${index},"delta":${JSON.stringify(one)}`)
const argsDone = (one: string, index = '0'): string =>
  event('function_call_arguments.done', `"output_index":${index},"arguments":${JSON.stringify(one)}`)
const completed = (output: string, more = ''): string => event('completed', response('completed', output, more))

const EMPTY = message()
const TEXT = [added(EMPTY), partAdded(part('')), delta('H'), delta('i'), textDone('Hi'), partDone(part('Hi')), done(HI)]
const BEGIN = [CREATED, PROGRESS]
const END = completed(`[${HI}]`)
const ALL = [...BEGIN, ...TEXT, END]
const FUNCTION = '{"type":"function_call","id":"fc","call_id":"a","name":"f","arguments":""}'
const CALL = FUNCTION.replace('""', '"{}"')

const read = (name: string, data: readonly string[], answer: Answer): Case<In> =>
  streamed(name, events(...data), answer)
/** A stream of these events, at whose end the response has this output. */
const said = (name: string, data: readonly string[], output: string, answer: Answer): Case<In> =>
  read(name, [...BEGIN, ...data, completed(output)], answer)
/** As `said`, of one that says `Hi`. */
const says = (name: string, data: readonly string[], shape: Answer['shape'] = 'anomalous'): Case<In> =>
  said(name, data, `[${HI}]`, hi(shape))
const call = (
  name: string,
  data: readonly string[],
  output: string,
  shape: Answer['shape'],
  ...calls: readonly Call[]
): Case<In> => said(`tool-call-${name}`, data, output, { ...m(shape, {}, DONE), calls })
const numbered = (data: readonly string[], numbers: readonly (number | string)[]): string[] =>
  data.map((one, place) => one.replace('{', `{"sequence_number":${numbers[place]},`))

const STREAMS: readonly Case<In>[] = [
  read('complete', ALL, hi('complete')),
  read('with-done', [...ALL, '[DONE]'], hi('complete')),
  read(
    'numbered',
    numbered(
      ALL,
      ALL.map((_, place) => place),
    ),
    hi('complete'),
  ),
  read(
    'numbered-from-5',
    numbered(
      ALL,
      ALL.map((_, place) => place + 5),
    ),
    hi('complete'),
  ),
  read(
    'of-unknown-events',
    [...BEGIN, event('refusal.delta', '"delta":"?"'), ...TEXT, '{"type":"x"}', END],
    hi('complete'),
  ),
  read('queued-first', [event('queued', response('queued')), ...ALL], hi('complete')),
  read('without-progress', [CREATED, ...TEXT, END], hi('complete')),
  read('without-created', [...TEXT, END], hi('complete')),
  says('deltas-alone', [delta('H'), delta('i')], 'complete'),
  says('text-in-the-start-of-the-item', [added(message(part('H'))), delta('i'), done(HI)], 'complete'),
  says('text-in-the-start-of-the-part', [added(EMPTY), partAdded(part('Hi')), textDone('Hi')], 'complete'),
  said(
    'of-two-parts-and-two-items',
    [delta('a'), delta('b', '0', '1'), textDone('a'), delta('c', '1')],
    `[${message(part('a'), part('b'))},${message(part('c'))}]`,
    {
      ...m('complete', { 0: 'abc' }, DONE),
    },
  ),
  said('of-no-items', [], '[]', m('complete', {}, DONE)),
  said(
    'of-a-refusal',
    [
      added(EMPTY),
      partAdded('{"type":"refusal","refusal":""}'),
      partDone('{"type":"refusal","refusal":"?"}'),
      done(message('{"type":"refusal","refusal":"?"}')),
    ],
    `[${message('{"type":"refusal","refusal":"?"}')}]`,
    m('complete', {}, DONE),
  ),
  read(
    'incomplete',
    [
      ...BEGIN,
      ...TEXT,
      event('incomplete', response('incomplete', `[${HI}]`, ',"incomplete_details":{"reason":"content_filter"}')),
    ],
    {
      ...m('complete', { 0: 'Hi' }, 'content_filter'),
    },
  ),
  read('usage-at-the-end', [...BEGIN, ...TEXT, completed(`[${HI}]`, ',"usage":{"total_tokens":3}')], {
    ...hi('complete'),
    usage: '{"total_tokens":3}',
  }),
  read('end-without-status', [...BEGIN, ...TEXT, END.replace('"status":"completed",', '')], hi('complete')),
  call(
    'in-pieces',
    [added(FUNCTION), argsDelta('{'), argsDelta('}'), argsDone('{}'), done(CALL)],
    `[${CALL}]`,
    'complete',
    { id: 'a', name: 'f', text: '{}' },
  ),
  call('without-pieces', [added(FUNCTION), argsDone('{}'), done(CALL)], `[${CALL}]`, 'complete', {
    id: 'a',
    name: 'f',
    text: '{}',
  }),
  call('whole-at-its-end', [added(FUNCTION), done(CALL)], `[${CALL}]`, 'complete', { id: 'a', name: 'f', text: '{}' }),
  call('without-beginning', [done(CALL)], `[${CALL}]`, 'complete', { id: 'a', name: 'f', text: '{}' }),
  call('whole-at-its-beginning', [added(CALL), done(CALL)], `[${CALL}]`, 'complete', {
    id: 'a',
    name: 'f',
    text: '{}',
  }),
  call(
    'of-a-custom-tool',
    [
      added('{"type":"custom_tool_call","call_id":"a","name":"f","input":""}'),
      event('custom_tool_call_input.delta', '"output_index":0,"delta":"x"'),
      event('custom_tool_call_input.done', '"output_index":0,"input":"x"'),
    ],
    '[{"type":"custom_tool_call","call_id":"a","name":"f","input":"x"}]',
    'complete',
    { id: 'a', name: 'f', text: 'x' },
  ),
  call(
    'of-a-server-of-tools',
    [
      added('{"type":"mcp_call","id":"a","name":"f","arguments":""}'),
      event('mcp_call_arguments.delta', '"output_index":0,"delta":"x"'),
      event('mcp_call_arguments.done', '"output_index":0,"arguments":"x"'),
    ],
    '[{"type":"mcp_call","id":"a","name":"f","arguments":"x"}]',
    'complete',
    { id: 'a', name: 'f', text: 'x' },
  ),
  call(
    'of-another-kind',
    [
      added('{"type":"shell_call","call_id":"a","action":{}}'),
      done('{"type":"shell_call","call_id":"a","action":{"x":1}}'),
    ],
    '[{"type":"shell_call","call_id":"a","action":{"x":1}}]',
    'complete',
    { id: 'a', name: 'shell', text: '{"x":1}' },
  ),
]

/** As some servers give them: without the index of the item, by its id. */
const byId = (text: string, id: string): string => text.replace('"output_index":0,', `"item_id":"${id}",`)

const BY_ID: readonly Case<In>[] = [
  said(
    'items-known-by-their-ids',
    [
      event('output_item.added', '"item":{"type":"message","id":"x","content":[]}'),
      event('output_text.delta', '"item_id":"x","delta":"H"'),
      byId(delta('i'), 'x'),
      byId(textDone('Hi'), 'x'),
      event('output_item.done', `"item":{"type":"message","id":"x","content":[${part('Hi')}]}`),
      event('output_text.delta', '"item_id":"y","delta":"!"'),
      event('output_text.done', '"item_id":"y","content_index":0,"text":"!"'),
    ],
    `[${message(part('Hi'))},${message(part('!'))}]`,
    m('complete', { 0: 'Hi!' }, DONE),
  ),
  said(
    'items-known-by-their-ids-of-which-the-first-goes-on',
    [byId(delta('H'), 'x'), byId(delta('!'), 'y'), byId(delta('i'), 'x')],
    `[${message(part('Hi'))},${message(part('!'))}]`,
    m('anomalous', { 0: 'H!i' }, DONE),
  ),
  says('item-id-that-is-no-text', [event('output_text.delta', '"item_id":1,"delta":"Hi"')]),
  says('index-null-beside-an-item-id', [event('output_text.delta', '"output_index":null,"item_id":"x","delta":"Hi"')]),
  says('content-index-null', [event('output_text.delta', '"output_index":0,"content_index":null,"delta":"Hi"')]),
  call(
    'by-its-item-id',
    [
      event('output_item.added', `"item":${FUNCTION}`),
      event('function_call_arguments.delta', '"item_id":"fc","delta":"{}"'),
      event('output_item.done', `"item":${CALL}`),
    ],
    `[${CALL}]`,
    'complete',
    { id: 'a', name: 'f', text: '{}' },
  ),
]

const BROKEN: readonly Case<In>[] = [
  read('of-nothing', [], { shape: 'cut' }),
  read('only-done', ['[DONE]'], { shape: 'anomalous' }),
  read('cut-after-the-beginning', BEGIN, m('cut')),
  read('cut-in-the-text', ALL.slice(0, 5), m('cut', { 0: 'H' })),
  read('cut-before-the-end', ALL.slice(0, -1), m('cut', { 0: 'Hi' })),
  read('done-in-place-of-the-end', [...ALL.slice(0, -1), '[DONE]'], m('cut', { 0: 'Hi' })),
  streamed('cut-within-the-end', events(...ALL).slice(0, -1), m('cut', { 0: 'Hi' })),
  read('failed', [...BEGIN, event('failed', response('failed'))], m('error')),
  read(
    'failed-without-status',
    [...BEGIN, event('failed', '"response":{"id":"r","model":"m","output":[]}')],
    m('error'),
  ),
  read('error', [...BEGIN, ...TEXT.slice(0, 3), '{"type":"error","message":"no"}'], m('error', { 0: 'H' })),
  read(
    'error-of-a-response',
    [event('in_progress', response('in_progress', '[]', ',"error":{}')), ...TEXT, END],
    hi('error'),
  ),
  read('error-without-type', [...BEGIN, '{"error":{"message":"no"}}'], m('error')),
  read('chunk-without-type', [...BEGIN, '{"error":null}', ...TEXT, END], hi('anomalous')),
  read('chunk-whose-type-is-no-text', [...BEGIN, '{"type":1}', ...TEXT, END], hi('anomalous')),
  read('numbers-with-one-left-out', numbered(ALL, [0, 1, 3, 4, 5, 6, 7, 8, 9, 10]), hi('anomalous')),
  read('numbers-with-one-twice', numbered(ALL, [0, 1, 1, 2, 3, 4, 5, 6, 7, 8]), hi('anomalous')),
  read(
    'number-that-is-a-text',
    numbered(ALL, ['"0"', 'null', 'null', 'null', 'null', 'null', 'null', 'null', 'null', 'null']),
    hi('anomalous'),
  ),
  read('numbers-with-null-between', numbered(ALL, [0, 'null', 1, 'null', 2, 3, 4, 5, 6, 7]), hi('complete')),
  read(
    'number-0-0',
    numbered(ALL, ['0.0', 'null', 'null', 'null', 'null', 'null', 'null', 'null', 'null', 'null']),
    hi('anomalous'),
  ),
  read('created-twice', [CREATED, ...ALL], hi('anomalous')),
  read('created-without-response', [event('created'), ...TEXT, END], hi('anomalous')),
  read('progress-without-response', [event('in_progress', '"response":null'), ...TEXT, END], hi('anomalous')),
  read('another-response', [...BEGIN, ...TEXT, END.replace('"r"', '"s"')], hi('anomalous')),
  read('another-model', [...BEGIN, ...TEXT, END.replace('"m"', '"n"')], hi('anomalous')),
  read('end-without-response', [...BEGIN, ...TEXT, event('completed')], m('anomalous', { 0: 'Hi' })),
  read(
    'end-of-another-status',
    [...BEGIN, ...TEXT, END.replace('"status":"completed"', '"status":"incomplete"')],
    hi('anomalous'),
  ),
  read('end-without-output', [...BEGIN, ...TEXT, END.replace('"output":', '"x":')], hi('anomalous')),
  read('the-end-twice', [...ALL, END], m('anomalous', { 0: 'Hi' }, DONE)),
  read('done-twice', [...ALL, '[DONE]', '[DONE]'], hi('anomalous')),
  read('text-after-the-end', [...ALL, delta('!')], m('anomalous', { 0: 'Hi!' }, DONE)),
  read('twice', [...ALL, ...ALL], m('anomalous', { 0: 'HiHi' }, DONE)),
  read('sum-of-texts-that-differs', [...BEGIN, ...TEXT, completed(`[${HI}]`, ',"output_text":"Ho"')], hi('anomalous')),
  said('whole-that-differs', [delta('Ho')], `[${HI}]`, m('anomalous', { 0: 'Ho' }, DONE)),
  said('whole-that-has-more', [delta('H')], `[${HI}]`, m('anomalous', { 0: 'H' }, DONE)),
  said('delta-left-out', TEXT.toSpliced(2, 1), `[${HI}]`, m('anomalous', { 0: 'i' }, DONE)),
  said('delta-twice', TEXT.toSpliced(2, 0, delta('H')), `[${HI}]`, m('anomalous', { 0: 'HHi' }, DONE)),
  says('part-that-ends-otherwise', [delta('Hi'), textDone('Ho')]),
  says('part-that-ends-before-its-text', [textDone('Hi'), delta('Hi')]),
  says('part-done-otherwise', [delta('Hi'), partDone(part('Ho'))]),
  says('part-done-of-another-type', [delta('Hi'), partDone('{"type":"refusal","refusal":"Hi"}')]),
  says('part-that-is-no-object', [partAdded('"Hi"'), delta('Hi')]),
  says('part-whose-text-is-no-text', [partAdded('{"type":"output_text","text":1}'), delta('Hi')]),
  says('delta-that-is-no-text', [event('output_text.delta', `${at()},"delta":1`), delta('Hi')]),
  says('delta-without-index', [event('output_text.delta', '"delta":"Hi"')], 'anomalous'),
  says('delta-whose-index-is-a-text', [delta('Hi', '"0"')], 'anomalous'),
  says('text-of-an-earlier-item', [delta('H', '1'), delta('i', '0')]),
  says('text-of-an-earlier-part', [delta('H', '0', '1'), delta('i', '0', '0')]),
  says('item-without-index', [event('output_item.added', `"item":${EMPTY}`), delta('Hi')]),
  says('item-that-is-no-object', [added('"Hi"'), delta('Hi')]),
  says('item-without-type', [added('{"content":[]}'), delta('Hi')]),
  says('item-whose-content-is-a-text', [added('{"type":"message","content":"Hi"}'), delta('Hi')]),
  says('item-done-otherwise', [delta('Hi'), done(message(part('Ho')))]),
  call('whose-whole-differs', [added(FUNCTION), argsDelta('{}'), argsDone('[]')], `[${CALL}]`, 'anomalous', {
    id: 'a',
    name: 'f',
    text: '{}',
  }),
  call(
    'whose-end-differs',
    [added(FUNCTION), argsDelta('{}'), done(FUNCTION.replace('""', '"[]"'))],
    `[${CALL}]`,
    'anomalous',
    { id: 'a', name: 'f', text: '{}' },
  ),
  call(
    'whose-whole-is-no-text',
    [added(FUNCTION), argsDelta('{}'), event('function_call_arguments.done', '"output_index":0,"arguments":{}')],
    `[${CALL}]`,
    'anomalous',
    { id: 'a', name: 'f', text: '{}' },
  ),
  call(
    'whose-piece-is-no-text',
    [added(FUNCTION), event('function_call_arguments.delta', '"output_index":0,"delta":{}'), argsDelta('{}')],
    `[${CALL}]`,
    'anomalous',
    { id: 'a', name: 'f', text: '{}' },
  ),
  call('that-did-not-begin', [argsDelta('{}'), done(CALL)], `[${CALL}]`, 'anomalous', {
    id: 'a',
    name: 'f',
    text: '{}',
  }),
  call(
    'of-another-name-at-its-end',
    [added(FUNCTION), argsDelta('{}'), done(CALL.replace('"f"', '"g"'))],
    `[${CALL}]`,
    'anomalous',
    { id: 'a', name: 'f', text: '{}' },
  ),
  call('that-the-end-does-not-have', [added(FUNCTION), argsDelta('{}')], '[]', 'anomalous', {
    id: 'a',
    name: 'f',
    text: '{}',
  }),
  call('that-only-the-end-has', [], `[${CALL}]`, 'anomalous'),
  call('of-another-id-in-the-end', [added(CALL)], `[${CALL.replace('"a"', '"b"')}]`, 'anomalous', {
    id: 'a',
    name: 'f',
    text: '{}',
  }),
  streamed(
    'that-says-it-is-json',
    events(...ALL),
    { model: null, shape: 'anomalous' },
    { contentType: 'application/json' },
  ),
  streamed('status-503', events(...ALL), hi('error'), { status: 503 }),
]

export const OPENAI_RESPONSES: readonly Case<In>[] = [...WHOLE, ...STREAMS, ...BY_ID, ...BROKEN]
