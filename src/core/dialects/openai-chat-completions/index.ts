export { openaiChatCompletions } from './openai-chat-completions.ts'
