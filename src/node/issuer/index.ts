export { type Issuer, type IssuerFiles, type OpenIssuerOptions, openIssuer } from './open-issuer.ts'
