import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createApp } from '../../app/index.ts'
import type { App } from '../../app/index.ts'
import { shape } from '../../dto/index.ts'
import { defineErrors } from '../../errors/index.ts'
import { group, openApiDocument, plain, publicAccess, resource, route } from '../../http/index.ts'
import { graph, integer, model, text, uuid } from '../../model/index.ts'
import { CrudService } from '../../service/index.ts'
import { testClient } from '../test-client.ts'
import { operationsOf } from './api-document.ts'
import type { ApiDocument } from './api-document.ts'
import { fuzz } from './fuzz.ts'
import { requestPlans } from './request-plan.ts'
import { SchemaValues } from './schema-values.ts'

const Note = model('notes', { id: uuid().primaryKey(), title: text().length(1, 40) })
const models = graph({ Note })
class NoteService extends CrudService(models.Note) {}

const testErrors = defineErrors({
  CLOSED: { kind: 'conflict', en: 'Closed', zh: '已关闭', remedy: 'Come back later', values: {} },
})

/** Fails for some numbers only, which no example of the document gives away. */
const halve = route('POST /halve', {
  summary: 'Halve a number',
  body: shape({ n: integer().range(0, 1000) }),
  responses: { 200: shape({ half: integer() }) },
  handler: ({ body }) => {
    if (body.n > 700) throw new Error('Planted')
    return { half: Math.floor(body.n / 2) }
  },
})

const appWith = (routes: Parameters<typeof group>[1]): App =>
  createApp({
    title: 'Planted',
    version: '1.0.0',
    models,
    responses: plain,
    routes: [group({ auth: publicAccess('a test') }, routes)],
  })

const fuzzed = (app: App, options: Partial<Parameters<typeof fuzz>[0]> = {}) =>
  fuzz({
    document: openApiDocument(app),
    client: () => testClient(app, { log: 'silent' }),
    callers: async () => [{}, {}],
    requests: 500,
    seed: 7,
    ...options,
  })

test('finds a handler that fails for some values, and names the request', async () => {
  await expect(fuzzed(appWith([halve]))).rejects.toThrow(
    /POST \/halve \{"n":\d+\} was answered by a status from 500: 500/,
  )
})

test('finds rows that another caller created, unless everybody may see them', async () => {
  const app = appWith([resource(NoteService, { path: '/notes' })])
  await expect(fuzzed(app)).rejects.toThrow(/was answered by a row that another caller created/)
  const { table } = await fuzzed(app, { shared: ['Note'] })
  expect(table.neverSucceeded).toEqual([])
})

test('asks lists in groups and by relations too', () => {
  const document = openApiDocument(appWith([resource(NoteService, { path: '/notes' })])) as ApiDocument
  const plans = requestPlans(fc, operationsOf(document), new SchemaValues(fc, document, new Set()))
  const names = fc.sample(plans, { numRuns: 2_000, seed: 7 }).flatMap(({ query }) => query.map(([name]) => name))
  for (const form of [/^or\[[ab]\.(id|title)/, /^and\[[ab]\.(id|title)/, /^not\[(id|title)/])
    expect(names).toContainEqual(expect.stringMatching(form))
})

test('says which operations never succeeded, and sends at least as many requests as were asked for', async () => {
  const never = route('POST /never', {
    summary: 'Never answers',
    name: 'never',
    errors: [testErrors.CLOSED],
    responses: { 204: null },
    handler: () => {
      throw testErrors.CLOSED()
    },
  })
  const { table } = await fuzzed(appWith([never]))
  expect(table.neverSucceeded).toEqual(['never'])
  expect(table.successShare).toBe(0)
  expect(table.requests).toBeGreaterThanOrEqual(500)
})

test('repeats a run by its seed', async () => {
  const app = appWith([resource(NoteService, { path: '/notes' })])
  const runs = [await fuzzed(app, { shared: ['Note'] }), await fuzzed(app, { shared: ['Note'] })]
  expect(`${runs[0]?.table}`).toBe(`${runs[1]?.table}`)
})
