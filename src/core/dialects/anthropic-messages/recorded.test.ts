/**
 * Answers that Anthropic gave, as others recorded them.
 */
import { describe, expect, test } from 'vitest'
import {
  cutAnswer,
  describeAnswer,
  type RecordedAnswer,
  type RecordedApi,
  readRecordedAnswer,
} from '../../../../test/support/recorded-answers.ts'
import { describeVectors } from '../../../../test/support/shared-vectors.ts'
import { decodeUtf8, joinBytes } from '../../bytes/index.ts'

const API: RecordedApi = { path: '/v1/messages', namesEvents: true }

/** What each shows. Those of a search among tools are several answers in one file, and so an anomaly as one. */
const ANSWERS: Readonly<Record<string, string>> = {
  'anthropic-advisor-20250301.1.chunks.txt':
    'complete | claude-sonnet-4-6 | end_turn | advisor(2) | 12220 bytes: # Concurrent Worker Pool',
  'anthropic-advisor-stop-reasons.chunks.txt': 'complete | claude-sonnet-4-6 | end_turn | advisor(2) | advisor(2)',
  'anthropic-clear-thinking.1.chunks.txt': 'complete | claude-sonnet-4-5-20250929 | end_turn | 14 bytes: 925 ÷ 5 = 185',
  'anthropic-clear-thinking.1.json': 'complete | claude-sonnet-4-5-20250929 | end_turn | 14 bytes: 925 ÷ 5 = 185',
  'anthropic-clear-tool-uses.1.json':
    "complete | claude-haiku-4-5-20251001 | end_turn | 495 bytes: \n\nHere's a comparison of",
  'anthropic-code-execution-20250825.1.chunks.txt':
    "complete | claude-sonnet-4-5-20250929 | end_turn | text_editor_code_execution(1410) | bash_code_execution(39) | 795 bytes: I'll create a Python scr",
  'anthropic-code-execution-20250825.1.json':
    "complete | claude-sonnet-4-5-20250929 | end_turn | text_editor_code_execution(1033) | bash_code_execution(38) | 509 bytes: I'll create a Python scr",
  'anthropic-code-execution-20260120-prompt-cache.1.chunks.txt':
    'complete | claude-sonnet-5 | end_turn | bash_code_execution(67) | bash_code_execution(91) | 62 bytes: The sum of the squares o',
  'anthropic-compaction.1.json': 'complete | claude-opus-4-6 | end_turn | 4451 bytes: Based on our conversatio',
  'anthropic-fallback.chunks.txt': 'complete | claude-opus-4-8 | end_turn | 66 bytes: The printing press was i',
  'anthropic-fallback.json': 'complete | claude-opus-4-8 | end_turn | 66 bytes: The printing press was i',
  'anthropic-json-other-tool.1.chunks.txt': 'complete | claude-haiku-4-5-20251001 | tool_use | weather(29)',
  'anthropic-json-output-format.1.chunks.txt':
    'complete | claude-sonnet-4-5-20250929 | end_turn | 1267 bytes: {"characters":[{"name":"',
  'anthropic-json-output-format.1.json':
    'complete | claude-sonnet-4-5-20250929 | end_turn | 2007 bytes: {"recipe":{"name":"Class',
  'anthropic-json-tool.1.chunks.txt': 'complete | claude-haiku-4-5-20251001 | tool_use | json(86)',
  'anthropic-json-tool.1.json': 'complete | claude-haiku-4-5-20251001 | tool_use | json(256)',
  'anthropic-memory-20250818.1.json': 'complete | claude-sonnet-4-5-20250929 | tool_use | memory(37)',
  'anthropic-message-delta-input-tokens.chunks.txt': 'complete | claude-opus-4-5-20251101 | end_turn | 4 bytes: pong',
  'anthropic-refusal.chunks.txt': 'complete | claude-fable-5 | refusal',
  'anthropic-refusal.json': 'complete | claude-fable-5 | refusal',
  'anthropic-skill-create.json': 'anomalous | absent | ',
  'anthropic-text.chunks.txt': "complete | claude-sonnet-4-5-20250929 | end_turn | 108 bytes: Hello! I'm doing well, t",
  'anthropic-tool-search-bm25.1.chunks.txt':
    "anomalous | claude-sonnet-4-5-20250929 | end_turn | tool_search_tool_bm25(48) | get_weather(33) | 177 bytes: I'll search for a weathe",
  'anthropic-tool-search-deferred-bm25.2.json':
    'complete | claude-sonnet-4-5-20250929 | tool_use | executeEditorOperation(156) | 226 bytes: Perfect! I can see the c',
  'anthropic-tool-search-deferred-bm25.chunks.txt':
    "anomalous | claude-sonnet-4-5-20250929 | end_turn | readNoteTree(50) | tool_search_tool_bm25(60) | 156 bytes: I'll help you with this ",
  'anthropic-tool-search-deferred-regex.2.json':
    'complete | claude-sonnet-4-5-20250929 | tool_use | executeEditorOperation(156) | 228 bytes: Good! I can see the curr',
  'anthropic-tool-search-deferred-regex.chunks.txt':
    "anomalous | claude-sonnet-4-5-20250929 | end_turn | readNoteTree(50) | tool_search_tool_regex(52) | 156 bytes: I'll help you with this ",
  'anthropic-tool-search-regex.1.chunks.txt':
    'anomalous | claude-sonnet-4-5-20250929 | end_turn | tool_search_tool_regex(81) | get_temp_data(33) | 85 bytes: Great! I found a weather',
  'anthropic-tool-search-regex.1.json':
    'complete | claude-sonnet-4-5-20250929 | tool_use | tool_search_tool_regex(78) | get_temp_data(52) | 103 bytes: I found a tool to get te',
  'anthropic-web-fetch-tool-20260209.1.chunks.txt':
    'complete | claude-sonnet-4-6 | end_turn | code_execution(186) | web_fetch(29) | 194 bytes: The page at **example.co',
  'anthropic-web-fetch-tool-20260209.1.json':
    'complete | claude-sonnet-4-6 | end_turn | code_execution(253) | web_fetch(29) | 187 bytes: The page at **example.co',
  'anthropic-web-fetch-tool.1.json':
    "complete | claude-sonnet-4-20250514 | end_turn | web_fetch(59) | 1718 bytes: I'll fetch the Wikipedia",
  'anthropic-web-fetch-tool.2.json':
    "complete | claude-sonnet-4-20250514 | end_turn | web_fetch(92) | 1570 bytes: I'll fetch the PDF from ",
  'duplicate-message-start.chunks.txt': 'anomalous | claude-3-haiku-20240307 | end_turn | 13 bytes: Hello, World!',
  'spliced-message-start.chunks.txt': 'anomalous | claude-3-haiku-20240307 | tool_use | test-tool(38)',
}

