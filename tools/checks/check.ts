/**
 * What a check of the project is.
 *
 * @module
 */

/** What is wrong, an entry each; nothing where all is well. */
export type Findings = readonly string[]

export interface Check {
  readonly name: string
  readonly run: () => Findings | Promise<Findings>
}
