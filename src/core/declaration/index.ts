export {
  type ChoiceComponent,
  type Component,
  type ComponentContent,
  type ComponentDigester,
  componentDigester,
  digestsOf,
  type Encoding,
  type FixedComponent,
  type NumberBounds,
  type NumberComponent,
  type Prefix,
  type PrefixComponent,
  type SizeComponent,
  type ValueDigest,
} from './component.ts'
export { describeComponent, describeValue } from './describe-component.ts'
export {
  type Declaration,
  type DeclaredRole,
  declarationId,
  type Privacy,
  type PublishedDeclaration,
  parseDeclaration,
  parsePublishedDeclaration,
  publishedDeclaration,
  type SlotBounds,
} from './document.ts'
export { matchesSource } from './matches-source.ts'
export { policyOf, policyRulesOf, requireRules, ruleNamesOf } from './policy-component.ts'
export { countContents, requireOwnContents, requireWholeContents } from './require-contents.ts'
export { type DeclarationSource, resolveDeclaration } from './source.ts'
export type { ReadFile } from './source-content.ts'
export { type DeclarationStatement, formatDeclarationStatement, parseDeclarationStatement } from './statement.ts'
