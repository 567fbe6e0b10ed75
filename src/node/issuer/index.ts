export { AT_GATEWAY, IN_PROCESS } from './captures.ts'
export { type LogFiles, type OpenedLogFiles, openLogFiles } from './log-files.ts'
export { type Issuer, type IssuerFiles, type OpenIssuerOptions, openIssuer } from './open-issuer.ts'
export { resumeIssuerLog } from './resume-issuer-log.ts'
