export { isIdentity, isSealed, type Sealer, sealerFor, type UnsealOptions, unseal } from './sealed-file.ts'
