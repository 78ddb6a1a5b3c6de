import type { OperationNode, ValueNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { canonicalValue, type ColumnFact, type ModelFact, type RuleViolation, type Stamp } from '../../model/index.ts'
import type { ColumnCoder } from './column-coders.ts'
import { Slot, type Binding } from './compiled-statement.ts'
import { isLiteral } from './literals.ts'
import { heldAs, storageOf, storageOfType, type Meaning } from './meaning.ts'
import type { Expression, Frame, Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { binary, constant, parameter, reference } from './sql-nodes.ts'

/** What a statement writes into one column: a value as a parameter, or an expression. */
export type Written =
  | { readonly kind: 'value'; readonly binding: Binding; readonly folded: Binding | null }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly folded: OperationNode | null }

/** A value for a column. By hand it is validated as the DAO would: `VALIDATION`. */
export function writtenValue(pass: Pass, fact: ColumnFact, value: unknown): Written {
  const coder = pass.coders.of(fact)
  const hasCompanion = fact.foldedInto !== null
  if (value instanceof Slot) {
    const folded: Binding | null = hasCompanion ? { kind: 'slot', slot: value.name, encode: coder.encodeFolded } : null
    return { kind: 'value', binding: { kind: 'slot', slot: value.name, encode: coder.encode }, folded }
  }
  const valid = pass.options.byRule ? value : validValue(coder, fact, value)
  if (valid === undefined) throw errors.SCOPE_UNDEFINED_VALUE({ values: { where: fact.name } })
  if (valid === null) return { kind: 'value', binding: nothing, folded: hasCompanion ? nothing : null }
  const binding: Binding = { kind: 'value', value: coder.encode === null ? valid : coder.encode(valid) }
  return { kind: 'value', binding, folded: hasCompanion ? { kind: 'value', value: coder.encodeFolded(valid) } : null }
}

/** What the session makes itself, which needs no check. */
export function stampedValue(pass: Pass, fact: ColumnFact, value: unknown): Written {
  const { encode } = pass.coders.of(fact)
  return { kind: 'value', binding: { kind: 'value', value: encode === null ? value : encode(value) }, folded: null }
}

/**
 * What an UPDATE adds by itself, whoever wrote it: `version = version + 1`. Null where the model has no version. `target`: the name
 * of the table in the statement.
 */
export function raisedVersion({ columns }: ModelFact, target: string): readonly [name: string, raised: Written] | null {
  const fact = columns.find(({ stamp }) => stamp === 'version')
  if (fact === undefined) return null
  const meaning: Meaning = { kind: 'column', column: fact, model: null }
  const node = binary(reference(target, fact.sqlName), '+', constant(1))
  return [
    fact.name,
    { kind: 'expression', expression: { node, meaning, companion: null, isNeverNull: true }, folded: null },
  ]
}

const nothing: Binding = { kind: 'value', value: null }

function validValue({ validate }: ColumnCoder, fact: ColumnFact, value: unknown): unknown {
  if (value === undefined) return undefined
  const violation = validate(value)
  if (violation !== null) throw invalid(violation)
  return canonicalValue(fact, value)
}

export function invalid(violation: RuleViolation): Error {
  const [, field = ''] = violation.path.split('/')
  return errors.VALIDATION({ fields: [field], issues: [{ in: 'row', ...violation }] })
}

/** A node that stands where a column's value is written. */
export function written(pass: Pass, fact: ColumnFact, node: OperationNode, frame: Frame): Written {
  if (isLiteral(node)) return writtenValue(pass, fact, (node as ValueNode).value)
  const expression = pass.expression(node, frame, { kind: 'column', column: fact, model: null })
  requireAssignable(fact, expression.meaning)
  return { kind: 'expression', expression, folded: foldedExpression(fact, expression) }
}

/** Error: `SCOPE_NOT_COMPARABLE` where an engine would round or convert, each in its way. */
export function requireAssignable(fact: ColumnFact, meaning: Meaning): void {
  const [given, held] = [storageOf(meaning), storageOfType(fact.type)]
  if (given === held || given === 'any' || (given === 'integer' && held === 'float')) return
  throw errors.SCOPE_NOT_COMPARABLE({
    values: {
      what: fact.name,
      why: `it is held as ${held} and given ${heldAs(meaning)}`,
      remedy: 'Give it values of its own type',
    },
  })
}

function foldedExpression(fact: ColumnFact, { companion, meaning }: Expression): OperationNode | null {
  if (fact.foldedInto === null) return null
  if (companion !== null) return companion
  if (meaning.kind === 'null') return constant(null)
  throw refused(
    `An expression for "${fact.name}"`,
    'it ignores case, and the database cannot compute the text without case',
    'Give it a value, or a column that ignores case too',
  )
}

export const nodeOf = (item: Written): OperationNode =>
  item.kind === 'value' ? parameter(item.binding) : item.expression.node

export function foldedNodeOf(item: Written): OperationNode | null {
  if (item.kind === 'expression') return item.folded
  return item.folded === null ? null : parameter(item.folded)
}

const byDao: ReadonlyMap<Stamp | null, string> = new Map<Stamp, string>([
  ['createdAt', 'Leave it out: the session stamps it'],
  ['updatedAt', 'Leave it out: the session stamps it'],
  ['version', 'Leave it out: each change raises it'],
  ['deletedAt', 'Use dao.delete and dao.restore'],
  ['deletionId', 'Use dao.delete and dao.restore'],
  ['identity', 'Leave it out: the database numbers it'],
])

/** Whether a statement written by hand may write a column at all; on insert keys and owners may be given. */
export function requireWritable(
  { options }: Pass,
  model: ModelFact,
  fact: ColumnFact,
  operation: 'insert' | 'update',
): void {
  if (options.byRule) return
  const remedy = byDao.get(fact.stamp)
  if (remedy !== undefined) throw notWritable(model, fact, { why: 'it is stamped', remedy })
  if (fact.type.kind === 'native')
    throw notWritable(model, fact, { why: 'its type is the database’s own', remedy: 'Let the database write it' })
  if (operation === 'insert') return
  if (model.primaryKey.columns.includes(fact.name)) {
    throw notWritable(model, fact, {
      why: 'it is the key of the row',
      remedy: 'Create another row and delete this one',
    })
  }
  if (fact.immutable) {
    throw notWritable(model, fact, {
      why: 'it is set once, on create',
      remedy: 'Create another row and delete this one',
    })
  }
}

function notWritable(
  model: ModelFact,
  { name: column }: ColumnFact,
  text: { readonly why: string; readonly remedy: string },
): Error {
  return errors.SCOPE_COLUMN_NOT_WRITABLE({ values: { model: model.name, column, ...text } })
}
