export { sigstoreTrustedRoot, type TrustedRootInput } from './trusted-root.ts'
