export { AT_GATEWAY, IN_PROCESS } from './captures.ts'
export { type Issuer, type IssuerFiles, type OpenIssuerOptions, openIssuer } from './open-issuer.ts'
