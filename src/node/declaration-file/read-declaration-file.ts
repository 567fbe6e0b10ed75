/**
 * Reads a declaration as a person writes it: a YAML or JSON file, and the files it names (`docs/spec/declaration.md`,
 * "The file").
 *
 * @module
 */
import { dirname, extname } from 'node:path'
import { asFormat } from '../../core/as-format.ts'
import { type DeclarationSource, resolveDeclaration } from '../../core/declaration/index.ts'
import { ColophonError, type ErrorCode } from '../../core/errors.ts'
import { parseJson } from '../../core/json/index.ts'
import { placeInFile, readFileBounded } from '../files/index.ts'
import { containedFileReader } from './contained-file.ts'
import { type ParsedYaml, parseYaml } from './parse-yaml.ts'

/** Largest declaration file; long prompts stand in files of their own. */
const MAX_FILE_SIZE = 256 * 1024

/** What tells more than that the declaration is malformed. */
const KEPT: readonly ErrorCode[] = [
  'YAML_UNSUPPORTED',
  'DECLARATION_ROLE_MISSING',
  'DECLARATION_POLICY_MALFORMED',
  'DECLARATION_RULE_REFUSED',
  'FILE_UNREADABLE',
  'FILE_TOO_LARGE',
]

/**
 * The declaration in a file, with what its digests are of. `.json` is read as JSON, anything else as YAML.
 *
 * @throws {ColophonError} DECLARATION_*, YAML_UNSUPPORTED  with `at` as FILE:LINE:COLUMN where the file is YAML
 * @throws {ColophonError} FILE_UNREADABLE, FILE_TOO_LARGE  the file, or one that it names
 */
export async function readDeclarationFile(path: string): Promise<DeclarationSource> {
  const bytes = await readFileBounded(path, { maxBytes: MAX_FILE_SIZE })
  const parse = extname(path) === '.json' ? readJson : parseYaml
  let parsed: ParsedYaml | undefined
  try {
    return asFormat({ code: 'DECLARATION_MALFORMED', keep: KEPT }, () => {
      parsed = parse(bytes)
      return resolveDeclaration(parsed.value, containedFileReader(dirname(path)))
    })
  } catch (error) {
    throw located(error, path, parsed)
  }
}

const readJson = (bytes: Uint8Array): ParsedYaml => ({
  value: parseJson(bytes),
  placeOf: (pointer) => pointer,
})

/** The same error with the file in its place. A place that begins with `/` is a JSON Pointer into the declaration. */
function located(error: unknown, path: string, parsed: ParsedYaml | undefined): unknown {
  if (!ColophonError.is(error) || error.code === 'FILE_UNREADABLE' || error.code === 'FILE_TOO_LARGE') return error
  const { code, message, hint, details } = error
  // In the declaration that the file becomes, a role's bounds stand beside its state; in the file they stand in it.
  const at = error.at?.replace(/^\/roles(\/[^/]+)/, '$1/slot')
  const pointer = parsed !== undefined && at?.startsWith('/') ? at : undefined
  const place = pointer === undefined ? at : parsed?.placeOf(pointer)
  return new ColophonError(code, pointer === undefined ? message : `${message} (${pointer})`, {
    at: placeInFile(path, place),
    hint,
    details,
    cause: error,
  })
}
