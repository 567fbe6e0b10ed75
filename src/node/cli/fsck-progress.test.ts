import { expect, test } from 'vitest'
import { fsckProgress } from './fsck-progress.ts'

function shown(isTTY: boolean): string[] {
  const written: string[] = []
  let nowMs = 0
  const progress = fsckProgress({ isTTY, write: (text) => written.push(text) }, () => nowMs)
  for (let done = 0; done <= 1_000; done += 250) {
    progress.show({ stage: 'log', done, total: 1_000, problemCount: done === 0 ? 0 : 2 })
    nowMs += 150
  }
  progress.clear()
  return written
}

test('on a terminal: one line, a few times a second, gone in the end', () => {
  expect(shown(true).map((text) => text.replace('\r\u001b[K', ''))).toEqual([
    'log, entries: 0 %  0 of 1000  problems: 0',
    'log, entries: 50 %  500 of 1000  1667/s  problems: 2',
    'log, entries: 100 %  1000 of 1000  1667/s  problems: 2',
    '',
  ])
})

test('anywhere else: nothing', () => {
  expect(shown(false)).toEqual([])
})
