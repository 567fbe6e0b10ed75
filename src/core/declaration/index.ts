export {
  type Component,
  type ComponentContent,
  type ComponentDigester,
  componentDigester,
  type Encoding,
} from './component.ts'
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
export { requireWholeContents } from './require-contents.ts'
export { type DeclarationSource, type ReadFile, resolveDeclaration } from './source.ts'
export { type DeclarationStatement, formatDeclarationStatement, parseDeclarationStatement } from './statement.ts'
