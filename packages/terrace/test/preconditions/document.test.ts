import { expect, test } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import { content, group, openApiDocument, resource, route } from '../../src/http/index.ts'
import type { OperationObject, ParameterObject } from '../../src/http/index.ts'
import { appOf, NoteService, notes, PlainService, strictNotes, person } from './app.ts'
import { idempotentApp, models } from './idempotent-app.ts'
import { models as noteModels } from './models.ts'

type Document = ReturnType<typeof openApiDocument>

function operationsOf(document: Document): ReadonlyMap<string, OperationObject> {
  const all = Object.values(document.paths).flatMap((path) => Object.values(path as Record<string, OperationObject>))
  return new Map(all.map((operation) => [operation.operationId, operation]))
}

/** `If-Match!` is required. */
function headersOf(document: Document, { parameters = [] }: OperationObject): readonly string[] {
  return parameters
    .map((parameter) =>
      '$ref' in parameter
        ? (document.components.parameters?.[parameter.$ref.split('/').at(-1) ?? ''] as ParameterObject)
        : parameter,
    )
    .filter((parameter) => parameter.in === 'header')
    .map(({ name, required }) => (required ? `${name}!` : name))
}

const asked = [304, 409, 412, 422, 428]

function facts(document: Document): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    [...operationsOf(document)].map(([id, operation]) => [
      id,
      [
        headersOf(document, operation),
        Object.keys(operation.responses)
          .map(Number)
          .filter((status) => asked.includes(status)),
      ],
    ]),
  )
}

test('headers and statuses stand in the document where they can happen, and only there', () => {
  expect(
    facts(openApiDocument(appOf([notes, resource(PlainService, { path: '/plains', only: ['get', 'patch'] })]))),
  ).toMatchObject({
    listNotes: [['If-None-Match'], [304, 422]],
    getNote: [['If-None-Match'], [304, 422]],
    createNote: [[], [422]],
    patchNote: [['If-Match'], [412, 422]],
    replaceNote: [['If-Match'], [412, 422]],
    deleteNote: [['If-Match'], [412]],
    restoreNote: [['If-Match'], [412]],
    getPlain: [['If-None-Match'], [304, 422]],
    patchPlain: [[], [422]],
  })
  expect(facts(openApiDocument(appOf([strictNotes])))).toMatchObject({
    createNote: [[], [422]],
    patchNote: [['If-Match!'], [412, 422, 428]],
    deleteNote: [['If-Match!'], [412, 428]],
    restoreNote: [['If-Match!'], [412, 428]],
  })
  expect(facts(openApiDocument(idempotentApp()))).toMatchObject({
    listOrders: [['If-None-Match'], [304, 422]],
    createOrder: [['Idempotency-Key'], [409, 422]],
    patchOrder: [
      ['If-Match', 'Idempotency-Key'],
      [409, 412, 422],
    ],
    replaceOrder: [['If-Match'], [412, 422]],
    restoreOrder: [
      ['If-Match', 'Idempotency-Key'],
      [409, 412, 422],
    ],
    pay: [['Idempotency-Key!'], [409, 422]],
    unkept: [[], []],
    report: [[], []],
  })
})

test('answers that are tagged or given again say so', () => {
  const document = openApiDocument(idempotentApp())
  const operations = operationsOf(document)
  const names = (id: string, status: number) =>
    Object.keys((operations.get(id)?.responses[status] as { headers?: object } | undefined)?.headers ?? {})
  expect(names('createOrder', 201)).toEqual(expect.arrayContaining(['ETag', 'Idempotency-Replayed', 'Location']))
  expect(names('getOrder', 304)).toEqual(['X-Request-Id', 'ETag'])
  expect(names('unkept', 201)).not.toContain('Idempotency-Replayed')
  expect(names('deleteOrder', 204)).not.toContain('ETag')
})

const declared = { title: 'Wrong', version: '1.0.0' }
const notesGroup = group({ auth: person }, [
  resource(NoteService, { path: '/notes', operations: { create: { idempotency: 'required' } } }),
])

test.each([
  [
    'a key that is needed where no answers are kept',
    () => createApp({ ...declared, models: noteModels, routes: [notesGroup] }),
    'the app keeps no answers',
  ],
  [
    'keys of another graph',
    () => createApp({ ...declared, models: noteModels, routes: [], idempotency: { keys: models.IdempotencyKey } }),
    'no model of the app that idempotencyKeys() gave',
  ],
  ['no time at all', () => idempotentApp({ keepSeconds: 0 }), 'it keeps answers for 0 seconds'],
  [
    'a key for a GET',
    () =>
      route('GET /x', { summary: 'x', responses: { 204: null }, idempotency: 'optional', handler: () => undefined }),
    'changes nothing',
  ],
  [
    'a key for the list of a resource',
    () => resource(NoteService, { path: '/notes', operations: { list: { idempotency: 'required' } } }),
    'its list takes an idempotency-key, and changes nothing',
  ],
  [
    'a key for content',
    () =>
      route('POST /x', {
        summary: 'x',
        responses: { 200: content('text/csv') },
        idempotency: 'required',
        handler: () => 'a,b',
      }),
    'answers content, which is not kept',
  ],
])('%s is refused where it is declared', (_, declare, message) => {
  expect(declare).toThrow(
    expect.objectContaining({ code: 'APP_DECLARATION', message: expect.stringContaining(message) }),
  )
})
