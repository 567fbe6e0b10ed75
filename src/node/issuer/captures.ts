/**
 * Where this software captures, as its records state it.
 *
 * @module
 */
import type { Capture } from '../../core/run/index.ts'
import { SOFTWARE } from '../software/index.ts'

/** In the process that asks, which also holds the key. */
export const IN_PROCESS: Capture = { point: 'inProcess', signerControlsApplication: true, software: SOFTWARE }

/** In a process of its own, between whoever asks and the upstream; what goes on is what was received. */
export const AT_GATEWAY: Capture = { point: 'gateway', received: 'same', software: SOFTWARE }
