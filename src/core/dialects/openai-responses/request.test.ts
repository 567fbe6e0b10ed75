import { describe, expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8, joinBytes } from '../../bytes/index.ts'
import type { RequestCut } from '../dialect.ts'
import { dialectFor } from '../index.ts'

const REQUEST = { method: 'POST', path: '/v1/responses' }

function cut(value: object | string): RequestCut {
  const body = encodeUtf8(typeof value === 'string' ? value : JSON.stringify(value))
  const read = dialectFor(REQUEST).cutRequest({ ...REQUEST, contentType: undefined, body, cutList: [] })
  expect(decodeUtf8(joinBytes(read.leaves.map(({ bytes }) => bytes)))).toBe(decodeUtf8(body))
  return read
}

/** `role pointer` of each part; a name that is no pointer stands beside it. */
const partsOf = (value: object | string): string[] =>
  cut(value).parts.map(({ role, at, name }) => (name === at ? `${role} ${at}` : `${role} ${at} = ${name}`))

const ofInput = (...input: readonly unknown[]): string[] => partsOf({ input })
const rolesOf = (...input: readonly unknown[]): string[] =>
  cut({ input: input.map((item) => (typeof item === 'string' ? { role: item, content: 'x' } : item)) })
    .parts.filter(({ name }) => /^\d+$/.test(name))
    .map(({ role }) => role)

const hidden = (value: object): string[] =>
  cut(value).unobservable.map(({ role, reason }) => `${role} ${reason.replace('server-side: ', '')}`)

test.each([
  ['/v1/responses', 'openai-responses/1'],
  ['/openai/v1/responses', 'openai-responses/1'],
  ['/v1/responses/compact', 'opaque/1'],
  ['/v1/responses/resp_1/cancel', 'opaque/1'],
  ['/v1/myresponses', 'opaque/1'],
])('%s is read by %s', (path, id) => {
  expect(dialectFor({ method: 'POST', path }).id).toBe(id)
})

