/**
 * Which of the verifier's files a file is. A guess for people's convenience, by its name as the command line pairs
 * files, else by what it says of itself; whatever is taken for the wrong thing fails to verify as that.
 *
 * @module
 */

export type FileKind = 'record' | 'answer' | 'disclosure' | 'trust'

export const FILE_KINDS: readonly FileKind[] = ['record', 'answer', 'disclosure', 'trust']

export interface GivenFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Nothing longer is looked into: of what is longer, only an answer or a disclosure can be in order. */
const MAX_LOOKED_INTO = 4 << 20

export function kindOfFile({ name, bytes }: GivenFile): FileKind {
  if (name.endsWith('.sigstore.json')) return 'record'
  if (name.endsWith('.disclosure.json')) return 'disclosure'
  const { format, mediaType } = bytes.length > MAX_LOOKED_INTO ? {} : membersOf(bytes)
  if (typeof mediaType === 'string' && mediaType.startsWith('application/vnd.dev.sigstore.bundle')) return 'record'
  if (typeof format !== 'string') return 'answer'
  if (format.startsWith('colophon/disclosure/')) return 'disclosure'
  return format.startsWith('colophon/trust-policy/') ? 'trust' : 'answer'
}

function membersOf(bytes: Uint8Array): { readonly format?: unknown; readonly mediaType?: unknown } {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
