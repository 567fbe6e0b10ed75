/**
 * Words that are no command: misspelt, missing, contradicting.
 *
 * @module
 */
import type { BadInput } from './bad-input.ts'

const row = (what: string, words: readonly string[], names: string, more: Partial<BadInput> = {}): BadInput => ({
  what,
  words,
  code: 'USAGE',
  names,
  ...more,
})

export const USAGE_ROWS: readonly BadInput[] = [
  row('no command', [], 'command'),
  row('a misspelt command', ['verfy', 'answer.txt'], 'verfy'),
  row('a misspelt option', ['verify', 'answer.txt', '--trsut', 'x'], '--trsut'),
  row('an option of another command', ['explain', 'answer.txt', '--force'], '--force'),
  row('an option without its value', ['verify', 'answer.txt', '--trust'], '--trust'),
  row('an argument too many', ['explain', 'answer.txt', 'more.txt'], 'argument'),
  row('an argument too few', ['diff', 'answer.txt'], 'argument'),
  row('no declaration to declare', ['declare'], 'file'),
  row('a declaration file and a run', ['declare', 'declaration.yaml', '--from-run', 'answer.txt'], '--from-run'),
  row('a run without a file to write', ['declare', '--from-run', 'answer.txt'], '--to'),
  row('a file to write without a run', ['declare', '--to', 'new.yaml'], 'FILE'),
  row('a file to write that is no YAML', ['declare', '--from-run', 'answer.txt', '--to', 'new.json'], 'YAML'),
  row('a parameter without a value', ['run', 'declaration.yaml', '--input', 'x', '--parameter', 'seed'], '--parameter'),
  row('no declaration to run', ['run', '--input', 'x'], 'declaration'),
  row('nothing to verify', ['verify'], 'answer'),
  row('nothing to explain', ['explain'], 'answer'),
  row('a gateway without an upstream', ['up'], '--upstream'),
  row('a subcommand that there is not', ['trust', 'shwo'], 'shwo'),
  row('a group of commands without one', ['trust'], 'command'),
  row('a group of commands without one', ['keys'], 'command'),
  row('a group of commands without one', ['log'], 'command'),
  row('two inputs', ['run', 'declaration.yaml', '--input', 'x', '--input-file', 'y'], 'two inputs'),
  row(
    'a gateway and an upstream',
    ['run', 'declaration.yaml', '--input', 'x', '--gateway', 'http://127.0.0.1:9', '--upstream', 'http://127.0.0.1:9'],
    'gateway',
  ),
  row('an empty name', ['init', '--dir', 'new', '--name', ''], 'name'),
  row('a name too long', ['init', '--dir', 'new', '--name', 'n'.repeat(201)], 'name'),
  row('an origin with a scheme', ['init', '--dir', 'new', '--origin', 'https://log.example'], 'origin'),
  row('an origin with a path', ['init', '--dir', 'new', '--origin', 'log.example/a'], 'origin'),
  row('an origin in capitals', ['init', '--dir', 'new', '--origin', 'Log.example'], 'origin'),
  row('an empty origin', ['init', '--dir', 'new', '--origin', ''], 'origin'),
  ...['0x50', '-1', '65536', '80.5', 'http', '', ' 80', '1e3', '00'].map((port) =>
    row(`the port ${JSON.stringify(port)}`, ['up', '--upstream', 'http://127.0.0.1:9', `--port=${port}`], 'port'),
  ),
  row('a port of the model host', ['host', '--port', '65536'], 'port'),
  ...[
    ['with a password', 'http://user:canary-password@127.0.0.1:9'],
    ['with a query', 'http://127.0.0.1:9/?key=canary-password'],
    ['without a scheme', '127.0.0.1:9'],
    ['of a file', 'file:///etc/passwd'],
    ['that is empty', ''],
  ].flatMap(([which, url = '']) => [
    row(
      `an upstream ${which}`,
      ['run', 'declaration.yaml', '--context', 'x', '--input', 'y', '--upstream', url],
      'upstream',
    ),
    row(`an upstream of a gateway ${which}`, ['up', '--port', '0', '--upstream', url], 'upstream'),
    row(`a gateway ${which}`, ['declare', 'declaration.yaml', '--gateway', url], 'gateway'),
    row(
      `a gateway of a run ${which}`,
      ['run', 'declaration.yaml', '--context', 'x', '--input', 'y', '--gateway', url],
      'gateway',
    ),
    row(`a gateway for the doctor ${which}`, ['doctor', '--gateway', url], 'gateway'),
  ]),
  row('no point of a revocation', ['keys', 'revoke', '0123abcd'], '--since-size'),
  row('two points of a revocation', ['keys', 'revoke', '0123abcd', '--entirely', '--since-size', '3'], '--since-size'),
  row('a size that is none', ['keys', 'revoke', '0123abcd', '--since-size', '-1'], 'size'),
  row('a time that is none', ['keys', 'revoke', '0123abcd', '--since-time', 'yesterday'], 'time'),
  row('no policy to add to', ['trust', 'add', '.colophon/trust/trust-policy.json'], '--to'),
  row(
    'a key for the upstream that no header can carry',
    ['run', 'declaration.yaml', '--input', 'y', '--out', 'new.txt', '--upstream', '$REFUSED'],
    'COLOPHON_API_KEY',
    {
      environment: { COLOPHON_API_KEY: 'canary-password\nX-Other: 1' },
    },
  ),
  row('no policy to remove from', ['trust', 'remove', '0123abcd'], '--from'),
]
