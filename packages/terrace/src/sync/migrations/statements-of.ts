import type { SqlStep } from './migration.ts'

/** The statements of a step, in their order. */
export function statementsOf({ sql }: SqlStep): readonly string[] {
  return typeof sql === 'string' ? [sql] : sql
}
