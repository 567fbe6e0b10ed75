/**
 * What every decoder of this folder takes.
 *
 * @module
 */

export interface DecodeOptions {
  /** Where the text stands in a larger document, for the error: a JSON Pointer, a line, a file. */
  readonly at?: string | undefined
  /** The exact number of decoded bytes; any other is refused. */
  readonly sizeBytes?: number | undefined
}
