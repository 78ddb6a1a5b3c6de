import { checkName, type ModelFact, type RowRuleFact } from '../../model/index.ts'
import type { SchemaDialect } from '../schema-dialect.ts'
import type { CheckShape } from '../snapshot.ts'
import { formerNames, renamedSource } from './former-names.ts'
import { sourceOf, sqlNames } from './sql-names.ts'

/** The model's rules, and what the types of the columns need to be held by a CHECK on this engine. */
export function wantedChecks(model: ModelFact, dialect: SchemaDialect): readonly CheckShape[] {
  return [...ruleChecks(model, dialect), ...rowRuleChecks(model, dialect), ...typeChecks(model, dialect)]
}

function ruleChecks(model: ModelFact, { storage }: SchemaDialect): readonly CheckShape[] {
  return model.checks.flatMap(({ name, column: property, rule }) => {
    const column = model.column[property]
    if (column === undefined) return []
    const former = formerNames({ model, columns: [property] }, (table, [of = '']) => checkName(table, of, rule.kind))
    const source = renamedSource(sourceOf(model, 'check', { name, columns: [column.sqlName] }), former)
    return [{ name, expression: storage.check(rule, column), enforced: true, source }]
  })
}

function rowRuleChecks(model: ModelFact, { quoteName }: SchemaDialect): readonly CheckShape[] {
  return model.rowRules.map(({ name, kind, columns }) => {
    const names = sqlNames(model, columns)
    const former = formerNames({ model, columns }, (table, all) => checkName(table, all.join('_'), kind))
    const source = renamedSource(sourceOf(model, 'check', { name, columns: names }), former)
    return { name, expression: rowCondition[kind](names.map((column) => quoteName(column))), enforced: true, source }
  })
}

const rowCondition: Readonly<Record<RowRuleFact['kind'], (names: readonly string[]) => string>> = {
  exactlyOne: (names) => `${names.map((name) => `case when ${name} is null then 0 else 1 end`).join(' + ')} = 1`,
  atLeastOne: (names) => names.map((name) => `${name} is not null`).join(' or '),
}

function typeChecks(model: ModelFact, { storage }: SchemaDialect): readonly CheckShape[] {
  return model.columns.flatMap((column) => {
    const check = storage.typeCheck(column)
    if (check === null) return []
    const name = checkName(model.table, column.name, check.rule)
    const former = formerNames({ model, columns: [column.name] }, (table, [of = '']) =>
      checkName(table, of, check.rule),
    )
    const source = renamedSource(sourceOf(model, 'column', { name: column.name, columns: [column.sqlName] }), former)
    return [{ name, expression: check.expression, enforced: true, source }]
  })
}
