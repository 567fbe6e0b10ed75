/**
 * What a check of the project is.
 *
 * @module
 */

/** What is wrong, an entry each; nothing where all is well. Or why the check could not be made. */
export type Findings = readonly string[] | { readonly skipped: string }

export interface Check {
  readonly name: string
  readonly run: () => Findings | Promise<Findings>
}
