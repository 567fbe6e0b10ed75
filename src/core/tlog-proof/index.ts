export { formatTlogProof, MAX_PROOF_HASHES, parseTlogProof, type TlogProof } from './tlog-proof.ts'
