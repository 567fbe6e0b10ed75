/** Strings that break software, as prompts, passages, labels and names: kept byte for byte, and shown without harm. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { resolveDeclaration } from '../../src/core/declaration/index.ts'
import { disclosedRequest } from '../../src/core/explain/index.ts'
import { type CanonicalInput, canonicalize, parseCanonicalJson, parseJson } from '../../src/core/json/index.ts'
import { keyId } from '../../src/core/signature/index.ts'
import { formatTrustPolicy, parseTrustPolicy } from '../../src/core/trust/index.ts'
import { plainValue } from '../support/any-json.ts'
import { colophon, type Ended } from '../support/command-line.ts'
import { DECLARATION } from '../support/issued-run.ts'
import { filesOf, issueBroken, issueKept, naughtyTexts } from '../support/naughty-run.ts'
import { makeP256Signer } from '../support/p256-signer.ts'
import { describeVectors, readVectorJson } from '../support/shared-vectors.ts'
import type { VerifiedRun } from '../support/verified-run.ts'

/** What a terminal would obey, and what changes or hides what is read: none of it may be printed. */
const HARMFUL = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u

describeVectors('naughty-strings', () => {
  const strings = readVectorJson<string[]>('naughty-strings/blns.json')
  const texts = naughtyTexts(strings)
  const { names, labels, signerName, declarationName } = texts

  test('as strings and keys of JSON: parsed, and canonical, as they are', () => {
    for (const text of strings) {
      const canonical = canonicalize({ [text]: text })
      expect(canonical).toEqual(encodeUtf8(JSON.stringify({ [text]: text })))
      expect(plainValue(parseCanonicalJson(canonical))).toEqual({ [text]: text })
      // Every character as an escape, which is the same string.
      const escaped = Array.from({ length: text.length }, (_, at) => {
        return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`
      })
      expect(parseJson(encodeUtf8(`"${escaped.join('')}"`))).toBe(text)
    }
  })

  test('as names of a declaration and its contents', () => {
    expect(names.length).toBe(504)
    for (const name of names) {
      const file = { ...DECLARATION, name, instructions: { fixed: name }, parameters: { fixed: { [name]: name } } }
      const { declaration, contents } = resolveDeclaration(parseJson(canonicalize(file as CanonicalInput)), () => {
        throw new Error('no file is expected')
      })
      expect(declaration.name).toBe(name)
      const parameter = contents.find(({ role }) => role === 'parameters')
      expect(parameter).toMatchObject({ name, value: encodeUtf8(name) })
      expect(contents.find(({ role }) => role === 'instructions')?.value).toEqual(encodeUtf8(name))
    }
  })

  describe('in one run', () => {
    let kept: VerifiedRun
    let broken: VerifiedRun
    let folder: string

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'colophon-naughty-'))
      kept = await issueKept(texts)
      broken = await issueBroken(texts)
      for (const [name, bytes] of filesOf(broken, texts)) writeFileSync(join(folder, name), bytes)
    }, 60_000)

    afterAll(() => {
      rmSync(folder, { recursive: true, force: true })
    })

    const ask = async (...words: readonly string[]): Promise<Ended> => {
      const ended = await colophon(words, { folder })
      expect(ended.stderr).toBe('')
      expect(HARMFUL.exec(ended.stdout)?.[0].codePointAt(0)).toBeUndefined()
      return ended
    }

    test('the composition is kept, and each string is disclosed as it was sent', () => {
      const { report, disclosure } = kept
      expect(report).toMatchObject({ authenticity: 'trusted', composition: 'kept', exitCode: 0 })
      const parts = disclosedRequest({ report, disclosure })?.parts ?? []
      const textsOf = (role: string) => parts.filter((part) => part.role === role).map(({ text }) => text)
      expect(textsOf('instructions')).toEqual(strings)
      expect(parts.filter(({ role }) => role === 'context').map(({ label }) => label)).toEqual(labels)
      expect(parts.filter(({ role }) => role === 'tools').map(({ name }) => name)).toEqual(
        expect.arrayContaining([...names]),
      )
    })

    test('what was not declared is named as it was sent', () => {
      expect(broken.report).toMatchObject({ authenticity: 'trusted', composition: 'broken', exitCode: 5 })
      const undeclared = (broken.report.facts?.findings ?? []).filter(({ finding }) => finding === 'undeclared')
      expect(undeclared.map(({ name }) => name)).toEqual(expect.arrayContaining(names.map((name) => `x ${name}`)))
    })

    test('verify and explain print them without harm, and as JSON as they are', async () => {
      const [explained, asJson, verified] = await Promise.all([
        ask('explain', 'answer.txt', '--trust', 'trust.json'),
        ask('explain', 'answer.txt', '--trust', 'trust.json', '--json'),
        ask('verify', 'answer.txt', '--trust', 'trust.json'),
      ])
      expect([explained, asJson, verified].map(({ exitCode }) => exitCode)).toEqual([5, 5, 5])
      const shown = strings.length + labels.length + 2 * names.length
      expect(explained.stdout.split('\n').length).toBeGreaterThan(shown)
      const { headline, sections } = asJson.json()
      expect(headline).toContain(signerName)
      const items = sections.flatMap((section: { items: { name: string; text: string }[] }) => section.items)
      const shownTexts = new Set(items.flatMap(({ name, text }: { name: string; text: string }) => [name, text]))
      for (const text of strings) expect(shownTexts.has(text), text).toBe(true)
      // These two have nothing that needs an escape.
      for (const name of [signerName, declarationName]) expect(verified.stdout).toContain(name)
    })

    test('as names of a trust policy', async () => {
      const [template] = kept.run.trust.signers
      if (template === undefined) throw new Error('the run has a signer')
      const signers = names.map((name) => {
        const publicKey = makeP256Signer().spki
        return { ...template, name, publicKey, keyId: keyId(publicKey) }
      })
      const file = formatTrustPolicy({ ...kept.run.trust, signers })
      expect(parseTrustPolicy(file).signers.map(({ name }) => name)).toEqual(names)
      writeFileSync(join(folder, 'all.json'), file)
      expect((await ask('trust', 'show', 'all.json')).exitCode).toBe(0)
    })
  })
})