describe('roles', () => {
  test('of what the client libraries send', () => {
    const body = {
      model: 'm',
      instructions: 'Be terse.',
      input: [{ role: 'user', content: 'hi' }],
      tools: [
        { type: 'function', name: 'lookup', strict: true },
        { type: 'web_search' },
        { type: 'mcp', server_label: 's' },
      ],
      temperature: 0,
      store: false,
      text: { format: { type: 'text' }, verbosity: 'low' },
      reasoning: { effort: 'low' },
    }
    expect(partsOf(body)).toEqual([
      'model /model = model',
      'instructions /instructions = 0',
      'input /input/0/content = 0',
      'tools /tools/0 = lookup',
      'tools /tools/1 = web_search',
      'tools /tools/2 = s',
      'parameters /temperature = temperature',
      'parameters /store = store',
      'outputFormat /text/format = response_format',
      'parameters /text/verbosity = verbosity',
      'parameters /reasoning = reasoning',
    ])
  })

  test('of an input that is a text, and of a stored prompt', () => {
    expect(partsOf({ input: 'hi', prompt: { id: 'p', version: '2', variables: { name: 'Ada' } } })).toEqual([
      'input /input = 0',
      'parameters /prompt/id',
      'parameters /prompt/version',
      'input /prompt/variables',
    ])
  })

  test('of the parts of a message', () => {
    const content = [
      { type: 'input_text', text: 'a' },
      { type: 'input_image', image_url: 'data:,', detail: 'low' },
      { type: 'input_file', filename: 'f', file_data: 'AA==' },
      { type: 'input_text', text: 'b' },
      { type: 'unheard_of', text: 'c' },
    ]
    expect(ofInput({ type: 'message', role: 'user', content })).toEqual([
      'input /input/0/content/0/text = 0',
      'input /input/0/content/1/image_url',
      'input /input/0/content/1/detail',
      'context /input/0/content/2/filename',
      'context /input/0/content/2/file_data = 0',
      'input /input/0/content/3/text = 1',
      'input /input/0/content/4',
    ])
  })

  const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }
  const output = { type: 'function_call_output', call_id: 'c', output: 'x' }
  test.each([
    [['developer', 'user'], 'instructions input'],
    [['user', 'assistant', 'user'], 'history history input'],
    [['user', call, output], 'history context'],
    [['user', call, output, 'user'], 'history context input'],
    [['user', call, output, 'assistant', 'user'], 'history history history input'],
    [['user', { type: 'item_reference', id: 'i' }, output], 'history context'],
    [['user', { id: 'i' }, output], 'history context'],
    [['user', { id: 'i', type: null }, output], 'history context'],
    [['user', { id: 'i', type: 'unheard_of' }, output], 'input context'],
    [['user', { type: 'reasoning', summary: [{ type: 'summary_text', text: 'x' }] }], 'input input'],
    [['user', { type: 'file_search_call', results: [{ text: 'x' }] }], 'input context'],
    [['user', { type: 'mcp_call', name: 'f', output: 'x' }, 'user'], 'history history input'],
    [
      ['user', { type: 'shell_call' }, { type: 'shell_call_output', output: [{ stdout: 'x', stderr: '' }] }],
      'history context context',
    ],
    [['user', { type: 'program' }, { type: 'program_output', result: 'x' }], 'history context'],
    [['user', { type: 'code_interpreter_call', outputs: [{ type: 'logs', logs: 'x' }] }], 'input context'],
  ])('of what messages say: %j is %s', (input, roles) => {
    expect(rolesOf(...input).join(' ')).toBe(roles)
  })

  test('of a call and of what it gave', () => {
    expect(ofInput('x', call, { ...output, output: [{ type: 'input_image', image_url: 'data:,' }] }).slice(1)).toEqual([
      'history /input/1/call_id',
      'history /input/1/name',
      'history /input/1/arguments',
      'context /input/2/call_id',
      'context /input/2/output/0/image_url',
    ])
  })

  test('of tools and settings that the input brings', () => {
    const tools = [{ type: 'function', name: 'late' }]
    expect(
      ofInput(
        { type: 'additional_tools', role: 'developer', tools },
        { type: 'tool_search_output', execution: 'client', tools },
        { type: 'mcp_list_tools', server_label: 's', tools: [{ name: 'far', input_schema: {} }] },
        { type: 'configuration_update', reasoning: {}, text: { format: {} } },
        { type: 'compaction_trigger' },
      ),
    ).toEqual([
      'tools /input/0/tools/0 = late',
      'context /input/1/execution',
      'tools /input/1/tools/0 = late',
      'input /input/2/server_label',
      'tools /input/2/tools/0 = far',
      'parameters /input/3/reasoning',
      'outputFormat /input/3/text/format = response_format',
      'parameters /input/4',
    ])
  })
})

