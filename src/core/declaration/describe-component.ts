/**
 * What a component asks for, in words, as far as its contents are shown.
 *
 * A text stands in quotes, as JSON writes it: the text "0" and the number 0 are two values. Values are foreign; whoever
 * prints them escapes them.
 *
 * @module
 */
import { decodeUtf8 } from '../bytes/index.ts'
import type { Component, ComponentContent, NumberBounds } from './component.ts'

/**
 * @param contents those of this component that are shown
 * @returns undefined where values are asked for that are not all shown
 */
export function describeComponent(
  component: Component,
  contents: readonly Pick<ComponentContent, 'encoding' | 'value'>[],
): string | undefined {
  const [first] = contents
  if ('digest' in component) return first === undefined ? undefined : describeValue(first)
  if ('oneOf' in component) {
    if (contents.length !== component.oneOf.length) return undefined
    return `one of ${contents.map(describeValue).sort().join(', ')}`
  }
  if ('number' in component) return describeNumber(component.number)
  if ('prefix' in component) {
    const { maxBytesAfter } = component.prefix
    const then = maxBytesAfter === undefined ? 'then anything' : `then at most ${maxBytesAfter} bytes`
    return first === undefined ? undefined : `${describeValue(first)}, ${then}`
  }
  return `at most ${component.maxBytes} bytes`
}

export function describeValue({ encoding, value }: Pick<ComponentContent, 'encoding' | 'value'>): string {
  const text = decodeUtf8(value)
  return encoding === 'text' ? JSON.stringify(text) : text
}

function describeNumber({ min, max, integer }: NumberBounds): string {
  const bounds = [...(min === undefined ? [] : [`at least ${min}`]), ...(max === undefined ? [] : [`at most ${max}`])]
  return [integer ? 'a whole number' : 'a number', ...bounds].join(', ')
}
