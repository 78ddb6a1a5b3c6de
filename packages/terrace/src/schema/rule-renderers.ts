import type { ChangeOf } from './change.ts'
import type { ObjectPath, Precheck } from './plan/plan.ts'
import { duplicatesPrecheck, orphansPrecheck, violationsPrecheck, type DuplicatesOptions } from './precheck-sql.ts'
import type { ChangeRenderer, Rendered, RenderContext, RenderedStep } from './schema-dialect.ts'
import type { CheckShape, ForeignKeyShape, UniqueShape } from './snapshot.ts'

/** How one engine adds a rule to a table, without regard to its rows. */
export interface RuleStatements {
  addUnique(table: string, unique: UniqueShape): RenderedStep
  addForeignKey(table: string, foreignKey: ForeignKeyShape): RenderedStep
  addCheck(table: string, check: CheckShape): RenderedStep
}

/** Adds rules to tables that may have rows, for engines that can: each counts the rows that stand against it first. */
export function ruleRenderers(
  { addUnique, addForeignKey, addCheck }: RuleStatements,
  options: DuplicatesOptions,
): Pick<ChangeRenderer, 'addUnique' | 'addForeignKey' | 'addCheck'> {
  const { quoteName } = options
  const counted = (step: RenderedStep, precheck: Precheck | null): Rendered => ({
    kind: 'steps',
    steps: [{ ...step, precheck }],
  })
  return {
    addUnique: ({ wanted, table }) =>
      counted(addUnique(table.wanted.name, wanted), duplicatesPrecheck(table, wanted, options)),
    addForeignKey: ({ wanted, table }, { liveTables }) => {
      const targetExists = liveTables.has(wanted.targetTable)
      const precheck = orphansPrecheck(table.live, wanted, { quoteName, targetExists })
      return counted(addForeignKey(table.wanted.name, wanted), precheck)
    },
    addCheck: ({ wanted, table }) =>
      counted(addCheck(table.wanted.name, wanted), violationsPrecheck(table, wanted, options)),
  }
}

/** Foreign keys whose target is there, or is the table itself, and those that have to wait for theirs. */
export function readyForeignKeys(
  table: string,
  foreignKeys: readonly ForeignKeyShape[],
  { knownTables }: Pick<RenderContext, 'knownTables'>,
): { readonly ready: readonly ForeignKeyShape[]; readonly waiting: readonly ForeignKeyShape[] } {
  const isReady = ({ targetTable }: ForeignKeyShape): boolean => targetTable === table || knownTables.has(targetTable)
  return { ready: foreignKeys.filter(isReady), waiting: foreignKeys.filter((foreignKey) => !isReady(foreignKey)) }
}

/** A default that must lead somewhere may lead nowhere for the rows that are there. */
export function defaultKeyPrecheck(
  { table, wanted, foreignKeys }: Pick<ChangeOf<'addColumn'>, 'table' | 'wanted' | 'foreignKeys'>,
  quoteName: (name: string) => string,
): Precheck | null {
  if (foreignKeys.length === 0 || wanted.default === null) return null
  return {
    sql: `select count(*) as offending from ${quoteName(table.live.name)}`,
    parameters: [],
    offending: 'rows, which would all refer to the default',
    remedy: 'Declare it nullable and without a default',
  }
}

export const numberingRefused: Rendered = {
  kind: 'refused',
  reason: 'numbering the rows that are there rewrites the table',
  remedy: 'Add the column by hand, or create the table anew',
}

/** The ledger's path of what a step makes within a table. */
export function made(kind: ObjectPath['kind'], table: string, { name }: { readonly name: string | null }): ObjectPath {
  return { kind, path: `${table}.${name ?? ''}` }
}
