import { errors } from '../../errors/index.ts'
import type { ModelGraph } from '../../model/index.ts'
import type { SchemaDialect, Snapshot } from '../../schema/index.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { listOf } from './left-behind.ts'

export interface NativeColumn {
  readonly table: string
  readonly name: string
  readonly type: string
  /** By one of the two databases, which takes no value for it. */
  readonly isComputed: boolean
}

/** Columns of types that only some engines have. */
export function nativeColumns({ models }: ModelGraph, shapes: readonly Snapshot[]): readonly NativeColumn[] {
  const computed = new Set(
    shapes.flatMap(({ tables }) =>
      Object.values(tables).flatMap(({ name: table, columns }) =>
        columns.filter(({ generated }) => generated !== null).map(({ name }) => `${table}.${name}`),
      ),
    ),
  )
  return Object.values(models).flatMap(({ table, columns }) =>
    columns.flatMap(({ type, sqlName: name }) =>
      type.kind === 'native' ? [{ table, name, type: type.name, isComputed: computed.has(`${table}.${name}`) }] : [],
    ),
  )
}

/** `MOVE_NATIVE` for those that have a value. */
export async function refuseNativeValues(
  runner: StatementRunner,
  { quoteName }: Pick<SchemaDialect, 'quoteName'>,
  columns: readonly NativeColumn[],
): Promise<void> {
  const filled: NativeColumn[] = []
  for (const column of columns) {
    const sql = `select 1 as filled from ${quoteName(column.table)} where ${quoteName(column.name)} is not null limit 1`
    if ((await runner.rows({ sql, parameters: [] })).length > 0) filled.push(column)
  }
  if (filled.length === 0) return
  const list = filled.map(({ table, name, type }) => `${table}.${name} (${type})`).join(', ')
  const names = listOf(filled.map(({ table, name }) => `${table}.${name}`))
  throw errors.MOVE_NATIVE({ values: { list, names } })
}
