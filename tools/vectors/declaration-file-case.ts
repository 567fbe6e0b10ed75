/**
 * Cases of declaration files: what each must become, or the code that it is refused with.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import { BLIND, documentOf, type Members } from './declared.ts'
import { described } from './described.ts'
import { canonical } from './document.ts'
import type { Files, DeclarationFileInput as In } from './run/declaration-file.ts'
import type { Case, Value } from './topic.ts'

const RULE = 'docs/spec/declaration.md#the-file'

export const FILE: Members = {
  name: 'shop-assistant',
  privacy: 'public',
  model: { fixed: 'tiny' },
  instructions: { fixed: 'Answer politely.' },
  tools: 'absent',
  context: { slot: { maxBytes: 1000 } },
  history: 'absent',
  input: { slot: { maxBytes: 1000 } },
  parameters: { fixed: { temperature: 0 } },
  outputFormat: 'absent',
  policy: 'strict',
}
export const PRIVATE: Members = { ...FILE, privacy: 'private', blind: BLIND }
export const text = (file: Members): string => JSON.stringify(file)

/** A file, and the document that it must become; `roles` in place of the example's. */
export function resolved(name: string, fileText: string, document: Members, files?: Files): Case<In> {
  return {
    name,
    rule: RULE,
    fileText,
    ...(files ? { files } : {}),
    accept: { documentText: canonical(document as Value) },
  }
}
export const role = (name: string, changes: Members, roles: Members, files?: Files): Case<In> =>
  resolved(name, text({ ...FILE, ...changes }), documentOf(roles), files)

export function refused(reject: ErrorCode) {
  return (name: string, file: Members | string, files?: Files): Case<In> => {
    const fileText = typeof file === 'string' ? file : text(file)
    return { name, rule: RULE, fileText: described(fileText), ...(files ? { files } : {}), reject }
  }
}
