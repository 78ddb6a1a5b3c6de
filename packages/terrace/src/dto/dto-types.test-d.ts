import { expectTypeOf } from 'vitest'
import {
  actor,
  bigint,
  graph,
  identity,
  integer,
  model,
  native,
  owner,
  softDelete,
  text,
  timestamp,
  timestamps,
  uuid,
} from '../model/index.ts'
import type { Create, Patch, Read, ValuesOf } from './dto-types.ts'

const Device = model('devices', { id: text().length(1, 100).primaryKey(), ...timestamps() }, { access: actor() })
const Account = model('accounts', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  login: text().length(1, 50).immutable(),
  password: text().length(8, 100).writeOnly(),
  passwordHash: text().length(1, 200).hidden(),
  balance: bigint().default(0n),
  rank: integer().readOnly(),
  bornAt: timestamp().nullable(),
  search: native('tsvector'),
  ...timestamps(),
  ...softDelete(),
})
const Badge = model('badges', {
  id: identity(),
  deviceId: owner(Device, { readable: true }),
  label: text().length(1, 9),
})
const models = graph({ Device, Account, Badge })

expectTypeOf<Create<typeof models.Account>>().toEqualTypeOf<{
  readonly login: string
  readonly password: string
  readonly balance?: bigint
  readonly bornAt?: Date | null
}>()
expectTypeOf<Patch<typeof models.Account>>().toEqualTypeOf<{
  readonly password?: string
  readonly balance?: bigint
  readonly bornAt?: Date | null
}>()
expectTypeOf<Read<typeof models.Account>>().toEqualTypeOf<{
  readonly id: string
  readonly login: string
  readonly balance: bigint
  readonly rank: number
  readonly bornAt: Date | null
  readonly search: unknown
  readonly createdAt: Date
  readonly updatedAt: Date
}>()

// A key that nobody makes is sent, once.
expectTypeOf<Create<typeof models.Device>>().toEqualTypeOf<{ readonly id: string }>()
expectTypeOf<keyof Patch<typeof models.Device>>().toEqualTypeOf<never>()
// A readable owner leaves and is never sent.
expectTypeOf<Create<typeof models.Badge>>().toEqualTypeOf<{ readonly label: string }>()
expectTypeOf<Read<typeof models.Badge>>().toEqualTypeOf<{
  readonly id: number
  readonly deviceId: string
  readonly label: string
}>()

const query = { limit: integer().range(1, 50), after: timestamp().nullable(), size: integer().default(20) }
expectTypeOf<ValuesOf<typeof query>>().toEqualTypeOf<{
  readonly limit: number
  readonly after?: Date | null
  readonly size: number
}>()

// Absent is not undefined.
// @ts-expect-error undefined is no value of a patch
const changed: Patch<typeof models.Account> = { bornAt: undefined }
// @ts-expect-error a hidden column is never sent
const created: Create<typeof models.Account> = { login: 'a', password: 'b', passwordHash: 'c' }
void [changed, created]
