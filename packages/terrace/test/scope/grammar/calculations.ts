import { expressionBuilder } from 'kysely'
import type { AliasableExpression, Expression, SqlBool } from 'kysely'
import type { Capabilities } from '../../../src/database/index.ts'
import type { AnyDb, AnyEb } from '../shop.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- any statement that can be written
type AnyQuery = { execute(): Promise<any> }

/** A place where a statement calculates over a table of which a hidden row holds a number that is too large for it. */
export interface CalculationShape {
  readonly title: string
  readonly query: (db: AnyDb, over: Over) => AnyQuery
  readonly needs?: keyof Capabilities
}

/** What is calculated, and of which column. */
export interface Over {
  readonly table: string
  readonly column: string
  /** The table's column, and that of `products`, by which the two hang together. */
  readonly link: readonly [string, string]
  /** Of a column: a number that does not fit where the column's is large. */
  readonly cube: (ref: string) => AliasableExpression<number>
}

export interface JoinBuilder {
  onRef(left: string, operator: string, right: string): JoinBuilder
  on(condition: Expression<SqlBool>): JoinBuilder
  onTrue(): JoinBuilder
}

// oxlint-disable-next-line typescript/no-explicit-any -- names are checked at run time
export const eb = expressionBuilder<any, any>() as AnyEb
/** Of no column's own kind, so that they stand beside any number. */
export const [five, eight] = [eb.cast<number>(eb.lit(5), 'integer'), eb.cast<number>(eb.lit(8), 'integer')]
export const above = (value: Expression<number>): Expression<SqlBool> => eb(value, '>', five)
export const on =
  (build: (join: JoinBuilder) => JoinBuilder) =>
  (join: unknown): never =>
    build(join as JoinBuilder) as never
// oxlint-disable-next-line typescript/no-explicit-any -- the same
export const beside = (query: unknown) => (() => query) as any
export const isIn = (query: unknown): Expression<SqlBool> => eb(eight, 'in', query as never)
export const shape = (
  title: string,
  query: CalculationShape['query'],
  needs?: CalculationShape['needs'],
): CalculationShape => ({ title, query, ...(needs !== undefined && { needs }) })

export const cubes = (db: AnyDb, { table, column, cube }: Over) =>
  db.selectFrom(`${table} as p`).select(['p.id as id', cube(`p.${column}`).as('n')])
export const plain = (db: AnyDb, { table, column }: Over) =>
  db.selectFrom(`${table} as p`).select(['p.id as id', `p.${column} as n`])
