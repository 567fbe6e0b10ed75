/**
 * What messages and results of the Responses API consist of (`docs/spec/dialects/openai-responses.md`, "Request table").
 *
 * @module
 */
import type { Shape } from '../../spans/index.ts'
import { content, each, value, variants } from '../json-api/index.ts'

const CACHE = { prompt_cache_breakpoint: value('parameters') }

const IMAGE = { ...each(['image_url', 'file_id', 'detail'], value('author')), ...CACHE }

export const CONTENT_PART: Shape = variants('author', 'type', {
  input_text: { text: content('author'), ...CACHE },
  output_text: { text: content('author'), ...each(['annotations', 'logprobs'], value('author')) },
  refusal: { refusal: content('author') },
  reasoning_text: { text: content('author') },
  summary_text: { text: content('author') },
  input_image: IMAGE,
  computer_screenshot: IMAGE,
  input_audio: { input_audio: value('author') },
  // A document: what it says is context, whoever gives it.
  input_file: {
    file_data: content('result'),
    ...each(['file_id', 'file_url', 'filename', 'detail'], value('result')),
    ...CACHE,
  },
  encrypted_content: { encrypted_content: value('author') },
})
