import { afterAll, beforeAll } from 'vitest'
import { Dao } from '../../../src/dao/index.ts'
import { actingAs, unscoped, type Database, type Session } from '../../../src/database/index.ts'
import {
  actor,
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  float,
  graph,
  integer,
  json,
  model,
  oneOf,
  ownedThrough,
  owner,
  reference,
  softDelete,
  text,
  time,
  timestamp,
  uuid,
  type Insert,
  type Json,
} from '../../../src/model/index.ts'
import type { EngineName } from '../../../src/testing/servers.ts'
import type { EngineUnderTest } from '../../support/describe-engines.ts'
import { openModels } from '../../support/open-models.ts'

const Device = model('devices', { id: text().length(1, 40).primaryKey() }, { access: actor() })

/** A value of each type, each of which may be missing. */
const Sample = model('samples', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  no: integer(),
  name: text().length(0, 200).ignoreCase().nullable(),
  body: text().length(0, 2000).nullable(),
  kind: oneOf('small', 'large').nullable(),
  wide: bigint().nullable(),
  price: decimal(12, 4).nullable(),
  ratio: float().nullable(),
  isOpen: boolean().nullable(),
  at: timestamp().nullable(),
  exactly: timestamp({ precision: 6 }).nullable(),
  day: date().nullable(),
  clock: time().nullable(),
  facts: json<Json>().nullable(),
  moments: array(timestamp()).nullable(),
  data: bytes().nullable(),
  ...softDelete(),
})
const Item = model(
  'items',
  {
    id: uuid().primaryKey(),
    sampleId: reference(Sample, { inverse: 'items', onDelete: 'cascade' }),
    no: integer(),
    label: text().length(0, 200).nullable(),
    wide: bigint().nullable(),
    at: timestamp().nullable(),
    ...softDelete(),
  },
  { access: ownedThrough('sampleId') },
)
const Part = model(
  'parts',
  {
    id: uuid().primaryKey(),
    itemId: reference(Item, { inverse: 'parts', onDelete: 'cascade' }),
    no: integer(),
    price: decimal(12, 4).nullable(),
    data: bytes().nullable(),
  },
  { access: ownedThrough('itemId') },
)

export const models = graph({ Device, Sample, Item, Part })

export class SampleDao extends Dao(models.Sample) {}
export class ItemDao extends Dao(models.Item) {}
export class PartDao extends Dao(models.Part) {}
export type SampleValues = Insert<typeof models.Sample>

export const ann = actingAs(models.Device, 'ann')
export const ben = actingAs(models.Device, 'ben')
export type Owner = typeof ann

/** Where the same is asked: one engine of each family. */
export const families: readonly EngineName[] = ['sqliteMemory', 'postgres', 'mysql']

export interface Samples {
  readonly db: Database
  as<T>(scope: Owner, work: (session: Session) => Promise<T>): Promise<T>
  /** Of Ann’s samples, in the order of their numbers. */
  samples<R>(work: (dao: SampleDao) => Promise<R>): Promise<R>
}

/** Opens the tables before the tests of a block, with two owners, and closes them after. */
export function useSamples(engine: EngineUnderTest, fill: (samples: Samples) => Promise<void>): () => Samples {
  let opened: Samples | null = null
  beforeAll(async () => {
    const { db } = await openModels(engine, models)
    const as: Samples['as'] = (scope, work) => db.session(scope, work)
    opened = { db, as, samples: (work) => as(ann, (session) => work(session.use(SampleDao))) }
    await db.session(unscoped('owners of the tests'), async (session) => {
      await session.use(Dao(models.Device)).createMany([{ id: 'ann' }, { id: 'ben' }])
    })
    await fill(opened)
  }, 60_000)
  afterAll(() => opened?.db.close())
  return () => {
    if (opened === null) throw new Error('The tables are not open')
    return opened
  }
}
