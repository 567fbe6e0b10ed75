/**
 * A process that rotates an issuer's key and kills itself after a step.
 *
 *     rotation-child.ts FOLDER STEP
 */
import { type RotationStep, rotateIssuerKey } from '../../src/node/issuer-keys/index.ts'
import { openWorkspace } from '../../src/node/workspace/index.ts'

const [folder = '', last] = process.argv.slice(2)
const onStep = (step: RotationStep): void => {
  if (step === last) process.kill(process.pid, 'SIGKILL')
}
await rotateIssuerKey(await openWorkspace(folder), { onStep })
