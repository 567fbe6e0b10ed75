export { type Draft, type DraftInput, draftDeclaration } from './draft-declaration.ts'
