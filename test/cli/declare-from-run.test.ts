/**
 * `declare --from-run`: a run becomes a declaration file, which a person edits, and which runs keep.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BatchAnswer, type CommandBatch, startCommandBatch } from '../support/command-batch.ts'
import { type IssuerFolder, makeIssuerFolder } from '../support/issuer-folder.ts'

const TRUST = ['--trust', '.colophon/trust/trust-policy.json']

let commands: CommandBatch
let issuers: IssuerFolder
let folder: string
beforeAll(async () => {
  commands = await startCommandBatch()
  issuers = await makeIssuerFolder(commands)
  folder = issuers.copy()
})
afterAll(() => {
  issuers.remove()
  commands.close()
})

const run = (...words: readonly string[]): Promise<BatchAnswer> => commands.run(words, { folder })
// biome-ignore lint/suspicious/noExplicitAny: documents of many forms
const json = async (...words: readonly string[]): Promise<any> => JSON.parse((await run(...words, '--json')).stdout)
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const edit = (name: string, from: string | RegExp, to: string): void => {
  expect(read(name)).toMatch(from)
  writeFileSync(join(folder, name), read(name).replace(from, to))
}

test('a run becomes a declaration that the same run keeps, and that says what differs once it is edited', async () => {
  const made = await json('declare', '--from-run', 'answer.txt', '--to', 'seen.yaml')
  expect(made).toMatchObject({
    file: 'seen.yaml',
    contents: [],
    roles: {
      model: 'fixed',
      instructions: 'fixed',
      tools: 'absent',
      context: 'slot',
      input: 'slot',
      parameters: 'fixed',
    },
    next: 'colophon declare seen.yaml',
  })
  expect(statSync(join(folder, 'seen.yaml')).mode & 0o777).toBe(0o600)
  expect(read('seen.yaml')).not.toContain('red lamp')
  expect(read('seen.yaml')).not.toContain(/blind: (.*)/.exec(read('declaration.yaml'))?.[1])

  const asked = ['--context', 'The red lamp costs 12 euros.', '--input', 'How much does the red lamp cost?']
  expect((await run('run', 'seen.yaml', ...asked, '--out', 'again.txt')).exitCode).toBe(0)
  expect(await json('verify', 'again.txt', ...TRUST)).toMatchObject({ authenticity: 'trusted', composition: 'kept' })

  edit(
    'seen.yaml',
    '  fixed:\n    # Or within: {temperature: {max: 0}}\n    temperature: 0',
    '  within:\n    temperature: {min: 0, max: 0.3}',
  )
  edit('seen.yaml', 'fixed: colophon-tiny', 'oneOf: [colophon-tiny, colophon-small]')
  const out = ['--out', 'bound.txt', '--model', 'colophon-tiny']
  const missing = await run('run', 'seen.yaml', ...asked, ...out)
  expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringContaining('missing parameters temperature')])
  const above = await run('run', 'seen.yaml', ...asked, ...out, '--parameter', 'temperature=0.9')
  expect([above.exitCode, above.stderr]).toEqual([2, expect.stringContaining('above the declared max of 0.3')])
  const other = await run(
    'run',
    'seen.yaml',
    ...asked,
    '--out',
    'bound.txt',
    '--model',
    'huge',
    '--parameter',
    'temperature=0',
  )
  expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('none of the 2 declared values')])
  expect((await run('run', 'seen.yaml', ...asked, ...out, '--parameter', 'temperature=0.2')).exitCode).toBe(0)
  expect(await json('verify', 'bound.txt', ...TRUST)).toMatchObject({ authenticity: 'trusted', composition: 'kept' })
  const { sections } = await json('explain', 'bound.txt', ...TRUST)
  expect(sections[3].items[0]).toEqual({ name: 'intended', text: 'one of colophon-small, colophon-tiny' })
  expect(sections[3].answer).toContain('one of those intended')
  // The names are closed to whoever has the record alone.
  expect(read('bound.txt.sigstore.json')).not.toContain(Buffer.from('colophon-small').toString('base64').slice(2, -4))
})

test('nothing is overwritten, and nothing is left behind', async () => {
  writeFileSync(join(folder, 'there.yaml'), 'mine')
  const refused = await run('declare', '--from-run', 'answer.txt', '--to', 'there.yaml')
  expect([refused.exitCode, refused.stderr]).toEqual([6, expect.stringContaining('FILE_EXISTS')])
  expect(read('there.yaml')).toBe('mine')

  edit('declaration.yaml', 'fixed: {temperature: 0}', `fixed: {temperature: 0, user: ${'u'.repeat(2000)}}`)
  expect((await run('run', 'declaration.yaml', '--input', 'Hi', '--out', 'long.txt')).exitCode).toBe(0)
  writeFileSync(join(folder, 'long.parameters.json'), 'mine')
  const beside = await run('declare', '--from-run', 'long.txt', '--to', 'long.yaml')
  expect([beside.exitCode, beside.stderr]).toEqual([6, expect.stringContaining('FILE_EXISTS')])
  expect([read('long.parameters.json'), existsSync(join(folder, 'long.yaml'))]).toEqual(['mine', false])
  expect(await json('declare', '--from-run', 'long.txt', '--to', 'other.yaml')).toMatchObject({
    contents: ['other.parameters.json'],
  })
  expect(read('other.parameters.json')).toBe(JSON.stringify('u'.repeat(2000)))
})
