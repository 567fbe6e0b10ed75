/**
 * HMAC-SHA-256 by Node's own crypto.
 *
 * @module
 */
import { createHmac } from 'node:crypto'
import type { HmacSha256 } from '../../core/hash/index.ts'

/** 32 bytes. */
export const nodeHmacSha256: HmacSha256 = ({ key, message }) => createHmac('sha256', key).update(message).digest()
