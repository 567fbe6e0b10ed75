/**
 * Composes a Chat Completions request from a declaration and what fills its slots.
 *
 * Fixed contents go in as they are: instructions as system messages, history as turns that end with the assistant's, a
 * parameter named `header NAME` as that header. Passages stand in the user's message in the form that the tiny model was
 * trained on (`renderQuestion`), and the cut list says where:
 *
 *     Context: PASSAGE
 *     Question: INPUT
 *
 * @module
 */
import { decodeUtf8, encodeUtf8 } from '../../core/bytes/index.ts'
import type { ComponentContent, DeclarationSource } from '../../core/declaration/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { canonicalize, type JsonValue, parseJson } from '../../core/json/index.ts'
import type { Role } from '../../core/roles/index.ts'
import type { Cut, CutList, Header } from '../../core/spans/index.ts'

/** A retrieved text, and what the application calls it. */
export interface Passage {
  readonly label: string
  readonly text: string
}

export interface SlotValues {
  readonly input: string | undefined
  readonly passages: readonly Passage[]
  readonly model: string | undefined
  readonly stream: boolean
  /** Those that the declaration bounds or allows, by name. */
  readonly parameters?: ReadonlyMap<string, JsonValue>
}

export interface ComposedRequest {
  /** JSON in RFC 8785 form. */
  readonly body: Uint8Array
  readonly cutList: CutList
  /** Parameters that are headers. */
  readonly headers: readonly Header[]
}

const HEADER_PREFIX = 'header '
const COMPOSED: ReadonlySet<string> = new Set(['messages', 'model', 'response_format', 'tools'])

/** @throws {ColophonError} USAGE  a slot is not filled, or something is given that the declaration has no slot for */
export function composeRequest(source: DeclarationSource, values: SlotValues): ComposedRequest {
  const composer = new Composer(source, values)
  const model = composer.model()
  const { messages, cutList } = composer.messages()
  const tools = composer.fixed('tools').map(valueOfContent)
  const [outputFormat] = composer.fixed('outputFormat')
  const parameters = composer.parameters()
  const members = new Map<string, JsonValue>([
    ...(model === undefined ? [] : ([['model', model]] as const)),
    ['messages', messages],
    ...(tools.length === 0 ? [] : ([['tools', tools]] as const)),
    ...(outputFormat === undefined ? [] : ([['response_format', valueOfContent(outputFormat)]] as const)),
    ...(values.stream ? ([['stream', true]] as const) : []),
  ])
  const headers: Header[] = []
  for (const [name, value] of parameters) {
    if (COMPOSED.has(name)) {
      throw usage('parameters', `a parameter cannot be called ${name}: the request has that from another role`)
    }
    if (!name.startsWith(HEADER_PREFIX)) members.set(name, value)
    else if (typeof value === 'string') headers.push([name.slice(HEADER_PREFIX.length), value])
    else throw usage('parameters', 'a header is a text')
  }
  return { body: canonicalize(members), cutList, headers }
}

const valueOfContent = ({ encoding, value }: ComponentContent): JsonValue =>
  encoding === 'text' ? decodeUtf8(value) : parseJson(value)

class Composer {
  readonly #source: DeclarationSource
  readonly #values: SlotValues

  constructor(source: DeclarationSource, values: SlotValues) {
    this.#source = source
    this.#values = values
  }

  /** What is sent as it is declared: fixed contents, and beginnings, which may stand alone. Not what is one of several. */
  fixed(role: Role): ComponentContent[] {
    const declared = this.#source.declaration.roles[role]
    const components = declared.state === 'fixed' ? declared.components : []
    const choices = new Set(components.filter((one) => 'oneOf' in one).map(({ name }) => name))
    return this.#source.contents.filter((content) => content.role === role && !choices.has(content.name))
  }

