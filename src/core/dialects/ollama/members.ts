/**
 * What Ollama's APIs have in common.
 *
 * @module
 */
import { each, group, value } from '../json-api/index.ts'

export const OPTIONS = group(
  'parameters',
  each(
    [
      'draft_num_predict',
      'f16_kv',
      'frequency_penalty',
      'low_vram',
      'main_gpu',
      'min_p',
      'mirostat',
      'mirostat_eta',
      'mirostat_tau',
      'num_batch',
      'num_ctx',
      'num_gpu',
      'num_keep',
      'num_predict',
      'num_thread',
      'numa',
      'penalize_newline',
      'presence_penalty',
      'repeat_last_n',
      'repeat_penalty',
      'seed',
      'stop',
      'temperature',
      'tfs_z',
      'top_k',
      'top_p',
      'typical_p',
      'use_mlock',
      'use_mmap',
      'vocab_only',
    ],
    value('parameters'),
  ),
)

export const PARAMETERS = ['keep_alive', 'logprobs', 'shift', 'stream', 'think', 'top_logprobs', 'truncate']

/** Beside the answer itself. */
export const TIMINGS = [
  'created_at',
  'done',
  'done_reason',
  'error',
  'eval_count',
  'eval_duration',
  'load_duration',
  'logprobs',
  'prompt_eval_count',
  'prompt_eval_duration',
  'remote_host',
  'remote_model',
  'total_duration',
]
