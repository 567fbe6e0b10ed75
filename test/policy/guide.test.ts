/** The rules that docs/guide/policy.md shows are rules. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { policyRulesOf } from '../../src/core/declaration/index.ts'
import { compileRule } from '../../src/core/policy/index.ts'
import { ROLES } from '../../src/core/roles/index.ts'
import { readDeclarationFile } from '../../src/node/declaration-file/index.ts'
import { readText } from '../../tools/project.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PAGE = readText('docs/guide/policy.md')

test('the declaration', async () => {
  const [, block = ''] = /```yaml\n([\s\S]*?)```/.exec(PAGE) ?? []
  const others = ROLES.filter((role) => role !== 'policy').map((role) => `${role}: any\n`)
  const file = join(temporaryFolder(), 'declaration.yaml')
  writeFileSync(file, `name: shown\nprivacy: public\n${others.join('')}${block}`)
  const { contents } = await readDeclarationFile(file)
  expect(policyRulesOf(contents).map(({ name, compiled }) => [name, compiled !== undefined])).toEqual(
    ['cool', 'no-secrets', 'no-web-search', 'only-ours', 'short-answers'].map((name) => [name, true]),
  )
})

test('every row of the table', () => {
  const [, table = ''] = /\| you want to say \| write \|\n([\s\S]*?)\n\n/.exec(PAGE) ?? []
  const rules = [...table.matchAll(/\| `(.*?)`(?: \(UTC\))? \|$/gm)].map(([, rule = '']) => rule.replaceAll('\\|', '|'))
  expect(rules).toHaveLength(10)
  for (const rule of rules) expect(() => compileRule(rule), rule).not.toThrow()
})
