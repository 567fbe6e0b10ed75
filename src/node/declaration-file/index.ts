export { readDeclarationFile } from './read-declaration-file.ts'
