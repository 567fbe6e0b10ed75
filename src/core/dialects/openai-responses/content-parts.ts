/**
 * What messages and results of the Responses API consist of (`docs/spec/dialects/openai-responses.md`, "Request table").
 *
 * @module
 */
import type { Shape } from '../../spans/index.ts'
import { content, each, type Members, value, variants } from '../json-api/index.ts'

const CACHE: Members = { prompt_cache_breakpoint: value('parameters') }

const TEXT: Members = { text: content('author') }

const IMAGE: Members = { ...each(['image_url', 'file_id', 'detail'], value('author')), ...CACHE }

/** A document: what it says is context, whoever gives it. */
const FILE: Members = {
  file_data: content('result'),
  ...each(['file_id', 'file_url', 'filename', 'detail'], value('result')),
  ...CACHE,
}

const INPUT = { input_text: { ...TEXT, ...CACHE }, input_image: IMAGE, input_file: FILE }
const SAID = { output_text: { ...TEXT, ...each(['annotations', 'logprobs'], value('author')) } }
const SCREENSHOT = { computer_screenshot: IMAGE }

export const MESSAGE_PART: Shape = variants('author', 'type', {
  ...INPUT,
  ...SAID,
  ...SCREENSHOT,
  refusal: { refusal: content('author') },
  input_audio: { input_audio: value('author') },
})

/** Of what a tool of the caller gave back. */
export const OUTPUT_PART: Shape = variants('author', 'type', INPUT)

export const SCREENSHOT_PART: Shape = variants('author', 'type', SCREENSHOT)

export const SUMMARY_PART: Shape = variants('author', 'type', { summary_text: TEXT })

export const REASONING_PART: Shape = variants('author', 'type', { reasoning_text: TEXT })

/** Of what agents tell one another. */
export const AGENT_PART: Shape = variants('author', 'type', {
  ...INPUT,
  encrypted_content: { encrypted_content: value('author') },
})

export const AGENT_OUTPUT_PART: Shape = variants('author', 'type', SAID)
