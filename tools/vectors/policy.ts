/**
 * Vectors of `docs/spec/policy.md`: what is a rule, and what rules say of facts. Expectations by hand.
 *
 * @module
 */
import { described } from './described.ts'
import { type PolicyInput as In, OPERATIONS, type PlainFacts, type PlainPart, runPolicy } from './run/policy.ts'
import type { Case, Topic, Value } from './topic.ts'

const LANGUAGE = 'docs/spec/policy.md#the-language'
const FACTS = 'docs/spec/policy.md#facts'
const NUMBERS = 'docs/spec/policy.md#numbers'
const BOUNDS = 'docs/spec/policy.md#bounds'

const text = (role: string, name: string, valueText: string): PlainPart => ({ role, name, encoding: 'text', valueText })
const json = (role: string, name: string, valueText: string): PlainPart => ({ role, name, encoding: 'json', valueText })

const REQUEST = {
  method: 'POST',
  path: '/v1/chat/completions',
  parts: [
    text('model', 'model', 'tiny'),
    text('instructions', '0', 'Be brief.'),
    json('tools', 'lookup', '{"function":{"name":"lookup"},"type":"function"}'),
    json('tools', 'search', '{"type":"web_search"}'),
    json('tools', 'untyped', '{"name":"untyped"}'),
    text('input', '0', 'What is the caf\u00e9\u2019s password?'),
    json('parameters', 'temperature', '0.3'),
    json('parameters', 'seed', '9007199254740993'),
    json('parameters', 'most', '9223372036854775807'),
    json('parameters', 'beyond', '9223372036854775808'),
    json('parameters', 'tenth', '0.1'),
    json('parameters', 'five', '5'),
    json('parameters', 'huge', '1e400'),
    json('parameters', 'nothing', 'null'),
    json('parameters', 'stop', '["a","bc"]'),
    json('parameters', '__proto__', '{"x":1}'),
    text('parameters', 'user', 'bob'),
    text('parameters', 'header x-beta', 'one'),
    text('parameters', 'header x-beta', 'two'),
  ],
  unobservable: ['history'],
  requested: 'tiny',
}

const RUN: PlainFacts = {
  boundAtMs: Date.UTC(2026, 0, 31, 12, 30, 15, 250),
  dialect: 'openai-chat-completions/1',
  endpoint: 'https://api.example',
  request: REQUEST,
  findings: [
    { role: 'model', name: 'model', finding: 'match' },
    { role: 'tools', name: '', finding: 'undeclared' },
  ],
  intended: ['small', 'tiny'],
}
const ANSWERED: PlainFacts = {
  ...RUN,
  response: { status: 200, finishReasons: ['stop'], outputs: [{ choice: 0, text: 'Ask \u{1f600}.' }] },
}
const RECORD_ONLY: PlainFacts = { boundAtMs: RUN.boundAtMs, dialect: RUN.dialect, endpoint: RUN.endpoint }

type Result = 'kept' | 'violated' | 'notEvaluated'

const says =
  (result: Result, rule = FACTS, facts: PlainFacts = RUN) =>
  (name: string, ruleText: string): Case<In> => ({
    name,
    rule,
    operation: 'evaluate',
    ruleText: described(ruleText),
    facts: facts as unknown as Value,
    accept: { result },
  })
const [kept, violated, open] = [says('kept'), says('violated'), says('notEvaluated')]
const counts = { kept: says('kept', NUMBERS), violated: says('violated', NUMBERS), open: says('notEvaluated', NUMBERS) }
const answered = says('kept', FACTS, ANSWERED)

const uses = (name: string, ruleText: string, ...facts: readonly string[]): Case<In> => {
  return { name, rule: LANGUAGE, operation: 'compile', ruleText: described(ruleText), accept: { facts: [...facts] } }
}
const refused =
  (rule = LANGUAGE) =>
  (name: string, ruleText: string): Case<In> => {
    return { name, rule, operation: 'compile', ruleText: described(ruleText), reject: 'DECLARATION_RULE_REFUSED' }
  }
const none = refused()
const tooMuch = refused(BOUNDS)

const many = (count: number, valueText: string): PlainFacts => ({
  ...RUN,
  request: { ...REQUEST, parts: Array.from({ length: count }, (_, index) => text('input', String(index), valueText)) },
})

