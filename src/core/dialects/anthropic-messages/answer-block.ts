/**
 * What a whole content block of an answer shows.
 *
 * @module
 */
import type { JsonValue } from '../../json/index.ts'
import { type Answer, argumentsText } from '../json-api/index.ts'

const CALLS: ReadonlySet<string> = new Set(['tool_use', 'server_tool_use', 'mcp_tool_use'])

/** A call of a tool, whoever runs it. */
export const isCall = (type: string): boolean => CALLS.has(type)

/** @param key tells the block from the others of the answer */
export function takeBlock(answer: Answer, block: JsonValue, key: string): void {
  const type = block instanceof Map ? block.get('type') : undefined
  if (!(block instanceof Map) || typeof type !== 'string') {
    answer.markAnomalous()
    return
  }
  if (type === 'text') {
    const text = block.get('text')
    if (typeof text === 'string') answer.takeText(0, text)
    else answer.markAnomalous()
  }
  if (!isCall(type)) return
  const input = block.get('input')
  const given = input === undefined ? '' : argumentsText(answer, input)
  answer.takeToolCall(key, { choice: 0, id: block.get('id'), name: block.get('name'), arguments: given })
}
