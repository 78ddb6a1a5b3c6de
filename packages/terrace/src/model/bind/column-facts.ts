import type { ColumnSpec } from '../column.ts'
import type { CheckFact, ColumnFact, DefaultFact, ReferenceFact, RuleFact } from '../graph-facts.ts'
import { checkName, foldedName, snakeCase } from '../naming.ts'
import type { DeclaredModel } from './declared-graph.ts'
import { plainCopy } from './freeze.ts'

/** The name of a column in the database. */
export function sqlNameOf(property: string, spec: ColumnSpec): string {
  return spec.sqlName ?? snakeCase(property)
}

/** The former name of a column in the database; null where no rename is declared. */
export function formerSqlName({ renamedFrom }: ColumnSpec): string | null {
  if (renamedFrom === null) return null
  return typeof renamedFrom === 'string' ? snakeCase(renamedFrom) : renamedFrom.column
}

/** The facts of a model's columns, in the order of declaration. */
export function columnFacts(model: DeclaredModel, references: readonly ReferenceFact[]): readonly ColumnFact[] {
  return [...model.columns].map(([property, spec]) => columnFact(property, spec, soleReference(property, references)))
}

/** The facts of one column. */
export function columnFact(name: string, spec: ColumnSpec, reference: ReferenceFact | null): ColumnFact {
  const sqlName = sqlNameOf(name, spec)
  return {
    name,
    sqlName,
    renamedFrom: formerSqlName(spec),
    type: spec.type,
    nullable: spec.nullable,
    default: ownDefault(spec.default),
    rules: spec.rules,
    itemRules: spec.item?.rules ?? [],
    hidden: spec.hidden,
    writeOnly: spec.writeOnly,
    readOnly: spec.readOnly,
    immutable: spec.immutable,
    stamp: spec.stamp,
    foldedInto: spec.ignoreCase ? { sqlName: foldedName(sqlName), type: spec.type } : null,
    filterable: [...new Set(spec.filterable)],
    filterAs: spec.filterAs,
    describe: spec.describe,
    example: plainCopy(spec.example),
    stored: plainCopy(spec.stored) as ColumnFact['stored'],
    reference,
  }
}

/** The facts are frozen, the caller's object is not theirs to freeze. */
function ownDefault(fact: DefaultFact | null): DefaultFact | null {
  return fact?.kind === 'value' ? { kind: 'value', value: plainCopy(fact.value) } : fact
}

function soleReference(property: string, references: readonly ReferenceFact[]): ReferenceFact | null {
  return references.find(({ columns }) => columns.length === 1 && columns[0] === property) ?? null
}

/** Rules that the database holds as well. */
export function checkFacts(model: DeclaredModel): readonly CheckFact[] {
  return [...model.columns].flatMap(([column, { rules }]) =>
    rules.filter(isHeldByDatabase).map((rule) => ({ name: checkName(model.table, column, rule.kind), column, rule })),
  )
}

function isHeldByDatabase(rule: RuleFact): rule is CheckFact['rule'] {
  return rule.kind === 'length' || rule.kind === 'range' || rule.kind === 'oneOf'
}
