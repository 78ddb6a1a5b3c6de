import {
  actor,
  decimal,
  graph,
  identity,
  integer,
  json,
  model,
  owner,
  reference,
  shared,
  softDelete,
  text,
  timestamp,
  timestamps,
  uuid,
} from '../../src/model/index.ts'
import type { Rows } from './filled-database.ts'

const everyone = { access: shared({ write: 'everyone' }) } as const

const Device = model('devices', { id: uuid().primaryKey(), ...timestamps(), ...softDelete() }, { access: actor() })

const Product = model(
  'products',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    name: text().length(1, 40).ignoreCase().unique(),
    price: decimal(10, 2).nullable(),
    extra: json().nullable(),
    ...timestamps(),
    ...softDelete(),
  },
  { indexes: [['price', '-name']] },
)

/** A tree, whose keys are numbered. */
const Category = model(
  'categories',
  { id: identity(), parentId: reference('categories', { key: identity() }).nullable(), label: text().length(1, 20) },
  { ...everyone, uniques: [['label']], seeds: [{ label: 'All' }] },
)

const Stock = model(
  'stock',
  {
    place: text().length(1, 12).primaryKey(),
    item: integer().primaryKey(),
    much: integer().range(0, 1_000_000),
    countedAt: timestamp({ precision: 6 }).nullable(),
  },
  { ...everyone, indexes: [['much']] },
)

/** Two tables that refer to each other. */
const Order = model(
  'orders',
  { id: identity(), invoiceId: reference('invoices', { key: identity() }).nullable(), note: text().nullable() },
  everyone,
)
const Invoice = model('invoices', { id: identity(), orderId: reference(Order).unique({ global: true }) }, everyone)

const Empty = model('empties', { id: identity(), word: text().length(1, 5) }, everyone)

export const shopModels = graph({ Device, Category, Order, Invoice, Product, Stock, Empty })

const devices = [1, 2, 3].map((at) => `01900000-0000-7000-8000-00000000000${at}`)

/** Rows of two owners and of one in the trash, in which no number is without gaps. */
export function shopRows(count: number): Rows {
  const each = <T>(row: (at: number) => T): readonly T[] => Array.from({ length: count }, (_, at) => row(at))
  return {
    Device: devices.map((id) => ({ id })),
    Product: each((at) => ({
      id: `01900000-0000-7000-9000-${String(at).padStart(12, '0')}`,
      deviceId: devices[at % 3],
      name: `Größe ${at} ${'x'.repeat(at % 20)}`,
      price: at % 4 === 0 ? null : `${at}.${String(at % 100).padStart(2, '0')}`,
      extra: at % 5 === 0 ? null : { at, tags: ['a', { deep: at / 7 }] },
    })),
    // The seed is the first.
    Category: each((at) => ({
      id: at * 2 + 3,
      parentId: at === 0 ? 1 : Math.floor((at - 1) / 2) * 2 + 3,
      label: `label ${at}`,
    })),
    Stock: each((at) => ({
      place: ['north', 'South', 'ß', '中'][at % 4],
      item: Math.floor(at / 4),
      much: (at * 37) % 1000,
      countedAt: at % 3 === 0 ? null : `2026-03-29T01:30:00.${String(at).padStart(6, '0')}Z`,
    })),
    Order: each((at) => ({ id: at + 10, note: at % 2 === 0 ? null : 'n'.repeat(at) })),
    Invoice: each((at) => ({ id: at * 3 + 5, orderId: at + 10 })),
  }
}
