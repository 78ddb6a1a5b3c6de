import { expect, test } from 'vitest'
import { actor, graph, integer, json, model, text, timestamps, uuid } from '../model/index.ts'
import { listQuery } from './list-query.ts'
import type { ListRequest } from './list-query.ts'
import type { WireContext } from './wire-context.ts'
import { readOf } from '../dto/index.ts'
import { readQueryString } from './query-string.ts'

const Note = model(
  'notes',
  {
    id: uuid().primaryKey(),
    title: text().length(1, 50),
    size: integer(),
    secret: text().length(1, 9).hidden(),
    extra: json(),
    ...timestamps(),
  },
  { access: actor() },
)
const models = graph({ Note })
const facts = { model: models.Note, shape: readOf(models.Note.fact), include: null }
const wire: WireContext = { names: 'camel', shapeOf: readOf }
const list = (query: string) => listQuery(facts, { sort: ['title'] })(wire).read(readQueryString(query)) as ListRequest
const issuesOf = (query: string) => {
  try {
    list(query)
  } catch (error) {
    const { code, issues } = error as { code: string; issues: readonly { path: string; code: string }[] }
    return [code, ...issues.map((issue) => `${issue.path} ${issue.code}`)]
  }
  return []
}

test('gives the first 20 rows in the declared order where nothing is said', () => {
  expect(list('')).toEqual({
    page: { limit: 20, offset: 0, byPage: false, cursor: null, texts: new Map(), names: expect.anything() },
    sort: ['title'],
    where: null,
    include: null,
    projection: null,
    total: true,
  })
})

test('D1: reads limit and offset', () => {
  expect(list('limit=5&offset=40').page).toMatchObject({ limit: 5, offset: 40, byPage: false })
})

test('A4: reads page and pageSize', () => {
  expect(list('page=3&pageSize=15').page).toMatchObject({ limit: 15, offset: 30, byPage: true })
  expect(list('page=2').page).toMatchObject({ limit: 20, offset: 20, byPage: true })
})

test('reads a sort by several columns, and total=false', () => {
  expect(list('sort=-createdAt,title&total=false')).toMatchObject({ sort: ['-createdAt', 'title'], total: false })
})

test.each([
  ['limit=0', '/limit RANGE'],
  ['limit=101', '/limit RANGE'],
  ['limit=-1', '/limit TYPE'],
  ['limit=1e1', '/limit TYPE'],
  ['limit=', '/limit TYPE'],
  ['limit=%2B1', '/limit TYPE'],
  ['limit=1&limit=2', '/limit REPEATED'],
  ['offset=-1', '/offset TYPE'],
  ['offset=99999999999999', '/offset RANGE'],
  ['page=0', '/page RANGE'],
  ['pageSize=101', '/pageSize RANGE'],
  ['page=21474838&pageSize=100', '/page RANGE'],
  ['page=99999999999999', '/page RANGE'],
  ['page=1&limit=5', '/limit EXCLUSIVE'],
  ['pageSize=1&offset=5', '/offset EXCLUSIVE'],
  ['total=no', '/total TYPE'],
  ['sort=title,-title', '/sort REPEATED'],
])('refuses the value in %s', (query, issue) => {
  expect(issuesOf(query)).toEqual(['VALIDATION', issue])
})

test.each([
  ['titel=1', '/titel UNKNOWN'],
  ['constructor=1', '/constructor UNKNOWN'],
  ['__proto__=1', '/__proto__ UNKNOWN'],
  ['sort=secret', '/sort UNKNOWN'],
  ['sort=nothing', '/sort UNKNOWN'],
  ['sort=extra', '/sort UNKNOWN'],
  ['sort=', '/sort UNKNOWN'],
  ['sort=title,,size', '/sort UNKNOWN'],
  ['sort=--title', '/sort UNKNOWN'],
])('a name that may not be read is as unknown as any other: %s', (query, issue) => {
  expect(issuesOf(query)).toEqual(['UNKNOWN_QUERY', issue])
})

test('refuses a query that is not UTF-8', () => {
  for (const query of ['limit=%', 'limit=%ff', '%c3%28=1']) expect(issuesOf(query)).toEqual(['URL_MALFORMED'])
})

test('names every parameter for the documentation', () => {
  expect(listQuery(facts)(wire).parameters.map(({ name }) => name)).toEqual([
    'limit',
    'offset',
    'page',
    'pageSize',
    'cursor',
    'sort',
    'total',
    'fields',
    'id',
    'id[not]',
    'id[in]',
    'id[notIn]',
    'id[gt]',
    'id[gte]',
    'id[lt]',
    'id[lte]',
    'title',
    'title[in]',
    'size',
    'size[not]',
    'size[in]',
    'size[notIn]',
    'size[gt]',
    'size[gte]',
    'size[lt]',
    'size[lte]',
    ...['createdAt', 'updatedAt'].flatMap((name) =>
      ['', '[not]', '[in]', '[notIn]', '[gt]', '[gte]', '[lt]', '[lte]'].map((operator) => `${name}${operator}`),
    ),
    'and',
    'or',
    'not',
  ])
})
