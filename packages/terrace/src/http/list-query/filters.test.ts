import { expect, test } from 'vitest'
import { readOf } from '../../dto/index.ts'
import {
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  float,
  graph,
  identity,
  integer,
  json,
  model,
  native,
  oneOf,
  smallint,
  text,
  time,
  timestamp,
  uuid,
} from '../../model/index.ts'
import type { Columns } from '../../model/index.ts'
import { readQueryString } from '../query-string.ts'
import { mostFilterTerms, readFilterConditions } from './filter-conditions.ts'
import { namedTerms } from './filter-language.ts'
import { FilterLevel } from './filter-level.ts'
import { filterParameters, filtersOf } from './filters.ts'
import { Includable } from './includable.ts'
import type { QueryReading } from './query-reading.ts'
import { readableColumns } from './readable-columns.ts'

const wire = { names: 'camel', shapeOf: readOf } as const

function levelOf(columns: Columns) {
  const { Thing } = graph({ Thing: model('things', columns) })
  const sources = { includable: new Includable(Thing, null, wire), wire }
  return new FilterLevel(Thing.fact, filtersOf(readableColumns(Thing.fact, [readOf(Thing.fact)], 'camel')), { sources })
}

function conditionsOf(reading: QueryReading, level: FilterLevel) {
  return readFilterConditions(reading, namedTerms(reading.texts, new Set(), level).terms)
}

const things = levelOf({
  id: identity(),
  key: uuid(),
  name: text().length(1, 3).nullable(),
  note: text().filterable('contains', 'startsWith', 'endsWith'),
  small: smallint().range(0, 9),
  big: bigint(),
  price: decimal(9, 2),
  rate: decimal(9, 2, { json: 'number' }),
  weight: float(),
  isOpen: boolean().nullable(),
  madeAt: timestamp(),
  soldAt: timestamp({ precision: 6 }),
  day: date(),
  hour: time(),
  kind: oneOf('a', 'b'),
  extra: json().nullable(),
  more: json(),
  tags: array(text()).nullable(),
  photo: bytes().nullable(),
  place: native('point'),
})

const { filters } = things

function read(query: string) {
  const reading: QueryReading = { texts: readQueryString(query), issues: [] }
  const where = conditionsOf(reading, things)
  return reading.issues.length === 0 ? where : reading.issues.map(({ path, code }) => `${path} ${code}`)
}

test('operators follow from the type, from null and from what a text allows', () => {
  const of = (column: string) =>
    [...filters.values()]
      .filter((filter) => filter.column.name === column)
      .map(({ operator }) => operator)
      .join(' ')
  expect(['id', 'name', 'note', 'isOpen', 'kind', 'extra', 'more', 'tags', 'photo', 'place'].map(of)).toEqual([
    'eq not in notIn gt gte lt lte',
    'eq in null',
    'eq in contains startsWith endsWith',
    'eq not null',
    'eq not in notIn',
    'null',
    '',
    'has hasAny hasAll null',
    'null',
    '',
  ])
})

test.each([
  ['id=7', { id: 7 }],
  ['id[gt]=9007199254740991', { id: { gt: 9007199254740991 } }],
  ['key=0198C0DE-0000-7000-8000-000000000000', ['/key TYPE']],
  ['name=long+beyond+its+rule', { name: 'long beyond its rule' }],
  ['small[lte]=32767', { small: { lte: 32767 } }],
  ['small[lte]=32768', ['/small[lte] RANGE']],
  ['small=07', ['/small TYPE']],
  ['big=-9223372036854775808', { big: -9223372036854775808n }],
  ['price[gt]=1.5', { price: { gt: '1.5' } }],
  ['rate=1.50', { rate: '1.50' }],
  ['rate=-1e3', { rate: '-1000.00' }],
  ['weight[lt]=1e3', { weight: { lt: 1000 } }],
  ['weight=NaN', ['/weight TYPE']],
  ['isOpen=false', { isOpen: false }],
  ['isOpen[null]=false', { isOpen: { isNull: false } }],
  ['madeAt[gte]=2026-02-05T01:00:00%2B01:00', { madeAt: { gte: new Date('2026-02-05T00:00:00Z') } }],
  ['madeAt=2026-02-05T01:00:00', ['/madeAt TYPE']],
  ['soldAt=2026-02-05T00:00:00.123456Z', { soldAt: '2026-02-05T00:00:00.123456Z' }],
  ['day[in]=2026-02-05&day[in]=2026-02-06', { day: { in: ['2026-02-05', '2026-02-06'] } }],
  ['hour[lt]=24:00:00', ['/hour[lt] TYPE']],
  ['kind[not]=a', { kind: { not: 'a' } }],
  ['kind[in]=a&kind[in]=c', ['/kind[in] ONE_OF']],
  ['note[contains]=', { note: { contains: '' } }],
  ['note[endsWith]=x', { note: { endsWith: 'x' } }],
  ['tags[has]=x', { tags: { has: 'x' } }],
  ['tags[hasAny]=x&tags[hasAny]=y', { tags: { hasAny: ['x', 'y'] } }],
  ['tags[has]=x&tags[has]=y', ['/tags[has] REPEATED']],
  ['tags[null]=true&note=x', { and: [{ note: 'x' }, { tags: { isNull: true } }] }],
  ['small[gte]=1&small[lt]=3&small=2', { and: [{ small: 2 }, { small: { gte: 1 } }, { small: { lt: 3 } }] }],
])('reads %s', (query, where) => {
  expect(read(query)).toEqual(where)
})

test('takes a hundred conditions and not one more', () => {
  const many = levelOf({
    id: identity(),
    ...Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`c${at}`, integer()])),
  })
  const ask = (count: number) => {
    const names = [...many.filters.keys()].filter(
      (name) => name.startsWith('c') && !name.includes('n]') && !name.includes('In'),
    )
    const query = names.slice(0, count).map((name) => `${name}=1`)
    const reading: QueryReading = { texts: readQueryString(query.join('&')), issues: [] }
    return [conditionsOf(reading, many) === null, reading.issues.map(({ path, code }) => `${path} ${code}`)]
  }
  expect(ask(mostFilterTerms)).toEqual([false, []])
  expect(ask(mostFilterTerms + 1)).toEqual([true, [' TOO_MANY']])
})

test('describes each as a parameter: its own values without the rules of the column, lists as arrays', () => {
  const parameters = new Map(filterParameters(filters).map((parameter) => [parameter.name, parameter]))
  expect(parameters.get('small[gte]')?.schema).toEqual({ type: 'integer', minimum: -32768, maximum: 32767 })
  expect(parameters.get('kind[in]')?.schema).toMatchObject({
    type: 'array',
    items: { type: 'string', enum: ['a', 'b'] },
    minItems: 1,
    maxItems: 500,
  })
  expect(parameters.get('extra[null]')?.schema).toEqual({ type: 'boolean' })
  expect(parameters.get('name')?.schema).toEqual({ type: 'string' })
  expect([...parameters.values()].every(({ describe, isRequired }) => describe !== null && !isRequired)).toBe(true)
})