const EVALUATED: readonly Case<In>[] = [
  violated('tool-of-a-type', "!tools.exists(t, t.type == 'web_search')"),
  kept('tool-without-a-type', "tools.exists(t, t.name == 'untyped' && t.type == '')"),
  kept('names-of-tools', "'lookup' in tools.map(t, t.name) && !('other' in tools.map(t, t.name))"),
  kept('parameter-by-name', "parameters.user == 'bob' && parameters['user'] != 'ann'"),
  kept('parameter-of-another-type-is-not-equal', "parameters.user != 3 && parameters.five != 'five'"),
  open('parameter-that-is-not-there', 'parameters.top_p == 1'),
  violated('parameter-asked-for', 'has(parameters.top_p)'),
  kept('parameter-guarded', "!('top_p' in parameters) || parameters.top_p == 1"),
  kept('parameter-that-is-null', 'parameters.nothing == null'),
  kept('parameter-that-is-a-list', "parameters.stop == ['a', 'bc'] && parameters.stop.all(s, s.size() < 3)"),
  kept('parameter-proto', "parameters['__proto__'].x == 1"),
  kept('header-sent-twice', "parameters['header x-beta'] == 'one, two'"),
  kept('model-asked-for', "models.requested == 'tiny' && models.requested in models.intended"),
  kept('models-that-are-declared', "models.intended == ['small', 'tiny']"),
  kept('roles', "roles.input == 'present' && roles.context == 'absent' && roles.history == 'unobservable'"),
  violated('self-contained', 'selfContained'),
  violated('findings', "findings.all(f, f.finding == 'match')"),
  kept('finding-about-a-whole-role', "findings.exists(f, f.role == 'tools' && f.name == '')"),
  kept('part-by-its-text', "parts.exists(p, p.role == 'input' && p.text.contains('password'))"),
  kept('text-is-counted-in-code-points', "parts.exists(p, p.role == 'input' && p.text.size() == 28)"),
  kept('value-is-counted-in-bytes', "parts.exists(p, p.role == 'input' && p.bytes == 31)"),
  kept('json-part-as-text', "parts.exists(p, p.name == 'tenth' && p.encoding == 'json' && p.text == '0.1')"),
  kept(
    'part-by-its-digest',
    "parts.exists_one(p, p.digest == '213c22ed7234eb11116e1e88f314c73cb3a019b5c87fe224b6ce5665bd9ec50e')",
  ),
  kept('parts-in-their-order', "parts[0].name == 'model' && size(parts) == 19"),
  open('part-that-is-not-there', "parts[19].name == 'x'"),
  kept('endpoint-and-path', "endpoint == 'https://api.example' && path.endsWith('/completions') && method == 'POST'"),
  kept('dialect', "dialect.startsWith('openai-')"),
  kept('time', "boundAt >= timestamp('2026-01-31T12:30:15.250Z') && boundAt < timestamp('2026-02-01T00:00:00.000Z')"),
  kept('hour-and-day-in-utc', 'boundAt.getHours() == 12 && boundAt.getDayOfWeek() == 6 && boundAt.getMonth() == 0'),
  kept('and-with-an-error-that-does-not-matter', "!(parameters.top_p == 1 && method == 'GET')"),
  kept('or-with-an-error-that-does-not-matter', "parameters.top_p == 1 || method == 'POST'"),
  open('or-with-an-error-that-matters', "parameters.top_p == 1 || method == 'GET'"),
  kept('exists-with-an-error-in-another-turn', "parts.exists(p, p.name == 'tenth' || parameters.top_p == 1)"),
  open('response-before-there-is-one', 'response.status == 200'),
  answered('response', "response.status == 200 && 'stop' in response.finishReasons && !has(response.model)"),
  answered('output-counted-in-code-points', 'response.outputs.all(o, o.choice == 0 && o.text.size() == 6)'),
  says('kept', FACTS, RECORD_ONLY)('endpoint-of-a-record-alone', "endpoint != ''"),
  ...['parts', 'tools', 'parameters', 'roles', 'findings', 'models', 'method', 'path', 'selfContained', 'response'].map(
    (fact) =>
      says('notEvaluated', FACTS, RECORD_ONLY)(`${fact.toLowerCase()}-of-a-record-alone`, `[${fact}].size() == 1`),
  ),
  counts.kept('whole-number-beyond-2-53', 'parameters.seed == 9007199254740993'),
  counts.violated('whole-number-beyond-2-53-is-no-other', 'parameters.seed == 9007199254740992'),
  counts.kept('largest-whole-number', 'parameters.most == 9223372036854775807'),
  counts.kept('whole-number-beyond-2-63-is-the-nearest-double', 'parameters.beyond == 9223372036854775808.0'),
  counts.kept('decimal-is-the-nearest-double', 'parameters.temperature == 0.3 && parameters.temperature <= 0.3'),
  counts.kept('decimals-add-as-doubles', 'parameters.tenth + 0.2 != 0.3'),
  counts.kept('whole-number-and-double-compare-by-value', 'parameters.five == 5.0 && parameters.five > 4.5'),
  counts.kept('number-beyond-all-doubles-is-infinite', 'parameters.huge > 1.7976931348623157e308'),
  counts.open('division-by-zero', '1 / 0 == 1'),
  counts.open('whole-numbers-do-not-wrap', 'parameters.most + 1 > 0'),
  says('kept', BOUNDS, many(1000, 'a'))('loop-over-1000-parts', "parts.all(p, p.text == 'a')"),
  says(
    'notEvaluated',
    BOUNDS,
    many(1000, 'a'),
  )('loop-in-a-loop-over-1000-parts', 'parts.all(p, parts.all(q, p.text == q.text))'),
  says(
    'notEvaluated',
    BOUNDS,
    many(1000, 'a'),
  )('bound-that-is-overruled', "parts.all(p, parts.exists(q, q.text == 'b') || true)"),
]

