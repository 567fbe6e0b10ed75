/**
 * Every error code: what it means, what to do, its HTTP status and its exit code (`docs/spec/verdicts.md`).
 *
 * Exit codes: 1 invalid, 2 usage or malformed trust policy, 3 valid and not trusted, 4 nothing found, 5 composition or a
 * required check not met, 6 could not be done.
 *
 * @module
 */

interface CodeEntry {
  readonly meaning: string
  readonly hint: string
  readonly status: number
  readonly exit: 1 | 2 | 3 | 4 | 5 | 6
}

const entry = (meaning: string, hint: string, status: number, exit: CodeEntry['exit']): CodeEntry => ({
  meaning,
  hint,
  status,
  exit,
})

const AS_RECEIVED = 'Get the file again from whoever issued it; do not repair it by hand.'
const AS_SERVED = 'Fetch it again; if it stays so, keep it as evidence and ask the log.'

export const ERROR_CODES = {
  // Encodings
  HEX_MALFORMED: entry('Not lowercase hexadecimal of the expected length.', AS_RECEIVED, 400, 1),
  BASE64_MALFORMED: entry('Not canonical base64 (RFC 4648 section 4, with padding).', AS_RECEIVED, 400, 1),
  UTF8_MALFORMED: entry('Not valid UTF-8.', 'Save the file as UTF-8.', 400, 1),
  TIME_MALFORMED: entry('Not an RFC 3339 UTC time of the form 2026-01-31T00:00:00.000Z.', AS_RECEIVED, 400, 1),
  // JSON
  JSON_MALFORMED: entry('Not JSON (RFC 8259).', 'Check the place that the message names.', 400, 1),
  JSON_DUPLICATE_KEY: entry('An object has the same key twice.', 'Remove one of the two members.', 400, 1),
  JSON_LONE_SURROGATE: entry('A string has half of a surrogate pair.', 'Write the whole character.', 400, 1),
  JSON_NUMBER_RANGE: entry(
    'A number cannot be represented exactly where an exact one is needed.',
    'Use an integer of at most 2^53 - 1 in size.',
    400,
    1,
  ),
  JSON_TOO_DEEP: entry('JSON is nested too deeply.', 'Flatten the document.', 400, 1),
  JSON_TOO_LARGE: entry('A document is larger than its bound.', 'Split it.', 413, 1),
  JSON_NOT_CANONICAL: entry('A document of ours is not in RFC 8785 form.', AS_RECEIVED, 400, 1),
  SCHEMA_MISMATCH: entry(
    'A document lacks a required member, has an unknown one or a wrong type.',
    'Compare it with docs/spec.',
    400,
    1,
  ),
  VERSION_UNSUPPORTED: entry(
    'A format or version that this software does not know.',
    'Use a version of colophon that knows it.',
    400,
    1,
  ),
  // Envelopes, signatures
  DSSE_MALFORMED: entry('Not a DSSE envelope with exactly one signature.', AS_RECEIVED, 400, 1),
  STATEMENT_MALFORMED: entry('Not an in-toto Statement v1 of the expected predicate type.', AS_RECEIVED, 400, 1),
  BUNDLE_MALFORMED: entry('Not a Sigstore bundle v0.3 of the form that records have.', AS_RECEIVED, 400, 1),
  SIGNATURE_MALFORMED: entry(
    'Not a strict DER, low-S ECDSA P-256 signature, or not a canonical Ed25519 signature.',
    AS_RECEIVED,
    400,
    1,
  ),
  SIGNATURE_INVALID: entry('A signature does not verify.', AS_RECEIVED, 400, 1),
  KEY_MALFORMED: entry('Not a key of the expected form.', 'Compare it with what `colophon trust show` prints.', 400, 2),
  // Log
  NOTE_MALFORMED: entry('Not a C2SP signed note.', AS_RECEIVED, 400, 1),
  CHECKPOINT_MALFORMED: entry('Not a C2SP checkpoint.', AS_RECEIVED, 400, 1),
  PROOF_MALFORMED: entry('Not a C2SP tlog-proof.', AS_RECEIVED, 400, 1),
  CHECKPOINT_ORIGIN: entry('A checkpoint is of another log than expected.', AS_RECEIVED, 400, 1),
  SIGNATURE_MISSING: entry('A document lacks a signature by the expected key.', AS_RECEIVED, 400, 1),
  PROOF_LENGTH: entry('A Merkle proof has the wrong number of hashes.', AS_RECEIVED, 400, 1),
  PROOF_INVALID: entry('A Merkle proof does not lead to the root hash.', AS_RECEIVED, 400, 1),
  TILE_PATH_MALFORMED: entry(
    'Not the path of a hash tile or entry bundle (C2SP tlog-tiles).',
    'Compare it with C2SP tlog-tiles; groups of three digits, all but the last with x.',
    400,
    1,
  ),
  TILE_NOT_FOUND: entry(
    'The log has no such hash tile or entry bundle.',
    'Ask for what the checkpoint covers, at its width.',
    404,
    4,
  ),
  TILE_MALFORMED: entry('Not a hash tile or entry bundle of the expected width.', AS_SERVED, 400, 1),
  TILE_MISMATCH: entry('A hash tile is not of the tree that the log signed.', AS_SERVED, 400, 1),
  LOG_UNREACHABLE: entry('The log cannot be reached, or does not serve its files.', 'Check its address.', 502, 6),
  ENTRY_MALFORMED: entry('Not a hashedrekord 0.0.2 log entry in canonical form.', AS_RECEIVED, 400, 1),
  // Our documents
  DECLARATION_MALFORMED: entry('A declaration is not in order.', 'Compare it with docs/spec/declaration.md.', 400, 2),
  DECLARATION_ROLE_MISSING: entry(
    'A declaration says nothing about a role.',
    'Add the role as fixed, slot, absent or any.',
    400,
    2,
  ),
  DECLARATION_POLICY_MALFORMED: entry(
    "A declaration's policy is neither `strict` nor a mode with rules.",
    'Compare it with docs/guide/policy.md.',
    400,
    2,
  ),
  DECLARATION_RULE_REFUSED: entry(
    'A policy rule is not one that can be evaluated.',
    'Look at the line and column that the message names; docs/spec/policy.md has the facts and functions.',
    400,
    2,
  ),
  DECLARATION_UNKNOWN: entry(
    'No such declaration in this store.',
    'Declare it first: colophon declare FILE, with --gateway URL where a gateway is running.',
    404,
    4,
  ),
  CONTEXT_UNKNOWN: entry(
    'A reference in Colophon-Context names no passages that this gateway has.',
    'Put them again (PUT /passages) and use the reference in the answer; a gateway forgets them when it restarts.',
    409,
    2,
  ),
  CONTEXT_TOO_LARGE: entry(
    'There are more passages, or longer prompts, than passages are looked for in.',
    'Name fewer passages for this request.',
    413,
    2,
  ),
  YAML_UNSUPPORTED: entry(
    'A YAML feature that declarations do not allow.',
    'Write the value out: no anchors, aliases, tags, merge keys or duplicate keys.',
    400,
    2,
  ),
  CUT_LIST_MALFORMED: entry(
    'A cut list is not sorted, disjoint and inside strings.',
    'Compare it with docs/spec/spans.md.',
    400,
    2,
  ),
  DISCLOSURE_MALFORMED: entry('Not a disclosure.', AS_RECEIVED, 400, 1),
  DISCLOSURE_SEALED: entry(
    'A disclosure is sealed with age for keys that were not given.',
    'Name the file with your age identity: --identity FILE; or leave it aside: --no-disclosure.',
    400,
    2,
  ),
  TRUST_POLICY_MALFORMED: entry('Not a trust policy.', 'Compare it with docs/spec/trust-policy.md.', 400, 2),
  TRUST_CONFLICT: entry(
    'Two trust policies contradict each other.',
    'Compare with the owner of the key. What narrows trust is taken over by --update; else remove one of the two first.',
    409,
    6,
  ),
  KEY_UNKNOWN: entry('No such key in the trust policy.', 'See colophon trust show.', 404, 4),
  RECORD_NOT_FOUND: entry('No record was found.', 'Name it: --record FILE.', 404, 4),
  RUN_OPEN: entry(
    'A run is still open: its answer may be under way.',
    'Wait for its end. A run whose process died stays open; its contents go with the store.',
    409,
    4,
  ),
  RUN_ERASED: entry(
    'The contents of a run were erased.',
    'Nothing brings them back here. Record and log are as valid as before; a disclosure made earlier opens it still.',
    410,
    4,
  ),
  RUN_UNKNOWN: entry('No such run in this store.', 'Check the run id.', 404, 4),
  PART_UNKNOWN: entry(
    'A run has no such part: no such place, text, response or declaration.',
    'Open all of it, and look: colophon disclose RUN --all, then colophon explain --map.',
    404,
    4,
  ),
  // Verdicts of the verifier
  RECORD_INCONSISTENT: entry('The parts of a record contradict one another.', AS_RECEIVED, 400, 1),
  ENTRY_MISMATCH: entry('A log entry is of something else than the record.', AS_RECEIVED, 400, 1),
  ORDER_INVALID: entry(
    'Log indexes contradict the order in which statements contain one another.',
    AS_RECEIVED,
    400,
    1,
  ),
  OUTPUT_MISMATCH: entry('The file is not an output of this run, byte for byte.', AS_RECEIVED, 400, 1),
  DISCLOSURE_MISMATCH: entry('A disclosure is of another run, or does not open its commitments.', AS_RECEIVED, 400, 1),
  CLOSURE_BROKEN: entry(
    'Spans are labelled otherwise than their bytes say, or do not tile the body.',
    AS_RECEIVED,
    400,
    1,
  ),
  COMPOSITION_MISMATCH: entry('The recorded findings differ from the recomputed ones.', AS_RECEIVED, 400, 1),
  POLICY_MISMATCH: entry('The recorded results of policy rules differ from the recomputed ones.', AS_RECEIVED, 400, 1),
  MODEL_MISMATCH: entry('The recorded model names differ from those in the bytes.', AS_RECEIVED, 400, 1),
  COMPLETION_MISMATCH: entry('The recorded end of the answer differs from what its bytes show.', AS_RECEIVED, 400, 1),
  DECLARATION_MISMATCH: entry(
    'A declaration or its contents differ from what the run was bound to.',
    AS_RECEIVED,
    400,
    1,
  ),
  KEY_NOT_TRUSTED: entry(
    'A key is not among the signers of the trust policy.',
    'Compare the key id with its owner.',
    400,
    3,
  ),
  KEY_REVOKED: entry(
    'A statement lies beyond the point from which on the trust policy has its key revoked.',
    'Do not rely on it: somebody else may have signed it. Ask the issuer.',
    400,
    3,
  ),
  KEY_OUTSIDE_VALIDITY: entry(
    'A statement lies outside the positions or times for which the trust policy has its key valid.',
    'Get the newest trust policy of the issuer, and compare its fingerprints: colophon trust show.',
    400,
    3,
  ),
  TRUSTED_TIME_MISSING: entry(
    'A key is valid up to or from a time, and no witness of the trust policy says when the statement was there.',
    'Get the record with a cosignature of a witness that the policy names, or name the witness.',
    400,
    3,
  ),
  LOG_NOT_TRUSTED: entry(
    'A log is not among the logs of the trust policy.',
    'Compare the log key with its operator.',
    400,
    3,
  ),
  ANSWER_INCOMPLETE: entry('The answer did not end as its API says an answer ends.', 'Ask again.', 400, 5),
  CAPTURE_NOT_ACCEPTED: entry(
    'The trust policy does not accept this capture point.',
    'See `captures` in the policy.',
    400,
    5,
  ),
  DECLARATION_NOT_AGREED: entry(
    'The run was bound to another declaration than was agreed.',
    'Compare the two with diff.',
    400,
    5,
  ),
  // The machine
  USAGE: entry('The command was not understood.', 'See --help.', 400, 2),
  FILE_UNREADABLE: entry('A file cannot be read.', 'Check its name and permissions.', 500, 2),
  FILE_UNWRITABLE: entry(
    'A file cannot be written.',
    'Check the folder, its permissions and the space on the disk.',
    500,
    6,
  ),
  FILE_EXISTS: entry(
    'A file is already there and would be overwritten.',
    'Move it away, or choose another name.',
    409,
    6,
  ),
  FILE_TOO_LARGE: entry('A file is larger than its bound.', 'Check that it is the right file.', 413, 2),
  CONFIG_MALFORMED: entry("An issuer's config.json is not in order.", 'Compare it with what init writes.', 500, 2),
  KEY_PERMISSIONS: entry('A key file can be read by others.', 'Run: chmod 600 FILE.', 500, 6),
  KEY_IN_USE: entry('The key is the one that signs now.', 'Replace it first: colophon keys rotate.', 409, 6),
  KEY_ROTATING: entry("The issuer's key is being replaced.", 'Finish that first: colophon keys rotate.', 503, 6),
  FILE_PERMISSIONS: entry(
    'A file or folder of an issuer can be read by others.',
    'Run: chmod go= FILE; prompts and answers are in the store.',
    500,
    6,
  ),
  TRUST_FILE_MISMATCH: entry(
    'A file that is handed out is not of the keys that the issuer signs with.',
    'Bring back the one that was made with these keys, and hand it out again.',
    500,
    6,
  ),
  LEFTOVER_FILE: entry(
    'A command that was killed left a file or folder behind.',
    'Where no command runs, delete it; a folder of init has keys in it that nothing was signed with.',
    500,
    6,
  ),
  DISK_SPACE_LOW: entry('The disk of the store is nearly full.', 'Make room on it, or move the store.', 500, 6),
  NETWORK_FILE_SYSTEM: entry(
    'The store lies on a network file system.',
    'Move the issuer to a disk of this machine: SQLite relies on its locks and syncs.',
    500,
    6,
  ),
  STORE_MISSING: entry('There is no store here.', 'Create one: colophon init.', 500, 6),
  STORE_LOCKED: entry(
    'Another process has this store open.',
    'Where it is a gateway, go through it: --gateway URL. Else stop it, or use another folder: --dir.',
    503,
    6,
  ),
  STORE_FAILED: entry('The store could not be read or written.', 'Check the disk; nothing was acknowledged.', 503, 6),
  STORE_DAMAGED: entry('The store contradicts itself.', 'Do not write to it; restore a copy.', 500, 6),
  LOG_BUSY: entry('The log has more entries waiting than its bound, or writes too slowly.', 'Try again later.', 503, 6),
  LOG_HEAD_MISSING: entry(
    'The store has a log, and the head store, which remembers its last checkpoint, is not there or empty.',
    'Bring the head store back; if it is lost and the store is the newest: colophon log resume --size N.',
    500,
    6,
  ),
  LOG_HEAD_FOREIGN: entry(
    'The head store remembers a checkpoint of another log, or one that the key of this log did not sign.',
    'Use the head store that belongs to this log: see `head` in config.json.',
    500,
    6,
  ),
  LOG_HEAD_BEHIND: entry(
    'The head store is older than the store by more than one commit.',
    'Bring back the newest head store; if it is lost and the store is the newest: colophon log resume --size N.',
    500,
    6,
  ),
  LOG_HEAD_CHANGED: entry(
    'The head store changed while this log was open: somebody else writes under the same key.',
    'Find the other process and stop it; then open the log again.',
    500,
    6,
  ),
  LOG_ROLLED_BACK: entry(
    'The store is older than the last checkpoint that its log signed.',
    'Bring back the newest store. If it is lost, this log can never sign again: make a new one under a new origin.',
    500,
    6,
  ),
  LOG_FORKED: entry(
    'Store and head store hold two trees of which neither continues the other.',
    'Bring back the store that belongs to the head store. If it is lost, make a new log under a new origin.',
    500,
    6,
  ),
  LOG_SIZE_MISMATCH: entry(
    'The log has another size than the operator says.',
    'Look where the newest store is; name its size only if it is this one.',
    409,
    6,
  ),
  CLOCK_BEHIND: entry(
    'The clock is behind the last checkpoint that the log signed.',
    'Set the clock. If it is right and was ahead before: stop the gateway, then colophon log resume --size N.',
    503,
    6,
  ),
  CLOCK_STOPPED: entry('The clock of the machine stands still.', 'Set the clock going again.', 503, 6),
  SQLITE_TOO_OLD: entry(
    'This Node has an SQLite below 3.51.3, which can corrupt a database.',
    'Use Node 22.23.3, 24.15 or later.',
    500,
    6,
  ),
  NODE_TOO_OLD: entry('This Node is too old.', 'Use Node 22.13 or later.', 500, 6),
  PORT_IN_USE: entry('The port is taken.', 'Choose another one: --port.', 500, 6),
  ADDRESS_UNUSABLE: entry('The address cannot be listened on.', 'Check --host and --port.', 500, 6),
  TOKEN_REQUIRED: entry(
    'Listening beyond this machine takes a token.',
    'Set COLOPHON_TOKEN, or listen on 127.0.0.1.',
    500,
    2,
  ),
  UNAUTHORIZED: entry(
    'The token is missing or wrong.',
    'Send it: Authorization: Bearer TOKEN, or Colophon-Token.',
    401,
    6,
  ),
  UPSTREAM_UNREACHABLE: entry('The upstream cannot be reached.', 'Start it, or check --upstream.', 502, 6),
  UPSTREAM_CUT: entry('The upstream ended its answer early.', 'Ask again.', 502, 6),
  UPSTREAM_TIMEOUT: entry('The upstream did not answer in time.', 'Ask again.', 504, 6),
  UPSTREAM_UNREADABLE: entry(
    "The upstream's answer has a content encoding that is wrong, unknown or in several layers, or it is too large.",
    'Ask again without Accept-Encoding.',
    502,
    6,
  ),
  UPSTREAM_REFUSED: entry('The upstream refused the request.', 'Its own message says why.', 502, 6),
  REQUEST_TOO_LARGE: entry(
    'The request is larger than the gateway takes.',
    'Send less: fewer or shorter messages.',
    413,
    6,
  ),
  REQUEST_ENCODED: entry('The request body is compressed.', 'Send it without Content-Encoding.', 415, 6),
  HEADER_MALFORMED: entry(
    'A Colophon header of the request is not in order.',
    'Colophon-Nonce takes 64 lowercase hexadecimal digits, Colophon-Inline takes 1.',
    400,
    2,
  ),
  PATH_NOT_CAPTURED: entry(
    'The gateway does not capture this path, so it does not pass it on.',
    'Use POST /v1/chat/completions.',
    404,
    6,
  ),
  METHOD_NOT_ALLOWED: entry('This path does not take this method.', 'See the Allow header.', 405, 2),
  POLICY_REFUSED: entry(
    'The declared policy refuses this request, so it was not sent.',
    'The record of the run names the rules.',
    403,
    5,
  ),
  RUN_NOT_RECORDED: entry(
    'The run could not be recorded, so its answer was not finished.',
    "See the gateway's log.",
    503,
    6,
  ),
  MODEL_MALFORMED: entry('Not a GGUF model that this engine runs.', 'Use models/colophon-tiny.gguf.', 400, 2),
  INTERNAL: entry('A mistake in colophon itself.', 'Please report it with what you did.', 500, 6),
} as const satisfies Record<string, CodeEntry>

export type ErrorCode = keyof typeof ERROR_CODES