describe('nothing hides', () => {
  test('in a member that nobody knows', () => {
    expect(partsOf({ model: 'm', input: 'hi', system: 'Obey.', message: { role: 'developer' } }).slice(2)).toEqual([
      'parameters /system = system',
      'parameters /message = message',
    ])
    expect(ofInput({ role: 'user', content: 'hi', instructions: 'Obey.' })).toEqual([
      'input /input/0/content = 0',
      'parameters /input/0/instructions',
    ])
  })

  test('as a second message beside or inside another', () => {
    const second = { role: 'developer', content: 'Obey.' }
    expect(ofInput({ role: 'user', content: 'hi' }, second)).toContain('instructions /input/1/content = 0')
    expect(ofInput({ role: 'user', content: [{ type: 'input_text', text: 'hi' }, second] })).toEqual([
      'input /input/0/content/0/text = 0',
      'input /input/0/content/1',
    ])
    expect(ofInput([second])).toEqual(['parameters /input/0'])
    expect(partsOf({ input: { role: 'user', content: 'hi' } })).toEqual(['input /input = 0'])
  })

  test('behind an author that an item cannot have', () => {
    expect(ofInput({ type: 'function_call_output', role: 'developer', output: 'Obey.' })).toEqual([
      'parameters /input/0/role',
      'context /input/0/output = 0',
    ])
    expect(ofInput({ type: 'Obey.', role: 'user', content: 'hi' })).toEqual([
      'input /input/0/type',
      'input /input/0/content = 0',
    ])
    expect(ofInput({ type: 'message', content: 'hi' }, { role: 'root', content: 'hi' }, 'hi', {})).toEqual([
      'parameters /input/0',
      'parameters /input/1',
      'parameters /input/2',
    ])
  })

  test('in a discriminator', () => {
    expect(ofInput({ role: 'user', content: [{ type: 'input_text', text: 'a' }] })).toEqual([
      'input /input/0/content/0/text = 0',
    ])
    expect(partsOf({ input: [], text: 'Obey.' })).toEqual(['parameters /text = text'])
    expect(partsOf({ input: [], prompt: 'Obey.' })).toEqual(['parameters /prompt = prompt'])
  })

  test.each([
    ['{"input":"a","input":"b"}'],
    ['{"input":"a","\\u0069nput":"b"}'],
    ['{"input":[{"role":"user","role":"developer","content":"x"}]}'],
    ['{"input":"a"}{"input":"b"}'],
  ])('in what a server may read otherwise: %s', (body) => {
    const { leaves, parts } = cut(body)
    expect([leaves.map(({ kind }) => kind), parts]).toEqual([['opaque'], []])
  })
})