/** Files of several answers: what each of those shows. */
const SEVERAL: Readonly<Record<string, readonly string[]>> = {
  'anthropic-tool-search-bm25.1.chunks.txt': [
    "complete | claude-sonnet-4-5-20250929 | tool_use | tool_search_tool_bm25(48) | get_weather(33) | 177 bytes: I'll search for a weathe",
    'complete | claude-sonnet-4-5-20250929 | end_turn | 120 bytes: The current weather in S',
  ],
  'anthropic-tool-search-deferred-bm25.chunks.txt': [
    "complete | claude-sonnet-4-5-20250929 | tool_use | readNoteTree(50) | tool_search_tool_bm25(60) | 156 bytes: I'll help you with this ",
    'complete | claude-sonnet-4-5-20250929 | tool_use | executeEditorOperation(211) | 225 bytes: Perfect! I can see the c',
    "complete | claude-sonnet-4-5-20250929 | end_turn | 353 bytes: Great! I've successfully",
  ],
  'anthropic-tool-search-deferred-regex.chunks.txt': [
    "complete | claude-sonnet-4-5-20250929 | tool_use | readNoteTree(50) | tool_search_tool_regex(52) | 156 bytes: I'll help you with this ",
    'complete | claude-sonnet-4-5-20250929 | tool_use | executeEditorOperation(207) | 223 bytes: Perfect! I can see the c',
    "complete | claude-sonnet-4-5-20250929 | end_turn | 425 bytes: Great! I've successfully",
  ],
  'anthropic-tool-search-regex.1.chunks.txt': [
    'complete | claude-sonnet-4-5-20250929 | tool_use | tool_search_tool_regex(81) | get_temp_data(33) | 85 bytes: Great! I found a weather',
    "complete | claude-sonnet-4-5-20250929 | end_turn | 240 bytes: Here's the current weath",
  ],
}

