import {
  bigint,
  date,
  decimal,
  float,
  identity,
  integer,
  json,
  model,
  oneOf,
  reference,
  shared,
  smallint,
  text,
  uuid,
} from '../../../src/model/index.ts'
import type { Has } from './depot-changes.ts'

const everyone = { access: shared({ write: 'everyone' }) } as const

/** Thirteen models: a chain of references, a tree, two tables that swap their names. */
export function places(has: Has) {
  const { Country, City, Site } = regions(has)
  const { Zone, Hall, Rack, Bin } = shelves(has, { Site })
  const { Dock, Arrival, Departure } = gates(has, { Site })
  const { Counter, Setting, Sensor } = records(has, { Bin })
  const kept = { Country, City, Site, Zone, Hall, Rack, Bin, Dock, Arrival, Departure, Setting, Sensor }
  return has('countersAreGone') ? kept : { ...kept, Counter }
}

export type Places = ReturnType<typeof places>

function regions(has: Has) {
  const Country = model(
    'countries',
    { code: text().length(2, 2).primaryKey(), name: text().length(1, 60).unique({ global: true }) },
    {
      access: shared({ write: 'nobody' }),
      seeds: [
        { code: 'DE', name: 'Germany' },
        { code: 'CN', name: '中国' },
        { code: 'CI', name: "Côte d'Ivoire" },
      ],
    },
  )
  const City = model(
    'cities',
    {
      id: identity(),
      countryCode: reference(Country),
      name: text().length(1, 80),
      postcode: has('postcodesMayBeMissing') ? text().length(1, 12).nullable() : text().length(1, 12),
    },
    { ...everyone, indexes: has('cityNamesAreNotIndexed') ? [] : [['name']] },
  )
  const Site = model(
    'sites',
    { id: identity(), cityId: reference(City), name: text().length(1, 60), area: decimal(10, 2).nullable() },
    everyone,
  )
  return { Country, City, Site }
}

type Sites = Pick<ReturnType<typeof regions>, 'Site'>

function shelves(has: Has, { Site }: Sites) {
  const Zone = model(
    'zones',
    {
      id: identity(),
      siteId: reference(Site),
      parentId: reference('zones', { key: identity(), onDelete: 'cascade' }).nullable(),
      label: text().length(1, 20),
    },
    { ...everyone, uniques: [['siteId', 'label']] },
  )
  const Hall = model('halls', { id: identity(), zoneId: reference(Zone), heated: oneOf('yes', 'no') }, everyone)
  const Rack = model(
    'racks',
    {
      id: identity(),
      hallId: reference(Hall, { onDelete: 'cascade' }),
      height: has('racksAreOfAnyHeight') ? integer() : integer().range(1, 40),
    },
    everyone,
  )
  const Bin = model(
    'bins',
    {
      id: uuid().primaryKey(),
      rackId: reference(Rack, { onDelete: 'cascade' }),
      level: has('levelsAreIntegers') ? integer() : smallint(),
      depth: float().range(0, 9.5).default(1.2),
    },
    { ...everyone, uniques: [['rackId', 'level']] },
  )
  return { Zone, Hall, Rack, Bin }
}

function gates(has: Has, { Site }: Sites) {
  const Dock = model(
    'docks',
    {
      id: identity(),
      siteId: reference(Site),
      kind: oneOf('open', 'closed', "driver's").default(has('docksBeginClosed') ? 'closed' : 'open'),
    },
    everyone,
  )
  const gate = {
    id: identity(),
    siteId: reference(Site),
    width: integer().range(1, 100),
    note: text().length(0, 50).nullable(),
  }
  const swapped = has('gatesSwap')
  const Arrival = model('arrival_gates', gate, { ...everyone, ...(swapped ? { renamedFrom: 'departure_gates' } : {}) })
  const Departure = model('departure_gates', gate, {
    ...everyone,
    ...(swapped ? { renamedFrom: 'arrival_gates' } : {}),
  })
  return { Dock, Arrival, Departure }
}

function records(has: Has, { Bin }: Pick<ReturnType<typeof shelves>, 'Bin'>) {
  const Counter = model('counters', { id: identity(), reading: bigint(), takenOn: date() }, everyone)
  const Setting = model(
    'settings',
    { name: text().length(1, 40).primaryKey(), value: json() },
    {
      access: shared({ write: 'nobody' }),
      ...(has('settingsAreSeeded')
        ? {
            seeds: [
              { name: 'opens', value: { at: '08:00' } },
              { name: 'closes', value: ['18:00', null] },
            ],
          }
        : {}),
    },
  )
  const Sensor = model(
    'sensors',
    { id: identity(), binId: reference(Bin, { onDelete: 'setNull' }).nullable(), serial: bigint().unique() },
    everyone,
  )
  return { Counter, Setting, Sensor }
}
