import { checkName, type ModelFact } from '../../model/index.ts'
import type { SchemaDialect } from '../schema-dialect.ts'
import type { CheckShape } from '../snapshot.ts'
import { sourceOf } from './sql-names.ts'

/** The model's rules, and what the types of the columns need to be held by a CHECK on this engine. */
export function wantedChecks(model: ModelFact, dialect: SchemaDialect): readonly CheckShape[] {
  return [...ruleChecks(model, dialect), ...typeChecks(model, dialect)]
}

function ruleChecks(model: ModelFact, { storage }: SchemaDialect): readonly CheckShape[] {
  return model.checks.flatMap(({ name, column: property, rule }) => {
    const column = model.column[property]
    if (column === undefined) return []
    const source = sourceOf(model, 'check', { name, columns: [column.sqlName] })
    return [{ name, expression: storage.check(rule, column), enforced: true, source }]
  })
}

function typeChecks(model: ModelFact, { storage }: SchemaDialect): readonly CheckShape[] {
  return model.columns.flatMap((column) => {
    const check = storage.typeCheck(column)
    if (check === null) return []
    const name = checkName(model.table, column.name, check.rule)
    const source = sourceOf(model, 'column', { name: column.name, columns: [column.sqlName] })
    return [{ name, expression: check.expression, enforced: true, source }]
  })
}