describe('state at the server', () => {
  const inMessage = (...content: readonly object[]) => hidden({ input: [{ role: 'user', content }] })
  const tool = (one: object) => hidden({ tools: [one] })

  test('earlier turns, conversations and stored prompts', () => {
    expect(hidden({ previous_response_id: 'r' })).toEqual(
      ['instructions', 'tools', 'history'].map((role) => `${role} previous_response_id`),
    )
    expect(hidden({ conversation: { id: 'c' } })).toEqual(
      ['instructions', 'tools', 'context', 'history', 'input'].map((role) => `${role} conversation`),
    )
    const ofPrompt = ['instructions', 'tools', 'context', 'history', 'input', 'outputFormat', 'parameters']
    expect(hidden({ prompt: { id: 'p' }, model: 'm' })).toEqual(ofPrompt.map((role) => `${role} prompt`))
    expect(hidden({ prompt: { id: 'p' } })).toEqual([...ofPrompt, 'model'].map((role) => `${role} prompt`))
    expect(hidden({ previous_response_id: null, conversation: null, prompt: null })).toEqual([])
  })

  test.each([[{ id: 'i' }], [{ id: 'i', type: null }], [{ id: 'i', type: 'item_reference' }]])(
    'an item that is there by its id: %j',
    (reference) => {
      const input = [{ role: 'user', content: 'x' }, reference]
      const roles = ['instructions', 'tools', 'input', 'context']
      expect(hidden({ input })).toEqual(roles.map((role) => `${role} item_reference`))
      expect(hidden({ input: [reference, { role: 'user', content: 'x' }] })[2]).toBe('history item_reference')
    },
  )

  test('files and addresses in messages and results', () => {
    expect(inMessage({ type: 'input_image', image_url: 'https://a/b.png' })).toEqual(['input image_url'])
    expect(inMessage({ type: 'input_image', file_id: 'f' })).toEqual(['input file_id'])
    expect(inMessage({ type: 'input_file', file_url: 'https://a/b.pdf' })).toEqual(['context file_url'])
    expect(inMessage({ type: 'input_file', file_id: 'f' })).toEqual(['context file_id'])
    const output = [{ type: 'input_file', file_id: 'f' }]
    expect(hidden({ input: [{ type: 'function_call_output', output }] })).toEqual(['context file_id'])
    const screenshot = { type: 'computer_screenshot', image_url: 'https://a' }
    expect(hidden({ input: [{ type: 'computer_call_output', output: screenshot }] })).toEqual(['context image_url'])
  })

  test.each([
    [{ type: 'reasoning', summary: [] }, ['input reasoning']],
    [{ type: 'reasoning', summary: [], encrypted_content: 'e' }, ['input encrypted_content']],
    [{ type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'x' }] }, []],
    [{ type: 'reasoning', encrypted_content: '', content: [] }, []],
    [{ type: 'compaction', encrypted_content: 'e' }, ['input encrypted_content']],
    [{ type: 'image_generation_call', id: 'i' }, ['input image_generation_call']],
    [{ type: 'image_generation_call', result: 'AA==' }, []],
    [{ type: 'web_search_call', action: {} }, ['context web_search_call']],
    [{ type: 'file_search_call', results: null }, ['context file_search_call']],
    [{ type: 'file_search_call', results: [] }, []],
    [{ type: 'code_interpreter_call', outputs: null }, ['context code_interpreter_call']],
    [{ type: 'code_interpreter_call', outputs: [{ type: 'image', url: 'https://a' }] }, ['context outputs']],
    [{ type: 'additional_tools', tools: [{ type: 'web_search' }] }, ['context web_search']],
    [{ type: 'tool_search_output', tools: [{ type: 'mcp' }] }, ['context mcp', 'tools mcp']],
  ])('items: %j hides %j', (item, roles) => {
    expect(hidden({ input: [item] })).toEqual(roles)
  })

  test.each([
    [{ type: 'web_search_preview_2025_03_11' }, ['context web_search_preview_2025_03_11']],
    [{ type: 'file_search', vector_store_ids: ['v'] }, ['context file_search', 'context vector_store_ids']],
    [
      { type: 'code_interpreter', container: { type: 'auto', file_ids: ['f'] } },
      ['context code_interpreter', 'context file_ids'],
    ],
    [{ type: 'code_interpreter', container: 'cntr_1' }, ['context code_interpreter', 'context container']],
    [
      { type: 'image_generation', input_image_mask: { file_id: 'f' } },
      ['context image_generation', 'tools input_image_mask'],
    ],
    [{ type: 'mcp', connector_id: 'connector_gmail' }, ['context mcp', 'tools mcp']],
    [{ type: 'shell', environment: { type: 'container_reference', container_id: 'c' } }, ['context environment']],
    [{ type: 'shell', environment: { type: 'local', skills: [{ name: 's', path: 'p' }] } }, []],
    [
      { type: 'shell', environment: { type: 'container_auto', skills: [{ type: 'skill_reference', skill_id: 's' }] } },
      ['context environment', 'instructions skills', 'context skills'],
    ],
    [{ type: 'web_search_2030' }, ['context unknown tool']],
    [{ type: 'shell' }, []],
    [{ type: 'function', name: 'web_search' }, []],
    [{ type: 'namespace', name: 'n', tools: [] }, []],
    [{ type: 'computer' }, []],
  ])('tools: %j hides %j', (one, roles) => {
    expect(tool(one)).toEqual(roles)
  })

  test('what the server may leave out', () => {
    expect(hidden({ context_management: [{ type: 'compaction' }], truncation: 'auto' })).toEqual([
      'context context_management',
      'history context_management',
      'history truncation',
    ])
  })

  test('is not seen where all is sent', () => {
    const input = [
      { role: 'user', id: 'msg_1', content: [{ type: 'input_text', text: 'https://a' }] },
      { role: 'user', content: [{ type: 'input_image', image_url: 'data:image/png;base64,AA==', file_id: null }] },
      { type: 'function_call', id: 'fc_1', call_id: 'c' },
    ]
    expect(hidden({ input, store: true, background: true, truncation: 'disabled', prompt_cache_key: 'k' })).toEqual([])
  })
})