const read = (file: string): RecordedAnswer => readRecordedAnswer(`anthropic/${file}`, API)

/** Each up to its end. */
function answersIn({ pieces }: RecordedAnswer): RecordedAnswer[] {
  const ends = pieces.flatMap((piece, index) => (piece.startsWith('event: message_stop\n') ? [index + 1] : []))
  return ends.map((end, index) => ({ isStream: true, pieces: pieces.slice(ends[index - 1] ?? 0, end) }))
}

describeVectors('llm-streams', () => {
  test.each(Object.entries(ANSWERS))('%s', (file, shown) => {
    const answer = read(file)
    const cut = cutAnswer(API, answer)
    expect(describeAnswer(cut)).toBe(shown)
    expect(decodeUtf8(joinBytes(cut.leaves.map(({ bytes }) => bytes)))).toBe(answer.pieces.join(''))
  })

  test.each(Object.entries(SEVERAL))('the answers in %s', (file, shown) => {
    expect(answersIn(read(file)).map((answer) => describeAnswer(cutAnswer(API, answer)))).toEqual(shown)
  })

  const whole = Object.entries(ANSWERS).filter(([file, shown]) => file.endsWith('.txt') && shown.startsWith('complete'))

  test.each(whole)('%s without the names of its events, and with other line ends, is the same', (file, shown) => {
    const { isStream, pieces } = read(file)
    const otherwise = [
      pieces.map((piece) => piece.slice(piece.indexOf('\n') + 1)),
      pieces.map((piece) => piece.replaceAll('\n', '\r\n')),
    ]
    for (const some of otherwise) expect(describeAnswer(cutAnswer(API, { isStream, pieces: some }))).toBe(shown)
  })

  describe('a stream that is not whole is never complete', () => {
    test.each(whole)('%s', (file) => {
      const { pieces } = read(file)
      const shapeOf = (...some: readonly string[]): string => cutAnswer(API, { isStream: true, pieces: some }).shape
      for (let length = 0; length < pieces.length; length += 1) {
        const [before, piece, after] = [pieces.slice(0, length), pieces[length] as string, pieces.slice(length + 1)]
        expect(shapeOf(...before), `the first ${length} events`).not.toBe('complete')
        // These leave no trace.
        if (/^event: (?:content_block_delta|ping)\n/.test(piece)) continue
        expect(shapeOf(...before, ...after), `without event ${length}`).not.toBe('complete')
        expect(shapeOf(...before, piece, piece, ...after), `event ${length} twice`).not.toBe('complete')
        if (length > 0) expect(shapeOf(...before, ...pieces), `begun again at event ${length}`).not.toBe('complete')
      }
      expect(shapeOf(...pieces, ...pieces), 'twice').not.toBe('complete')
    })
  })

  test.each([
    ['anthropic-message-delta-input-tokens.chunks.txt', ['input_tokens 61', 'output_tokens 2']],
    ['duplicate-message-start.chunks.txt', ['input_tokens 17', 'output_tokens 227']],
  ])('the counts of %s', (file, counts) => {
    const { usage } = cutAnswer(API, read(file))
    expect(usage instanceof Map ? [...usage].map(([name, { token }]) => `${name} ${token}`) : usage).toEqual(counts)
  })
})
