import type { JsonSchema } from '../dto/index.ts'

const text: JsonSchema = { type: 'string' }

/** The schema of the entries of a validation error. */
export const issueListSchema: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      in: { type: 'string', enum: ['body', 'query', 'path', 'header'] },
      path: text,
      code: text,
      message: text,
    },
    required: ['in', 'path', 'code', 'message'],
    additionalProperties: false,
  },
}
