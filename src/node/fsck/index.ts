export { type CheckFilesInput, checkFiles } from './check-files.ts'
export { checkIssuer } from './check-issuer.ts'
