import { expectTypeOf } from 'vitest'
import {
  actor,
  date,
  float,
  graph,
  integer,
  json,
  model,
  owner,
  ownedThrough,
  reference,
  text,
  timestamp,
  uuid,
  type Json,
} from '../../model/index.ts'
import {
  concat,
  countWhere,
  Dao,
  datePart,
  dateTrunc,
  greatest,
  jsonArrayFrom,
  jsonObjectFrom,
  jsonPath,
  round,
  textLength,
} from '../index.ts'

const Device = model('devices', { id: text().length(1, 100).primaryKey() }, { access: actor() })
const Sample = model('samples', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  name: text(),
  note: text().nullable(),
  ratio: float().nullable(),
  at: timestamp(),
  day: date().nullable(),
  facts: json(),
})
const Item = model(
  'items',
  { id: uuid().primaryKey(), sampleId: reference(Sample), no: integer(), at: timestamp().nullable() },
  { access: ownedThrough('sampleId') },
)
const models = graph({ Device, Sample, Item })

class SampleDao extends Dao(models.Sample) {
  nested() {
    return this.select((query) =>
      query.clearSelect().select((eb) => {
        const items = eb.selectFrom('items').select(['no', 'at']).whereRef('sampleId', '=', 'samples.id')
        return [jsonArrayFrom(items).as('list'), jsonObjectFrom(items).as('first')]
      }),
    )
  }

  computed() {
    return this.select((query) =>
      query
        .clearSelect()
        .select((eb) => [
          datePart('isoWeek', eb.ref('at')).as('week'),
          datePart('year', eb.ref('day')).as('year'),
          dateTrunc('month', eb.ref('at')).as('month'),
          dateTrunc('month', eb.ref('day')).as('day'),
          jsonPath(eb.ref('facts'), ['a', 0], 'text').as('text'),
          jsonPath(eb.ref('facts'), ['a'], 'boolean').as('truth'),
          jsonPath(eb.ref('facts'), ['a'], 'json').as('json'),
          countWhere(eb, eb('name', '=', 'a')).as('count'),
          concat(eb.ref('name'), 'x').as('joined'),
          concat(eb.ref('name'), eb.ref('note')).as('noted'),
          textLength(eb.ref('note')).as('length'),
          round(eb.ref('ratio')).as('round'),
          greatest(eb.ref('at'), eb.ref('at')).as('last'),
        ]),
    )
  }

  wrong() {
    return this.select((query) =>
      query.where((eb) =>
        eb.and([
          // @ts-expect-error -- a number has no parts of a date
          eb(datePart('year', eb.ref('ratio')), '=', 1),
          // @ts-expect-error -- no part of a date
          eb(datePart('century', eb.ref('at')), '=', 1),
          // @ts-expect-error -- no type of json
          eb(jsonPath(eb.ref('facts'), ['a'], 'date'), '=', 'a'),
        ]),
      ),
    )
  }
}

type Rows<K extends 'nested' | 'computed'> = Awaited<ReturnType<SampleDao[K]>>[number]

// What a helper gives is typed: columns in nested rows, null where a value may be missing.
type Nested = { no: number; at: Date | null }
expectTypeOf<Rows<'nested'>>().toEqualTypeOf<{ list: Nested[]; first: Nested | null }>()
expectTypeOf<Rows<'computed'>>().toEqualTypeOf<{
  week: number
  year: number | null
  month: Date
  day: string | null
  text: string | null
  truth: boolean | null
  json: Json
  count: number
  joined: string
  noted: string | null
  length: number | null
  round: number | null
  last: Date
}>()
