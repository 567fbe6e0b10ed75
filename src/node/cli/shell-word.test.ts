import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { shellWord } from './shell-word.ts'

describe('shellWord', () => {
  test('leaves a plain name as it is', () => {
    expect(shellWord('.colophon/trust/trust-policy.json')).toBe('.colophon/trust/trust-policy.json')
  })

  test.each(['two words.txt', "it's.txt", '$(id)', 'a;b', '', '*', '~', '日本.txt', 'back\\slash'])(
    'quotes %j so that a shell reads it back',
    (text) => {
      expect(execFileSync('/bin/sh', ['-c', `printf %s ${shellWord(text)}`]).toString()).toBe(text)
    },
  )

  test('makes a path of what would be an option', () => {
    expect(shellWord('-x')).toBe("'./-x'")
  })
})
