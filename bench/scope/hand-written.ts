import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import { Slot } from '../../packages/terrace/src/database/index.ts'
import type { ScopeTables } from './models.ts'

export type Table = keyof ScopeTables

type Eb = ExpressionBuilder<ScopeTables, Table>

/** Which rows of a table are a device's, as somebody writes it who has no scope. `device`: its key, or the slot for it. */
export type OwnRows = (eb: Eb, device: unknown) => Expression<SqlBool>

const isOwnProduct = (eb: Eb, device: unknown) =>
  eb.and([eb('products.deviceId', '=', device as string), eb('products.deletedAt', 'is', null)])

const isOwnPortion = (eb: Eb, device: unknown) =>
  eb.exists(
    eb
      .selectFrom('products')
      .select('products.id')
      .whereRef('products.id', '=', 'portions.productId')
      .where((inner) => isOwnProduct(inner as unknown as Eb, device)),
  )

export const ownRows: { readonly [T in Table]: OwnRows } = {
  tags: (eb, device) => eb('tags.deviceId', '=', device as string),
  products: isOwnProduct,
  portions: isOwnPortion,
  portion_notes: (eb, device) =>
    eb.exists(
      eb
        .selectFrom('portions')
        .select('portions.id')
        .whereRef('portions.id', '=', 'portion_notes.portionId')
        .where((inner) => isOwnPortion(inner as unknown as Eb, device)),
    ),
}

const anyDb = (db: Kysely<never>): Kysely<ScopeTables> => db as unknown as Kysely<ScopeTables>

/** `select … where <own> and id = $0`, the device's key in slot 1. */
export function getOf(db: Kysely<never>, table: Table, own: OwnRows | null) {
  const query = anyDb(db)
    .selectFrom(table)
    .selectAll(table)
    .where(`${table}.id`, '=', new Slot(0) as unknown as string)
  return own === null ? query : query.where((eb) => own(eb as unknown as Eb, new Slot(1)))
}

/** `select … where <own> order by … limit $0`, the device's key in slot 1. */
export function listOf(db: Kysely<never>, table: Table, own: OwnRows | null) {
  const query = anyDb(db)
    .selectFrom(table)
    .selectAll(table)
    .orderBy(table === 'portion_notes' ? 'portion_notes.body' : (`${table}.name` as 'tags.name'))
    .orderBy(`${table}.id`)
  const limited = query.limit(new Slot(0) as unknown as number)
  return own === null ? limited : limited.where((eb) => own(eb as unknown as Eb, new Slot(own === null ? 0 : 1)))
}
