import { expectTypeOf } from 'vitest'
import {
  actor,
  boolean,
  date,
  decimal,
  float,
  graph,
  integer,
  model,
  owner,
  text,
  timestamp,
  timestamps,
  uuid,
} from '../model/index.ts'
import { computed, create, list, nullable, optional, patch, read, shape } from './index.ts'
import type { AnswerOf, Create, Patch, Read, ValueOf } from './index.ts'

const Device = model('devices', { id: text().length(1, 100).primaryKey() }, { access: actor() })
const Food = model('foods', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  name: text().length(1, 50),
  grams: decimal(8, 2),
  kcal100g: integer(),
  note: text().nullable(),
  isPublic: boolean().default(false),
  code: text().immutable(),
  secret: integer().hidden(),
  pin: text().writeOnly(),
  ...timestamps(),
})
const models = graph({ Device, Food })

// Without options the types are the named ones, which is all that an editor shows.
const whole = { create: create(models.Food), patch: patch(models.Food), read: read(models.Food) }
expectTypeOf<ValueOf<typeof whole.create>>().toEqualTypeOf<Create<typeof models.Food>>()
expectTypeOf<ValueOf<typeof whole.patch>>().toEqualTypeOf<Patch<typeof models.Food>>()
expectTypeOf<AnswerOf<typeof whole.read>>().toEqualTypeOf<Read<typeof models.Food>>()

const sent = create(models.Food, {
  name: 'FoodSent',
  except: ['isPublic'],
  optional: ['grams'],
  as: { kcal100g: 'energy' },
  with: { portionId: uuid(), quantity: optional(float().range(0, 10)), at: timestamp().nullable() },
})
expectTypeOf<ValueOf<typeof sent>>().toEqualTypeOf<{
  readonly name: string
  readonly kcal100g: number
  readonly code: string
  readonly pin: string
  readonly grams?: string
  readonly note?: string | null
  readonly portionId: string
  readonly quantity?: number
  readonly at?: Date | null
}>()
const few = create(models.Food, { only: ['name', 'note'] })
expectTypeOf<ValueOf<typeof few>>().toEqualTypeOf<{ readonly name: string; readonly note?: string | null }>()

const changed = patch(models.Food, {
  only: ['name', 'note'],
  with: { reason: text(), tags: list(shape({ tag: text() })) },
})
expectTypeOf<ValueOf<typeof changed>>().toEqualTypeOf<{
  readonly name?: string
  readonly note?: string | null
  readonly reason?: string
  readonly tags?: readonly { readonly tag: string }[]
}>()

const summary = read(models.Food, { name: 'FoodSummary', only: ['id', 'name', 'note'] })
expectTypeOf<AnswerOf<typeof summary>>().toEqualTypeOf<{
  readonly id: string
  readonly name: string
  readonly note: string | null
}>()

// What is computed sees the whole row, hidden columns too, and so a handler gives whole rows.
const answered = read(models.Food, {
  as: { kcal100g: 'energy' },
  computed: {
    kcal: computed(float(), (row) => {
      expectTypeOf(row.secret).toEqualTypeOf<number>()
      expectTypeOf(row.createdAt).toEqualTypeOf<Date>()
      return (Number(row.grams) * row.kcal100g) / 100
    }),
    eatenOn: computed(date().nullable(), () => null),
  },
})
expectTypeOf<keyof AnswerOf<typeof answered>>().toEqualTypeOf<keyof typeof models.Food.columns>()
expectTypeOf<AnswerOf<typeof answered>['secret']>().toEqualTypeOf<number>()

const nested = read(models.Food, { only: ['id'], with: { similar: list(summary), best: nullable(summary) } })
type Summary = AnswerOf<typeof summary>
expectTypeOf<AnswerOf<typeof nested>>().toEqualTypeOf<{
  readonly id: string
  readonly similar: readonly Summary[]
  readonly best: Summary | null
}>()

// Absent, null and a value are three things, sent as well as answered.
const parts = shape({
  title: text(),
  note: text().nullable(),
  size: integer().default(20),
  label: optional(text()),
  first: nullable(shape({ at: timestamp() })),
  last: optional(nullable(shape({ at: timestamp() }))),
  lines: list(shape({ text: text(), mark: text().nullable() })),
})
expectTypeOf<ValueOf<typeof parts>>().toEqualTypeOf<{
  readonly title: string
  readonly first: { readonly at: Date } | null
  readonly lines: readonly { readonly text: string; readonly mark?: string | null }[]
  readonly note?: string | null
  readonly size: number
  readonly label?: string
  readonly last?: { readonly at: Date } | null
}>()
expectTypeOf<AnswerOf<typeof parts>>().toEqualTypeOf<{
  readonly title: string
  readonly note: string | null
  readonly size: number
  readonly first: { readonly at: Date } | null
  readonly lines: readonly { readonly text: string; readonly mark: string | null }[]
  readonly label?: string
  readonly last?: { readonly at: Date } | null
}>()

// @ts-expect-error there is no such column
read(models.Food, { only: ['nme'] })
// @ts-expect-error a hidden column never leaves
read(models.Food, { only: ['secret'] })
// @ts-expect-error a write-only column never leaves
read(models.Food, { as: { pin: 'code' } })
// @ts-expect-error an immutable column cannot be changed
patch(models.Food, { only: ['code'] })
// @ts-expect-error a key that Terrace makes is never sent
create(models.Food, { optional: ['id'] })
// @ts-expect-error the result is not of the column's type
read(models.Food, { computed: { kcal: computed(float(), () => 'much') } })
// @ts-expect-error there is no such column in the row
read(models.Food, { computed: { kcal: computed(float(), (row) => row.energy) } })
// @ts-expect-error a part is a column or a shape
shape({ name: 'text' })

// Variants are a union, told apart by what is there.
const eaten = create(models.Food, { variants: [['name', 'grams'], ['code']] })
declare const either: ValueOf<typeof eaten>
if (either.code === undefined) expectTypeOf(either.grams).toEqualTypeOf<string>()
else expectTypeOf(either.name).toEqualTypeOf<undefined>()
// @ts-expect-error half of one and all of the other is none
expectTypeOf({ kcal100g: 1, pin: 'x', grams: '1', code: 'x' }).toExtend<typeof either>()
