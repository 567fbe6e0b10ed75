export { type Declared, declareAt } from './declare-at.ts'
export { exchange, type GatewayAddress, type GatewayAnswer, type GatewayRequest } from './exchange.ts'
export { fetchDisclosure, fetchRecord } from './fetch-evidence.ts'
export { refusalOf, requireDone } from './refusal.ts'
