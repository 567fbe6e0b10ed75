/**
 * Answers of the Responses API that OpenAI and LM Studio gave, as others recorded them.
 */
import { describe, expect, test } from 'vitest'
import {
  cutAnswer,
  describeAnswer,
  type RecordedAnswer,
  type RecordedApi,
  readRecordedAnswer,
} from '../../../../test/support/recorded-answers.ts'
import { describeVectors, listVectors } from '../../../../test/support/shared-vectors.ts'
import { decodeUtf8, joinBytes } from '../../bytes/index.ts'

const API: RecordedApi = { path: '/v1/responses', namesEvents: true }

/** What each shows. Their publisher left pieces of text out of two, which then are no longer what the whole says. */
const ANSWERS: Readonly<Record<string, string>> = {
  'openai/openai-apply-patch-tool-delete.1.chunks.txt': 'complete | gpt-5.1-2025-11-13 | completed | apply_patch(44)',
  'openai/openai-apply-patch-tool.1.chunks.txt': 'complete | gpt-5.1-2025-11-13 | completed | apply_patch(165)',
  'openai/openai-apply-patch-tool.1.json': 'complete | gpt-5.1-2025-11-13 | completed | apply_patch(163)',
  'openai/openai-client-tool-search.1.json': 'complete | gpt-5.4-2026-03-05 | completed | tool_search(63)',
  'openai/openai-client-tool-search.2.chunks.txt': 'complete | gpt-5.4-2026-03-05 | completed | get_weather(52)',
  'openai/openai-client-tool-search.2.json': 'complete | gpt-5.4-2026-03-05 | completed | get_weather(52)',
  'openai/openai-code-interpreter-tool.1.json':
    'complete | gpt-5-nano-2025-08-07 | completed | code_interpreter(207) | code_interpreter(216) | code_interpreter(227) | 463 bytes: I ran 10,000 trials of r',
  'openai/openai-custom-tool.1.json': 'complete | gpt-5.2-codex | completed | write_sql(34)',
  'openai/openai-error.1.chunks.txt': 'error | gpt-5-nano-2025-08-07 | ',
  'openai/openai-error.1.json': 'error | absent | ',
  'openai/openai-file-search-tool.2.chunks.txt':
    'complete | gpt-5-mini-2025-08-07 | completed | file_search(167) | 382 bytes: The document defines an ',
  'openai/openai-local-shell-tool.1.chunks.txt': 'complete | gpt-5-codex | completed | local_shell(50)',
  'openai/openai-mcp-tool-approval.1.json': 'complete | gpt-5-mini-2025-08-07 | completed | create_short_url(88)',
  'openai/openai-mcp-tool-approval.2.json':
    "complete | gpt-5-mini-2025-08-07 | completed | 409 bytes: I couldn't create the sh",
  'openai/openai-mcp-tool-approval.3.chunks.txt':
    'complete | gpt-5-mini-2025-08-07 | completed | create_short_url(117)',
  'openai/openai-mcp-tool-approval.3.json': 'complete | gpt-5-mini-2025-08-07 | completed | create_short_url(88)',
  'openai/openai-mcp-tool-approval.4.chunks.txt':
    'complete | gpt-5-mini-2025-08-07 | completed | create_short_url(117) | 225 bytes: Done — here’s your short',
  'openai/openai-phase.1.chunks.txt': 'anomalous | gpt-5.3-codex | completed | 25 bytes: Got itHere are a few **A',
  'openai/openai-phase.1.json': 'complete | gpt-5.3-codex | completed | 1374 bytes: I’ll quickly check relia',
  'openai/openai-shell-container-multiturn.1.chunks.txt':
    'complete | gpt-5.2-2025-12-11 | completed | 50 bytes: The architecture is **x8',
  'openai/openai-shell-container-multiturn.1.json':
    'complete | gpt-5.2-2025-12-11 | completed | 30 bytes: `x86_64` (64-bit x86 / A',
  'openai/openai-shell-container.1.chunks.txt':
    'anomalous | gpt-5.2-2025-12-11 | completed | shell(100) | 29 bytes: The command ran successf',
  'openai/openai-shell-skills.1.json':
    'complete | gpt-5.2-2025-12-11 | completed | shell(129) | shell(148) | 1030 bytes: Build a STOP huge signal',
  'openai/openai-tool-search.1.chunks.txt':
    'complete | gpt-5.4-2026-03-05 | completed | tool_search(25) | get_weather(52)',
  'openai/parallel-tool-call-wrapper.1.json': 'complete | gpt-5.4 | completed | parallel(172)',
  'openai/programmatic-tool-calling.3.chunks.txt':
    'complete | gpt-5.6-sol | completed | 127 bytes: Inventory is sufficient ',
  'openai/programmatic-tool-calling.3.json': 'complete | gpt-5.6-sol | completed | 238 bytes: Inventory is sufficient ',
  'openai/reasoning-model-legacy-parameter-error.json': 'error | absent | ',
  'open-responses/lmstudio-basic.1.json':
    'complete | mistralai/ministral-3-14b-reasoning | completed | 12 bytes: text content',
  'open-responses/lmstudio-tool-call.1.chunks.txt':
    "complete | zai-org/glm-4.7-flash | completed | weather(28) | 67 bytes: I'll get the current wea",
  'open-responses/lmstudio-tool-call.1.json':
    'complete | mistralai/ministral-3-14b-reasoning | completed | weather(28)',
  'open-responses/lmstudio-tool-call.2.chunks.txt':
    "complete | zai-org/glm-4.7-flash | completed | weather(28) | 67 bytes: I'll get the current wea",
  'open-responses/openai-pdf-input-file.1.chunks.txt':
    'complete | gpt-4.1-nano-2025-04-14 | completed | 14 bytes: Dummy PDF file',
  'open-responses/openai-pdf-input-file.1.json':
    'complete | gpt-4.1-nano-2025-04-14 | completed | 14 bytes: Dummy PDF file',
}

