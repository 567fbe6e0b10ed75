/**
 * The guide to declarations: each of its examples is one that resolves.
 */
import { expect, test } from 'vitest'
import { resolveDeclaration } from '../../src/core/declaration/index.ts'
import type { JsonValue } from '../../src/core/json/index.ts'
import { ROLES } from '../../src/core/roles/index.ts'
import { parseYaml } from '../../src/node/declaration-file/index.ts'
import { readText } from '../../tools/project.ts'

const EXAMPLES = [...readText('docs/guide/declaration.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml]) => {
  const value = parseYaml(Buffer.from(yaml ?? '')).value
  if (!(value instanceof Map)) throw new Error('an example is no map')
  return [[...value.keys()].join(), value] as const
})

test('has examples', () => {
  expect(EXAMPLES.length).toBeGreaterThan(15)
})

test.each(EXAMPLES)('%s', (_, example) => {
  const rest: [string, JsonValue][] = ROLES.map((role) => [role, role === 'policy' ? 'strict' : 'any'])
  const whole = new Map<string, JsonValue>([['name', 'example'], ['privacy', 'public'], ...rest, ...example])
  expect(() => resolveDeclaration(whole, () => Buffer.from('x'))).not.toThrow()
})
