import { expect, test } from 'vitest'
import { kindOfFile } from './file-kind.ts'
import { GivenFiles } from './given-files.ts'

const file = (name: string) => ({ name, bytes: Buffer.from(name) })
const RECORD = file('a.txt.sigstore.json')
const names = (files: GivenFiles) => (['record', 'answer', 'disclosure'] as const).map((kind) => files.nameOf(kind))

test('files opened one by one add up', () => {
  const files = new GivenFiles()
  for (const one of [file('a.txt'), RECORD, file('a.txt.disclosure.json')]) files.add([one], kindOfFile)
  expect(names(files)).toEqual(['a.txt.sigstore.json', 'a.txt', 'a.txt.disclosure.json'])
  files.add([file('b.sigstore.json')], () => 'record')
  expect(names(files)).toEqual(['b.sigstore.json', 'a.txt', 'a.txt.disclosure.json'])
  files.remove('answer')
  expect(Object.keys(files.bytes()).sort()).toEqual(['disclosure', 'record'])
})

test('another record, opened with what belongs to it, begins anew', () => {
  const files = new GivenFiles()
  files.add([RECORD, file('a.txt'), file('a.txt.disclosure.json')], kindOfFile)
  files.add([file('b.txt.sigstore.json'), file('b.txt')], kindOfFile)
  expect(names(files)).toEqual(['b.txt.sigstore.json', 'b.txt', undefined])
})

test('what cannot be read is said, and the rest is kept', () => {
  const files = new GivenFiles()
  expect(files.add([{ name: 'x', problem: 'cannot be read' }, RECORD], kindOfFile)).toEqual(['x cannot be read.'])
  expect(files.nameOf('record')).toBe(RECORD.name)
})