/** Of other APIs, in the same folder. */
const OTHERS = [
  'openai/openai-completion-text.json',
  'openai/openai-embedding.json',
  'openai/openai-image.json',
  'openai/openai-realtime-speech-translation.chunks.txt',
  'openai/openai-skill-create.json',
]

const read = (file: string): RecordedAnswer => readRecordedAnswer(file, API)
const shapeOf = (...pieces: readonly string[]): string => cutAnswer(API, { isStream: true, pieces }).shape

describeVectors('llm-streams', () => {
  test('no file is left out', () => {
    const files = ['openai', 'open-responses'].flatMap((folder) =>
      listVectors(`llm-streams/${folder}`).map((file) => `${folder}/${file}`),
    )
    expect([...Object.keys(ANSWERS), ...OTHERS].sort()).toEqual(files.sort())
  })

  test.each(Object.entries(ANSWERS))('%s', (file, shown) => {
    const answer = read(file)
    const cut = cutAnswer(API, answer)
    expect(describeAnswer(cut)).toBe(shown)
    expect(decodeUtf8(joinBytes(cut.leaves.map(({ bytes }) => bytes)))).toBe(answer.pieces.join(''))
  })

  test.each(OTHERS)('%s is no response, and never complete', (file) => {
    expect(cutAnswer(API, read(file)).shape).not.toBe('complete')
  })

  const whole = Object.entries(ANSWERS).filter(([file, shown]) => file.endsWith('.txt') && shown.startsWith('complete'))

  test.each(whole)(
    '%s without the names of its events, with other line ends, or with [DONE] is the same',
    (file, shown) => {
      const { isStream, pieces } = read(file)
      const otherwise = [
        pieces.map((piece) => piece.slice(piece.indexOf('\n') + 1)),
        pieces.map((piece) => piece.replaceAll('\n', '\r\n')),
        [...pieces, 'data: [DONE]\n\n'],
        [': hello\n\n', ...pieces, ': colophon\n\n'],
      ]
      for (const some of otherwise) expect(describeAnswer(cutAnswer(API, { isStream, pieces: some }))).toBe(shown)
    },
  )

  describe('a stream that is not whole is never complete', () => {
    test.each(whole)('%s', (file) => {
      const { pieces } = read(file)
      for (let length = 0; length < pieces.length; length += 1) {
        const [before, piece, after] = [pieces.slice(0, length), pieces[length] as string, pieces.slice(length + 1)]
        expect(shapeOf(...before), `the first ${length} events`).not.toBe('complete')
        // Where the numbers begin is nowhere said.
        if (length > 0) expect(shapeOf(...before, ...after), `without event ${length}`).not.toBe('complete')
        expect(shapeOf(...before, piece, piece, ...after), `event ${length} twice`).not.toBe('complete')
        // Each is as long as the whole, so not all of them.
        if (length % 4 !== 1) continue
        expect(shapeOf(...before, ...pieces), `begun again at event ${length}`).not.toBe('complete')
      }
    })
  })

  test('without its numbers, a stream still shows a piece of text or arguments that is left out or there twice', () => {
    for (const file of ['openai/openai-mcp-tool-approval.4.chunks.txt', 'openai/openai-tool-search.1.chunks.txt']) {
      const pieces = read(file).pieces.map((piece) => piece.replace(/,"sequence_number":\d+/, ''))
      expect(shapeOf(...pieces)).toBe('complete')
      const deltas = pieces.flatMap((piece, index) => (/^event: \S+\.delta\n/.test(piece) ? [index] : []))
      // The one piece of arguments that has all of them may be left out: then the whole counts.
      const several = deltas.filter((index) => !(pieces[index] as string).startsWith('event: response.mcp_call'))
      for (const index of several) {
        expect(shapeOf(...pieces.toSpliced(index, 1))).toBe('anomalous')
        expect(shapeOf(...pieces.toSpliced(index, 0, pieces[index] as string))).toBe('anomalous')
      }
    }
  })

  test('two streams spliced at any event are never complete', () => {
    const [one, other] = [
      'openai/openai-tool-search.1.chunks.txt',
      'openai/openai-client-tool-search.2.chunks.txt',
    ].map((file) => read(file).pieces) as [string[], string[]]
    for (let at = 1; at < Math.min(one.length, other.length); at += 1) {
      expect(shapeOf(...one.slice(0, at), ...other.slice(at))).not.toBe('complete')
      expect(shapeOf(...other.slice(0, at), ...one.slice(at))).not.toBe('complete')
    }
  })

  test('the counts of an answer', () => {
    const { usage } = cutAnswer(API, read('open-responses/openai-pdf-input-file.1.json'))
    expect(usage instanceof Map ? usage.get('total_tokens') : usage).toMatchObject({ token: expect.any(String) })
  })
})