  /** Fixed ones, and given ones; whether those are within bounds is looked at in the whole request. */
  parameters(): ReadonlyMap<string, JsonValue> {
    const fixed = this.fixed('parameters').map((content) => [content.name, valueOfContent(content)] as const)
    const names = new Set(fixed.map(([name]) => name))
    const given = [...(this.#values.parameters ?? [])]
    const twice = given.find(([name]) => names.has(name))
    if (twice !== undefined) throw usage('parameters', `the declaration fixes ${twice[0]}`, 'Leave it out.')
    return new Map([...fixed, ...given])
  }

  model(): string | undefined {
    const { model } = this.#values
    const [fixed] = this.fixed('model')
    const { model: declared } = this.#source.declaration.roles
    const isChosen = declared.state === 'fixed' && declared.components.some((one) => 'oneOf' in one)
    if (!isChosen && !this.#isOpen('model')) {
      this.#refuseWhereGiven('model', model !== undefined)
      return fixed === undefined ? undefined : decodeUtf8(fixed.value)
    }
    if (model === undefined) throw usage('model', 'the model is not given', 'Name it: --model NAME')
    return model
  }

  messages(): { readonly messages: readonly JsonValue[]; readonly cutList: CutList } {
    const passages = this.#passages()
    const before = [
      ...this.fixed('instructions').map(({ value }) => message('system', decodeUtf8(value))),
      ...this.#history(),
    ]
    const inputs = this.#inputs()
    if (passages.length === 0)
      return { messages: [...before, ...inputs.map((text) => message('user', text))], cutList: [] }
    const [question, ...more] = inputs
    if (question === undefined || more.length > 0 || !this.#isOpen('input')) {
      throw usage('context', 'passages go with one input that fills a slot')
    }
    const { text, cutList } = placePassages({ passages, question, pointer: `/messages/${before.length}/content` })
    return { messages: [...before, message('user', text)], cutList }
  }

  /** Turns in turn, the last one the assistant's. */
  #history(): JsonValue[] {
    const turns = this.fixed('history')
    return turns.map(({ value }, index) =>
      message((turns.length - index) % 2 === 1 ? 'assistant' : 'user', decodeUtf8(value)),
    )
  }

  #inputs(): string[] {
    const { input } = this.#values
    if (!this.#isOpen('input')) {
      this.#refuseWhereGiven('input', input !== undefined)
      return this.fixed('input').map(({ value }) => decodeUtf8(value))
    }
    if (input === undefined)
      throw usage('input', 'the input is not given', 'Give it: --input TEXT or --input-file FILE')
    return [input]
  }

  #passages(): readonly Passage[] {
    const { passages } = this.#values
    if (!this.#isOpen('context')) {
      this.#refuseWhereGiven('context', passages.length > 0)
      return this.fixed('context').map(({ name, value }) => ({ label: name, text: decodeUtf8(value) }))
    }
    if (passages.some(({ text }) => text === '')) throw usage('context', 'a passage is empty')
    return passages
  }

  #isOpen(role: Role): boolean {
    const { state } = this.#source.declaration.roles[role]
    return state === 'slot' || state === 'any'
  }

  #refuseWhereGiven(role: Role, isGiven: boolean): void {
    if (!isGiven) return
    const { state } = this.#source.declaration.roles[role]
    throw usage(role, `the declaration has no slot for ${role}: it says ${state}`, 'Leave it out, or declare a slot.')
  }
}

const message = (role: string, content: string): JsonValue =>
  new Map([
    ['role', role],
    ['content', content],
  ])

/** Passages in lines of their own; places count the bytes of the string as JSON writes it. */
export function placePassages(input: {
  readonly passages: readonly Passage[]
  readonly question: string
  readonly pointer: string
}): { readonly text: string; readonly cutList: readonly Cut[] } {
  const { passages, question, pointer } = input
  let text = 'Context: '
  let written = sizeInJson(text)
  const cutList: Cut[] = []
  for (const [index, passage] of passages.entries()) {
    const between = index === 0 ? '' : '\n'
    const start = written + sizeInJson(between)
    written = start + sizeInJson(passage.text)
    text += between + passage.text
    cutList.push({ pointer, start, end: written, label: passage.label })
  }
  return { text: `${text}\nQuestion: ${question}`, cutList }
}

/** Bytes between the quotes. */
const sizeInJson = (text: string): number => encodeUtf8(JSON.stringify(text)).length - 2

const usage = (role: Role, message: string, hint?: string): ColophonError =>
  new ColophonError('USAGE', message, { at: role, ...(hint === undefined ? {} : { hint }) })
