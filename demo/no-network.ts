/**
 * Preloaded into the stranger's process (`node --import`): every way to the network throws.
 *
 * In CI the whole demo runs once more in an empty network namespace, where the operating system sees to it.
 *
 * @module
 */
import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

function refuse(): never {
  throw new Error('the stranger tried to use the network')
}

net.Socket.prototype.connect = refuse
net.Server.prototype.listen = refuse
dgram.Socket.prototype.send = refuse
dgram.Socket.prototype.bind = refuse
for (const api of [dns, dns.promises]) {
  for (const [name, value] of Object.entries(api)) {
    if (typeof value === 'function' && /^(lookup|resolve|reverse)/.test(name)) Object.assign(api, { [name]: refuse })
  }
}
globalThis.fetch = refuse
syncBuiltinESMExports()
