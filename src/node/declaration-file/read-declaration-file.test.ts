import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeUtf8 } from '../../core/bytes/index.ts'
import { declarationId } from '../../core/declaration/index.ts'
import { readDeclarationFile } from './read-declaration-file.ts'

const ROLES = {
  model: '{fixed: tiny}',
  instructions: '{fixed: Be brief.}',
  tools: 'absent',
  context: 'slot',
  history: 'absent',
  input: 'slot',
  parameters: '{fixed: {temperature: 0.50}, allow: [stream]}',
  outputFormat: 'absent',
  policy: 'strict',
}

const yaml = (changes: Partial<Record<keyof typeof ROLES, string>> = {}, head = 'privacy: public'): string => {
  const roles = Object.entries({ ...ROLES, ...changes }).map(([role, text]) => `${role}: ${text}\n`)
  return `name: test\n${head}\n${roles.join('')}`
}

describe('readDeclarationFile', () => {
  let folder: string
  const write = (name: string, text: string | Uint8Array): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'colophon-declaration-'))
    mkdirSync(join(folder, 'inside'))
    writeFileSync(join(folder, 'secret.txt'), 'outside')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('gives YAML and JSON of the same content the same id', async () => {
    const fromYaml = await readDeclarationFile(write('a.yaml', yaml()))
    const json = {
      name: 'test',
      privacy: 'public',
      ...ROLES,
      model: { fixed: 'tiny' },
      instructions: { fixed: 'Be brief.' },
      parameters: { allow: ['stream'], fixed: { temperature: 0.5 } },
    }
    const fromJson = await readDeclarationFile(write('a.json', JSON.stringify(json)))
    expect(declarationId(fromYaml.declaration)).toBe(declarationId(fromJson.declaration))
  })

  test('reads the files it names as they are, byte for byte', async () => {
    write('inside/prompt.txt', ' é\r\n\n')
    const path = write('b.yaml', yaml({ instructions: '{fixed: {file: inside/prompt.txt}}' }))
    const { contents } = await readDeclarationFile(path)
    expect(decodeUtf8(contents.find(({ role }) => role === 'instructions')?.value ?? new Uint8Array())).toBe(' é\r\n\n')
  })

  test.each([
    ['an absolute path', '/etc/passwd'],
    ['a way out', '../secret.txt'],
    ['a way out and back', '../inside/prompt.txt'],
    ['a way out in the middle', 'x/../../secret.txt'],
    ['a way out in Windows', '..\\\\secret.txt'],
    ['a drive', 'C:secret.txt'],
    ['no path', ''],
  ])('refuses %s', async (_, file) => {
    const path = join(folder, 'inside', 'c.yaml')
    writeFileSync(path, yaml({ instructions: `{fixed: {file: "${file}"}}` }))
    await expect(readDeclarationFile(path)).rejects.toThrowCode('DECLARATION_MALFORMED')
  })

  test('refuses a symbolic link out of the folder, and follows one inside it', async () => {
    symlinkSync('../secret.txt', join(folder, 'inside', 'out.txt'))
    symlinkSync('prompt.txt', join(folder, 'inside', 'in.txt'))
    write('inside/prompt.txt', 'hello')
    const path = join(folder, 'inside', 'd.yaml')
    writeFileSync(path, yaml({ instructions: '{fixed: {file: out.txt}}' }))
    await expect(readDeclarationFile(path)).rejects.toThrowCode('DECLARATION_MALFORMED')
    writeFileSync(path, yaml({ instructions: '{fixed: {file: in.txt}}' }))
    expect((await readDeclarationFile(path)).contents).toHaveLength(4)
  })

  test.each([
    ['a missing file', 'none.txt', 'FILE_UNREADABLE'],
    ['a folder', 'inside', 'FILE_UNREADABLE'],
    ['a file that is too large', 'large.txt', 'FILE_TOO_LARGE'],
  ] as const)('refuses %s that it names', async (_, file, code) => {
    write('large.txt', new Uint8Array(4 * 1024 * 1024 + 1))
    const path = write('e.yaml', yaml({ instructions: `{fixed: {file: ${file}}}` }))
    await expect(readDeclarationFile(path)).rejects.toThrowCode(code)
  })

  test('says where the mistake is', async () => {
    const path = write('f.yaml', yaml({ tools: '{fixed: [1]}' }))
    await expect(readDeclarationFile(path)).rejects.toMatchObject({ code: 'DECLARATION_MALFORMED', at: `${path}:5:16` })
  })

  test.each([
    ['a bound', { input: '{slot: {maxBytes: -1}}' }, ':8:26'],
    ['the text of a bound', { input: '{slot: {maxBytes: many}}' }, ':8:26'],
    ['a path out of the folder, in the message', { model: '{fixed: {file: /etc/passwd}}' }, ''],
  ])('says where %s is wrong', async (_, changes, place) => {
    const path = write('i.yaml', yaml(changes))
    await expect(readDeclarationFile(path)).rejects.toMatchObject({
      code: 'DECLARATION_MALFORMED',
      at: `${path}${place}`,
    })
  })

  test('names a file that it cannot read as its reader would', async () => {
    const path = write('j.yaml', yaml({ instructions: '{fixed: {file: none.txt}}' }))
    await expect(readDeclarationFile(path)).rejects.toMatchObject({ at: join(folder, 'none.txt') })
  })

  test('of a file that is no map gives the file as the place', async () => {
    const path = write('k.yaml', '- a\n')
    await expect(readDeclarationFile(path)).rejects.toMatchObject({ code: 'DECLARATION_MALFORMED', at: path })
  })

  test.each([
    ['a role that is missing', yaml().replace(/^tools.*\n/m, ''), 'DECLARATION_ROLE_MISSING'],
    ['a role too many', `${yaml()}more: any\n`, 'DECLARATION_MALFORMED'],
    ['rules', yaml({ policy: '{rules: [x]}' }), 'DECLARATION_POLICY_MALFORMED'],
    ['a private one without blind', yaml({}, 'privacy: private'), 'DECLARATION_MALFORMED'],
    ['a role twice', `${yaml()}tools: any\n`, 'YAML_UNSUPPORTED'],
    ['half of a surrogate pair', yaml({ instructions: '{fixed: "\\ud800"}' }), 'DECLARATION_MALFORMED'],
    ['a bound that is no whole number', yaml({ input: '{slot: {maxBytes: 1.5}}' }), 'DECLARATION_MALFORMED'],
    ['a file that is too large', `${yaml()}#${'x'.repeat(256 * 1024)}`, 'FILE_TOO_LARGE'],
    ['bytes that are not UTF-8', Uint8Array.of(0xff), 'DECLARATION_MALFORMED'],
  ] as const)('refuses %s', async (_, text, code) => {
    await expect(readDeclarationFile(write('g.yaml', text))).rejects.toThrowCode(code)
  })

  test('refuses bad JSON as a bad declaration', async () => {
    await expect(readDeclarationFile(write('h.json', '{"name":1,"name":2}'))).rejects.toThrowCode(
      'DECLARATION_MALFORMED',
    )
    await expect(readDeclarationFile(join(folder, 'none.yaml'))).rejects.toThrowCode('FILE_UNREADABLE')
  })
})
