import type { ColumnFact, ModelFact, Stamp } from './graph-facts.ts'
import { foldCase } from './fold-case.ts'
import { nearestName } from './nearest-name.ts'
import { brokenRowRules } from './row-rules.ts'
import { countCodePoints } from './validate/code-points.ts'
import { checksOfRules } from './validate/rule-checks.ts'
import { checkItems, typeCheck } from './validate/type-checks.ts'
import type { Check, RuleViolation } from './validate/violation.ts'
import { broken, firstOf, inside } from './validate/violation.ts'

export type { RuleViolation, ViolationCode } from './validate/violation.ts'

/** Gives the first rule that a value breaks, or null. */
export type Validator = (value: unknown) => RuleViolation | null

/** `insert`: columns may be missing; `update`: only what is given counts, and what is set once may not be given. */
export type WriteMode = 'insert' | 'update'

const validators = new WeakMap<ColumnFact, Validator>()

/** The validator of one column, made once: the type first, then null, then the rules in the order of declaration. */
export function compileValidator(column: ColumnFact): Validator {
  const known = validators.get(column)
  if (known !== undefined) return known
  const validator = makeValidator(column)
  validators.set(column, validator)
  return validator
}

/** The first rule of the column that a value breaks, or null. The value is one of a row: a `Date`, a `bigint`, never JSON. */
export function validateValue(column: ColumnFact, value: unknown): RuleViolation | null {
  return compileValidator(column)(value)
}

/**
 * Every rule that the values given to a DAO break, at most one per column, by the model's order of columns and then unknown
 * names.
 *
 * `values` are the caller's own, before the session stamps anything: the columns that it stamps itself (`createdAt`,
 * `updatedAt`, the version, deletion) are `READ_ONLY`; on update the key, the owner and immutable columns are `IMMUTABLE`. A column that is
 * absent is `REQUIRED` on insert when nothing else gives it; the owner's is left to the session, which knows the scope.
 * `undefined` is no value.
 */
export function validateRow(
  model: ModelFact,
  values: Readonly<Record<string, unknown>>,
  mode: WriteMode,
): readonly RuleViolation[] {
  const violations: RuleViolation[] = []
  for (const column of model.columns) {
    const found = Object.hasOwn(values, column.name)
      ? checkGiven(model, column, { value: values[column.name], mode })
      : checkAbsent(column, mode)
    if (found !== null) violations.push(found)
  }
  for (const name of Object.keys(values)) if (!(name in model.column)) violations.push(unknownColumn(model, name))
  return violations.concat(brokenRowRules(model, values, mode))
}

function makeValidator(column: ColumnFact): Validator {
  const { type, rules, itemRules, foldedInto } = column
  const checkType = type.kind === 'array' ? checkItems(valueCheck(type.item, itemRules)) : typeCheck(type)
  const checks = firstOf([
    checkType,
    ...checksOfRules(rules, type),
    ...(foldedInto === null ? [] : [foldedLength(foldedInto)]),
  ])
  return (value) => {
    if (value === null) return column.nullable ? null : at(column, broken('notNull'))
    const found = value === undefined ? broken('notUndefined') : checks(value)
    return found === null ? null : at(column, found)
  }
}

function valueCheck(type: ColumnFact['type'], rules: ColumnFact['rules']): Check {
  return firstOf([typeCheck(type), ...checksOfRules(rules, type)])
}

/** Folding can lengthen a text (`ﷺ` becomes 18 characters); the companion column is no wider than its own. */
function foldedLength({ type }: NonNullable<ColumnFact['foldedInto']>): Check {
  const most = type.kind === 'text' ? (type.maxLength ?? Infinity) : Infinity
  return (value) => {
    const text = value as string
    // No character folds to more than 18 (tried on all of Unicode 16).
    if (text.length * 18 <= most) return null
    return countCodePoints(foldCase(text)) <= most ? null : broken('foldedLength', { max: most })
  }
}

interface Given {
  readonly value: unknown
  readonly mode: WriteMode
}

function checkGiven(model: ModelFact, column: ColumnFact, { value, mode }: Given): RuleViolation | null {
  if (isStamped(column)) return at(column, broken('writtenByTerrace'))
  if (mode === 'update' && isSetOnce(model, column)) return at(column, broken('setOnce'))
  return compileValidator(column)(value)
}

function checkAbsent(column: ColumnFact, mode: WriteMode): RuleViolation | null {
  const isGiven = column.nullable || column.default !== null || column.stamp !== null || column.type.kind === 'native'
  return mode === 'update' || isGiven ? null : at(column, broken('required'))
}

const writtenStamps: ReadonlySet<Stamp | null> = new Set<Stamp>([
  'createdAt',
  'updatedAt',
  'version',
  'deletedAt',
  'deletionId',
])

function isStamped({ stamp }: ColumnFact): boolean {
  return writtenStamps.has(stamp)
}

function isSetOnce(model: ModelFact, column: ColumnFact): boolean {
  return column.immutable || column.stamp === 'owner' || model.primaryKey.columns.includes(column.name)
}

function unknownColumn(model: ModelFact, name: string): RuleViolation {
  const nearest = nearestName(name, Object.keys(model.column))
  const found =
    nearest === null
      ? broken('noColumn', { model: model.name })
      : broken('noColumnNear', { model: model.name, nearest })
  return inside(name, found)
}

function at(column: ColumnFact, found: RuleViolation): RuleViolation {
  return inside(column.name, found)
}
