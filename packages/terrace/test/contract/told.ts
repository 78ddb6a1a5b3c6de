import type { ApiDocument, Operation, Schema } from '../../src/contract/api-document.ts'
import { diffDocuments } from '../../src/contract/diff/diff-documents.ts'

export const base: Operation = { responses: { 200: { description: 'Done' }, 404: { description: 'None' } } }

export function documentOf(operation: Operation, path = '/things', more: Partial<ApiDocument> = {}): ApiDocument {
  return { openapi: '3.1.1', info: { title: 'A', version: '1' }, paths: { [path]: { post: operation } }, ...more }
}

export const sent = (schema: Schema): Operation => ({
  ...base,
  requestBody: { required: true, content: { 'application/json': { schema } } },
})
export const answered = (schema: Schema, status = 200): Operation => ({
  responses: { ...base.responses, [status]: { description: 'It', content: { 'application/json': { schema } } } },
})

export function told(before: Operation, now: Operation): readonly string[] {
  return diffDocuments(documentOf(before), documentOf(now)).map(({ rule, where }) =>
    `${rule} ${where.replace('POST /things', '')}`.replace(' , ', ' '),
  )
}
export const inBody = (before: Schema, now: Schema) =>
  told(sent(before), sent(now)).map((line) => line.replace(' body', ''))
export const inAnswer = (before: Schema, now: Schema) =>
  told(answered(before), answered(now)).map((line) => line.replace(' 200', ''))

export const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
export const text: Schema = { type: 'string' }
