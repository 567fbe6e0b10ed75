/**
 * The published vectors: this implementation agrees with every case, and the files keep the form that their README
 * promises. They are read from disk, as a second implementation reads them.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ColophonError, ERROR_CODES } from '../../src/core/errors.ts'
import { parseJson } from '../../src/core/json/index.ts'
import { readHeadings } from '../../tools/checks/headings.ts'
import { ROOT, readText } from '../../tools/project.ts'
import { VECTORS, vectorFiles } from '../../tools/vectors/files.ts'
import { expanded } from '../../tools/vectors/parts.ts'
import type { Case, Topic } from '../../tools/vectors/topic.ts'
import { TOPICS } from '../../tools/vectors/topics.ts'

type TopicFile = Omit<Topic, 'run' | 'files'>

const made = vectorFiles()
const bytesOf = (topic: string): Buffer => readFileSync(join(ROOT, VECTORS, `${topic}.json`))

/** The sections of a page of the specification, by their anchors: from one `##` to the next. */
const sectionsOf = (page: string): ReadonlyMap<string, string> => {
  const sections = readText(page).split(/^(?=## )/m)
  return new Map(sections.map((text) => [[...readHeadings(text).anchors][0] ?? '', text]))
}

/** What a case says must come out, and what does come out: a value or a code. */
async function outcomeOf(run: () => unknown): Promise<Pick<Case, 'accept' | 'reject'>> {
  try {
    return { accept: JSON.parse(JSON.stringify(await run())) }
  } catch (error) {
    if (ColophonError.is(error)) return { reject: error.code }
    throw error
  }
}

test('each topic stands there once', () => {
  const names = TOPICS.map(({ topic }) => topic)
  expect(names.length).toBeGreaterThan(0)
  expect([...new Set(names)]).toEqual(names)
})

describe.each(TOPICS.map((topic) => [topic.topic, topic] as const))('%s', (name, topic) => {
  const file = JSON.parse(bytesOf(name).toString()) as TopicFile
  const { cases } = file

  test('the file is strict JSON and what its generator makes', () => {
    expect(() => parseJson(bytesOf(name))).not.toThrow()
    expect(bytesOf(name).equals(made.get(`${VECTORS}/${name}.json`) ?? Buffer.of())).toBe(true)
  })

  test('cases have one expectation, unique names, and codes that exist', () => {
    expect(cases.length).toBeGreaterThan(0)
    const names = cases.map((one) => one.name)
    expect([...new Set(names)]).toEqual(names)
    expect(names.filter((one) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(one))).toEqual([])
    for (const { name: of, accept, reject } of cases) {
      expect((accept === undefined) !== (reject === undefined), of).toBe(true)
      if (reject !== undefined) expect(ERROR_CODES, of).toHaveProperty(reject)
    }
  })

  test('the section of each rule is there and names this topic', () => {
    const rules = [...new Set(cases.map((one) => one.rule))]
    const silent = rules.filter((rule) => {
      const [page = '', anchor = ''] = rule.split('#')
      return sectionsOf(page).get(anchor)?.includes(`../../${VECTORS}/${name}.json`) !== true
    })
    expect(silent).toEqual([])
  })

  test('rejections are not outnumbered', () => {
    const rejected = cases.filter(({ reject }) => reject !== undefined).length
    if (rejected > 0) expect(rejected).toBeGreaterThanOrEqual(cases.length - rejected)
  })

  test('operations and cases name the same', () => {
    const used = cases.flatMap((one) => (one['operation'] === undefined ? [] : [one['operation'] as string]))
    expect([...new Set(used)].sort()).toEqual(Object.keys(file.operations ?? {}).sort())
    expect([0, cases.length]).toContain(used.length)
  })

  test('every case comes out as it says', async () => {
    const wrong: unknown[] = []
    for (const { accept, reject, ...input } of cases) {
      const want = accept === undefined ? { reject } : { accept: expanded(accept) }
      const got = await outcomeOf(() => topic.run(input))
      if (!isDeepStrictEqual(got, want)) wrong.push({ name: input.name, want, got })
    }
    expect(wrong).toEqual([])
  })
})

test('every section of these pages that has a code of some case names vectors', () => {
  const codes = TOPICS.flatMap(({ cases }) => cases.flatMap(({ reject }) => (reject === undefined ? [] : [reject])))
  const shown = new RegExp(`\`(?:${[...new Set(codes)].join('|')})\``)
  const pages = [...new Set(TOPICS.map(({ spec }) => spec))]
  const silent = pages.flatMap((page) =>
    [...sectionsOf(page)].flatMap(([anchor, text]) =>
      shown.test(text) && !text.includes(`../../${VECTORS}/`) ? [`${page}#${anchor}`] : [],
    ),
  )
  expect(silent).toEqual([])
})
