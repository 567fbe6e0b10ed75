/**
 * Model files: the weights together with the digest that says which weights they are.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import { encodeHex } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { readFileBounded } from '../files/index.ts'
import { nodeSha256 } from '../keys/index.ts'
import { loadModel, type Model } from './model/index.ts'

/** Largest model file in bytes: 1 GiB. Weights are held as F32, once in the file's bytes and once beside them. */
const MAX_MODEL_BYTES = 1_073_741_824

/** As far from `dist/node/host` as from `src/node/host`. */
const SHIPPED_MODEL = new URL('../../../models/colophon-tiny.gguf', import.meta.url)

export interface LoadedModel {
  readonly model: Model
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly sha256Hex: string
}

/** @throws {ColophonError} MODEL_MALFORMED, FILE_UNREADABLE, FILE_TOO_LARGE */
export async function loadModelFile(path: string): Promise<LoadedModel> {
  const bytes = await readFileBounded(path, { maxBytes: MAX_MODEL_BYTES })
  try {
    return { model: loadModel(bytes), sha256Hex: encodeHex(nodeSha256(bytes)) }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown'
    throw new ColophonError('MODEL_MALFORMED', `the model cannot be loaded: ${reason}`, { at: path, cause })
  }
}

/** The tiny model that comes with this package. @throws as `loadModelFile` */
export function loadShippedModel(): Promise<LoadedModel> {
  return loadModelFile(fileURLToPath(SHIPPED_MODEL))
}
