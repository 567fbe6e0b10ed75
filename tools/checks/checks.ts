/**
 * Every check, in the order in which they run: the compiler first, since others look at what it made.
 *
 * @module
 */
import type { Check } from './check.ts'
import { cleanText } from './clean-text.ts'
import { compilerTiers, formatAndLint, typesOfTests } from './commands.ts'
import { packageExports } from './exports.ts'
import { folderPrivacy } from './folder-privacy.ts'
import { generatedDocs } from './generated-docs.ts'
import { links } from './links.ts'
import { purity } from './purity.ts'
import { specReferences } from './spec-references.ts'
import { vectors } from './vectors.ts'

export const CHECKS: readonly Check[] = [
  formatAndLint,
  compilerTiers,
  typesOfTests,
  purity,
  packageExports,
  folderPrivacy,
  generatedDocs,
  vectors,
  links,
  specReferences,
  cleanText,
]