const list = (count: number): string => `[${Array(count).fill('1').join()}]`

const COMPILED: readonly Case<In>[] = [
  uses('no-fact', 'true'),
  uses('facts-sorted', "tools.all(t, t.name != '') && endpoint != ''", 'endpoint', 'tools'),
  uses('over-lines', 'true //\n\t&& // and\n selfContained', 'selfContained'),
  uses('two-loops', 'parts.all(p, parts.exists(q, p.name == q.name))', 'parts'),
  uses('filter-and-map', "parts.filter(p, p.role == 'input').map(p, p.text).exists(t, t == '')", 'parts'),
  uses('conditional', "has(models.requested) ? models.requested != '' : true", 'models'),
  none('empty', ''),
  none('cut-short', 'tools =='),
  none('two-expressions', 'true true'),
  ...[
    ...[
      'true &',
      'true & true',
      'true | true',
      'true = true',
      '(true',
      'true)',
      '!',
      '1 ==',
      '[1 == 1',
      'has(tools.',
      '.tools',
    ],
    ...[
      "'true",
      '"a\nb" == ""',
      "'\\z' == ''",
      '0x == 1',
      '1e == 1',
      '@',
      '# true',
      'true; true',
      '\u00e9 == 1',
      'true ?',
      '? : 1',
    ],
  ].map((rule, index) => none(`spelled-wrong-${index}`, rule)),
  none('no-truth', 'size(parts)'),
  none('no-truth-for-certain', 'parameters.stream'),
  none('unknown-fact', 'prompts.size() == 1'),
  none('unknown-member', "parts.exists(p, p.txt == '')"),
  none('types-that-do-not-compare', 'endpoint > 1'),
  none('variable-of-the-name-of-a-fact', 'parts.all(parts, true)'),
  none('type-as-a-value', 'int == int'),
  none('regular-expression', "endpoint.matches('(a+)+b')"),
  none('letters-of-another-case', "endpoint.lowerAscii() == ''"),
  none('time-zone', "boundAt.getHours('Europe/Berlin') == 1"),
  none('day-of-the-year', 'boundAt.getDayOfYear() == 1'),
  none('time-in-another-form', "boundAt > timestamp('2026-01-31T12:00:00Z')"),
  none('time-that-is-computed', 'boundAt > timestamp(endpoint)'),
  none('duration', "duration('1h') == duration('1h')"),
  none('conversion', "string(1) == '1'"),
  none('dyn', 'dyn(1) == 1'),
  none('bytes', "b'x' == b'x'"),
  none('unsigned', '1u == 1u'),
  none('map', "{'a': 1} == {'a': 1}"),
  none('map-that-gives-more-than-a-member', '[1].map(x, [x, x]).size() == 1'),
  none('map-with-a-filter', "parts.map(p, p.name == '', p.name).size() == 0"),
  none('bind', 'cel.bind(x, 1, x == 1)'),
  none('search-for-what-is-no-literal', 'endpoint.contains(path)'),
  none('loop-over-a-variable', '[parts].all(l, l.all(p, true))'),
  none('loop-over-what-is-computed', '(parts + parts).all(p, true)'),
  none('three-loops', 'parts.all(p, parts.all(q, parts.all(r, true)))'),
  tooMuch('rule-of-2001-characters', `true${' '.repeat(1997)}`),
  tooMuch('nodes', `true${' && true'.repeat(240)}`),
  tooMuch('depth', `${'('.repeat(40)}true${')'.repeat(40)}`),
  tooMuch('list-of-500', `1 in ${list(500)}`),
  tooMuch('search-for-257-characters', `path.contains('${'x'.repeat(257)}')`),
  ...['as', 'break', 'const', 'for', 'function', 'if', 'import', 'let', 'package', 'return', 'var', 'while'].map(
    (word) => none(`reserved-${word}`, `parts.all(${word}, true)`),
  ),
  ...['substring(1)', 'indexOf("a")', 'split("a")', 'trim()', 'upperAscii()', 'lastIndexOf("a")'].map((call, index) =>
    none(`other-method-${index}`, `[endpoint.${call}].size() == 1`),
  ),
  ...['type(1)', 'int("1")', 'double(1)', 'bool("true")', 'bytes("a")', 'uint(1)'].map((call, index) =>
    none(`other-function-${index}`, `[${call}].size() == 1`),
  ),
]

export const policy: Topic<In> = {
  topic: 'policy',
  spec: 'docs/spec/policy.md',
  about:
    'Rules: which texts are rules, and what they say of facts. All of it takes an implementation that evaluates rules; ' +
    'one that does not leaves every result the word of the issuer.',
  operations: OPERATIONS,
  cases: [...EVALUATED, ...COMPILED],
  run: runPolicy,
}
