import {
  actor,
  bigint,
  boolean,
  date,
  decimal,
  float,
  graph,
  identity,
  integer,
  model,
  oneOf,
  owner,
  reference,
  shared,
  smallint,
  softDelete,
  text,
  time,
  timestamp,
  timestamps,
  uuid,
} from '../../src/model/index.ts'

const Device = model('devices', { id: uuid().primaryKey(), ...timestamps(), ...softDelete() }, { access: actor() })

/** One column of each type that can be sorted; most may be null. */
const Sample = model(
  'samples',
  {
    id: uuid().primaryKey(),
    owning: owner(Device),
    name: text().length(0, 200),
    note: text().nullable(),
    nick: text().length(0, 100).ignoreCase().nullable(),
    whole: integer().nullable(),
    small: smallint(),
    big: bigint().nullable(),
    amount: decimal(12, 4).nullable(),
    ratio: float().nullable(),
    isOpen: boolean(),
    at: timestamp().nullable(),
    atExactly: timestamp({ precision: 6 }).nullable(),
    day: date(),
    clock: time().nullable(),
    kind: oneOf('a', 'B', 'ä').nullable(),
    token: uuid().nullable(),
    ...softDelete(),
  },
  {
    indexes: [
      ['owning', 'day'],
      ['small', 'id'],
    ],
  },
)

/** A key of two columns. */
const Place = model(
  'places',
  { shelf: text().length(1, 20).primaryKey(), at: integer().primaryKey(), label: text().length(0, 20).nullable() },
  { access: shared({ write: 'everyone' }) },
)

const Log = model('logs', { id: identity(), line: text().length(0, 100) }, { access: shared({ write: 'everyone' }) })

const Crate = model('crates', { id: uuid().primaryKey(), owning: owner(Device), name: text().length(1, 50).unique() })

const Bottle = model('bottles', {
  id: uuid().primaryKey(),
  crateId: reference(Crate, { inverse: 'bottles', onDelete: 'cascade' }),
  owning: owner(Device),
  label: text().length(1, 50),
})

export const pageModels = graph({ Device, Sample, Place, Log, Crate, Bottle })
