import { expectTypeOf } from 'vitest'
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
  identity,
  integer,
  json,
  model,
  native,
  oneOf,
  owner,
  ownedThrough,
  reference,
  smallint,
  softDelete,
  text,
  time,
  timestamp,
  timestamps,
  uuid,
} from './index.ts'
import type { Insert, Json, KeyOf, Row, Update } from './index.ts'

const Device = model(
  'devices',
  { id: text().length(1, 100).primaryKey(), ...timestamps(), ...softDelete() },
  { access: actor() },
)
const Product = model(
  'products',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    name: text().length(1, 100),
    kcal100g: integer().range(0, 1000).column('kcal_100g'),
    note: text().nullable(),
    ...timestamps(),
    ...softDelete(),
  },
  { indexes: [['deviceId', '-name']] },
)
const Portion = model(
  'portions',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' }),
    kind: oneOf('small', 'large'),
    isDefault: boolean().default(false),
  },
  { access: ownedThrough('productId') },
)
const models = graph({ Device, Product, Portion })

type ProductRow = Row<typeof models.Product>
expectTypeOf<ProductRow['note']>().toEqualTypeOf<string | null>()
expectTypeOf<ProductRow['createdAt']>().toEqualTypeOf<Date>()
expectTypeOf<ProductRow['deletedAt']>().toEqualTypeOf<Date | null>()
expectTypeOf<Row<typeof models.Portion>>().toEqualTypeOf<{
  readonly id: string
  readonly productId: string
  readonly kind: 'small' | 'large'
  readonly isDefault: boolean
}>()
expectTypeOf<Insert<typeof models.Product>>().toEqualTypeOf<{
  readonly name: string
  readonly kcal100g: number
  readonly note?: string | null
  readonly id?: string
  readonly deviceId?: string
}>()
expectTypeOf<Insert<typeof models.Portion>>().toEqualTypeOf<{
  readonly productId: string
  readonly kind: 'small' | 'large'
  readonly isDefault?: boolean
  readonly id?: string
}>()
expectTypeOf<Update<typeof models.Product>>().toEqualTypeOf<{
  readonly name?: string
  readonly kcal100g?: number
  readonly note?: string | null
}>()
expectTypeOf<KeyOf<typeof models.Product>>().toEqualTypeOf<string>()

// Absent, null and undefined are three things.
const insert = { name: 'a', kcal100g: 1 }
const inserts: readonly Insert<typeof models.Product>[] = [
  insert,
  { ...insert, note: null },
  // @ts-expect-error undefined is no value
  { ...insert, note: undefined },
  // @ts-expect-error null is no name
  { ...insert, name: null },
  // @ts-expect-error nothing gives the name
  { kcal100g: 1 },
  // @ts-expect-error the session stamps it
  { ...insert, createdAt: new Date() },
  // @ts-expect-error there is no such column
  { ...insert, colour: 'red' },
]
const updates: readonly Update<typeof models.Product>[] = [
  {},
  { note: null },
  // @ts-expect-error undefined is no value
  { note: undefined },
  // @ts-expect-error a key is set once
  { id: 'x' },
  // @ts-expect-error an owner is set once
  { deviceId: 'x' },
  // @ts-expect-error the session stamps it
  { updatedAt: new Date() },
]
// @ts-expect-error only the declared values
const wrongKind: Update<typeof models.Portion> = { kind: 'medium' }
void [inserts, updates, wrongKind]

const Pair = model('pairs', { room: text().length(1, 9).primaryKey(), no: integer().primaryKey(), size: float() })
expectTypeOf<KeyOf<typeof Pair>>().toEqualTypeOf<{ readonly room: string; readonly no: number }>()
expectTypeOf<Insert<typeof Pair>>().toEqualTypeOf<{
  readonly room: string
  readonly no: number
  readonly size: number
}>()
expectTypeOf<Update<typeof Pair>>().toEqualTypeOf<{ readonly size?: number }>()

interface Address {
  readonly city: string
}
const Every = model('everything', {
  identity: identity(),
  uuid: uuid(),
  text: text(),
  integer: integer(),
  smallint: smallint(),
  bigint: bigint(),
  decimal: decimal(10, 2),
  float: float(),
  boolean: boolean(),
  timestamp: timestamp(),
  microseconds: timestamp({ precision: 6 }),
  date: date(),
  time: time(),
  json: json(),
  address: json<Address & { readonly [key: string]: Json }>(),
  array: array(integer()),
  bytes: bytes(),
  oneOf: oneOf('a', 'b'),
  native: native('tsvector'),
  tree: reference('everything', { key: identity() }).nullable(),
})
expectTypeOf<Row<typeof Every>>().toEqualTypeOf<{
  readonly identity: number
  readonly uuid: string
  readonly text: string
  readonly integer: number
  readonly smallint: number
  readonly bigint: bigint
  readonly decimal: string
  readonly float: number
  readonly boolean: boolean
  readonly timestamp: Date
  readonly microseconds: string
  readonly date: string
  readonly time: string
  readonly json: Json
  readonly address: Address & { readonly [key: string]: Json }
  readonly array: readonly number[]
  readonly bytes: Uint8Array
  readonly oneOf: 'a' | 'b'
  readonly native: unknown
  readonly tree: number | null
}>()
expectTypeOf<Insert<typeof Every>['identity']>().toEqualTypeOf<number | undefined>()
expectTypeOf<Extract<keyof Update<typeof Every>, 'identity' | 'native'>>().toEqualTypeOf<never>()
expectTypeOf<Extract<keyof Insert<typeof Every>, 'native'>>().toEqualTypeOf<never>()
