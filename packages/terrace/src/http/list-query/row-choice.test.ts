import { expect, test } from 'vitest'
import { readOf } from '../../dto/index.ts'
import { graph, identity, model, reference, text } from '../../model/index.ts'
import type { Columns } from '../../model/index.ts'
import { listQuery } from '../list-query.ts'
import type { ListRequest } from '../list-query.ts'
import { readQueryString } from '../query-string.ts'

const Place = model('places', { id: identity(), name: text().length(1, 9) })
const links: Columns = Object.fromEntries(
  Array.from({ length: 22 }, (_, at) => [`p${at}Id`, reference(Place, { inverse: `things${at}` })]),
)
const { Thing } = graph({ Place, Thing: model('things', { id: identity(), ...links }) })

const query = listQuery({ model: Thing, shape: readOf(Thing.fact), include: null })({ names: 'camel', shapeOf: readOf })
const read = (asked: string) => query.read(readQueryString(asked)) as ListRequest

test('takes twenty relations and not one more', () => {
  const names = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`).join(',')
  expect(Object.keys(read(`include=${names(20)}`).include ?? {})).toHaveLength(20)
  expect(() => read(`include=${names(21)}`)).toThrow(
    expect.objectContaining({ issues: [expect.objectContaining({ path: '/include', code: 'TOO_MANY' })] }),
  )
  // Twenty from the first, one more below it.
  expect(() => read(`include=${names(20)},p1.things3`)).toThrow(expect.objectContaining({ code: 'VALIDATION' }))
})

test('gives the same projection for the same choice, and another for another', () => {
  const projection = (asked: string) => read(asked).projection
  expect(projection('fields=id&include=p1')).toBe(projection('include=p1&fields=id&limit=3'))
  expect(projection('fields=id&include=p1')).not.toBe(projection('fields=id'))
  expect(projection('include=p1')).not.toBeNull()
  // Whatever stands in one text cannot be taken for the other, or for none.
  expect(() => read('fields=&include=p1')).toThrow(expect.objectContaining({ code: 'UNKNOWN_QUERY' }))
  expect(() => read('fields=id%26include=p1')).toThrow(expect.objectContaining({ code: 'UNKNOWN_QUERY' }))
  expect(projection('limit=1')).toBeNull()
})

test('describes sort, fields and include by patterns that take just what is taken', () => {
  const patterns = new Map(query.parameters.map(({ name, schema }) => [name, new RegExp(schema.pattern ?? '', 'u')]))
  const taken = (name: string, texts: readonly string[]) => texts.filter((value) => patterns.get(name)?.test(value))
  expect(taken('sort', ['id', '-id', '-p0Id,id', '', 'ID', 'id,', '--id', 'p0'])).toEqual(['id', '-id', '-p0Id,id'])
  expect(taken('fields', ['id', 'p0Id,id', '-id', 'name', 'id,,id'])).toEqual(['id', 'p0Id,id'])
  // More paths than can be listed: the first names are, what follows them is held by the route alone.
  expect(taken('include', ['p0', 'p1.things3', 'p1,p0.things1.p2', 'places', 'p1.', 'p0Id'])).toEqual([
    'p0',
    'p1.things3',
    'p1,p0.things1.p2',
  ])
  const described = query.parameters.filter(
    ({ schema }) => schema.pattern !== undefined && schema.examples !== undefined,
  )
  expect(described.map(({ name, schema }) => taken(name, (schema.examples ?? []).map(String)).length)).toEqual([
    1, 1, 1,
  ])
})
