import type { TerraceError } from '../errors/index.ts'
import { errors, issueText } from '../errors/index.ts'
import { canonicalValue } from '../model/index.ts'
import type { Condition, FoundPlace } from './condition.ts'
import type { DaoContext } from './dao-context.ts'
import type { ColumnPlan, Family, ModelPlan } from './model-plan.ts'
import { padded } from './padded-count.ts'
import { invalidColumn, undefinedValue, unknownName } from './refusals.ts'
import type { Quantifier, RelatedRows } from './related-types.ts'
import type { GraphModels, Joined } from './relation.ts'
import { relationNamed } from './relation.ts'
import type { Comparison } from './statement-tree.ts'

/**
 * What `where` says, checked: unknown columns, operators that do not apply, values of a wrong type and `undefined` anywhere are
 * refused. Null: it holds for every row (`{}`, `notIn: []`, `or` with such a part), so that none of these passes for a bound.
 */
export function readWhere({ plan, executor }: DaoContext, where: object): Condition | null {
  return new WhereReader(plan, executor.graph.models).read(where, `${plan.name} where`)
}

/** A part of a condition; null holds for every row. */
type Part = Condition | null

const nothing: Condition = { term: { kind: 'never' }, shape: 'never', values: [] }

class WhereReader {
  readonly #plan: ModelPlan
  readonly #models: GraphModels

  constructor(plan: ModelPlan, models: GraphModels) {
    this.#plan = plan
    this.#models = models
  }

  read(where: unknown, place: string): Part {
    if (where === undefined) throw undefinedValue(place)
    if (!isRecord(where)) throw noCondition(place, 'an object of columns is expected')
    return allParts(
      Object.keys(where).map((name) => this.#readEntry(name, { value: where[name], place: `${place}.${name}` })),
    )
  }

  #readEntry(name: string, given: Given): Part {
    if (given.value === undefined) throw undefinedValue(given.place)
    if (name === 'related' && isRelated(given.value)) return this.#readRelated(given)
    const column = this.#plan.column.get(name)
    if (column !== undefined) return this.#readColumn(column, given)
    if (name === 'and') return allParts(this.#readList(given))
    if (name === 'or') return anyParts(this.#readList(given))
    if (name === 'related') return this.#readRelated(given)
    if (name === 'not') return negated(this.read(given.value, given.place))
    throw unknownName(this.#plan, 'column', { name, known: [...this.#plan.column.keys(), ...combining] })
  }

  #readList({ value, place }: Given): readonly Part[] {
    if (!Array.isArray(value)) throw noCondition(place, 'a list of conditions is expected')
    return value.map((where, at) => this.read(where, `${place}[${at}]`))
  }

  #readRelated({ value, place }: Given): Part {
    if (!Array.isArray(value)) return this.#readRelation(value, place)
    return allParts(value.map((asked: unknown, at) => this.#readRelation(asked, `${place}[${at}]`)))
  }

  #readRelation(asked: unknown, place: string): Part {
    if (!isRelatedRows(asked)) throw noCondition(place, 'what some(), none() or every() gives is expected')
    const { quantifier, relation: name, of, where } = asked
    const relation = relationNamed(this.#plan, name, { table: of.table, models: this.#models })
    const part = new WhereReader(relation.target, this.#models).read(where, `${place}.${name}`)
    return related(`${name}:${of.table}`, { relation, quantifier, part })
  }

  #readColumn(column: ColumnPlan, { value, place }: Given): Part {
    if (value === null) return nullTest(column, true)
    if (isRecord(value)) {
      const operators = Object.keys(value)
      return allParts(
        operators.map((name) => this.#readOperator(column, name, { value: value[name], place: `${place}.${name}` })),
      )
    }
    if (column.family === 'none' || column.family === 'list') throw noOperator(this.#plan, column, '=')
    return this.#comparison(column, '=', { value, place })
  }

  #readOperator(column: ColumnPlan, operator: string, given: Given): Part {
    if (given.value === undefined) throw undefinedValue(given.place)
    const kind = Object.hasOwn(operatorKinds, operator) ? operatorKinds[operator as OperatorName] : undefined
    if (kind === undefined || !operatorsOf[column.family].includes(operator as OperatorName)) {
      throw noOperator(this.#plan, column, operator)
    }
    switch (kind) {
      case 'compare':
        return this.#comparison(column, comparisonOf[operator as keyof typeof comparisonOf], given)
      case 'not':
        return given.value === null ? nullTest(column, false) : this.#comparison(column, '!=', given)
      case 'null':
        if (typeof given.value !== 'boolean') throw noCondition(given.place, 'true or false is expected')
        return nullTest(column, given.value)
      case 'list':
        return this.#membership(column, operator === 'notIn', given)
      case 'held':
        return this.#held(column, operator as HeldOperator, given)
      case 'found':
        return this.#search(column, operator as FoundPlace, given)
    }
  }

  #comparison(column: ColumnPlan, operator: Comparison, { value, place }: Given): Condition {
    const values = [conditionValue(column, value, place)]
    return { term: { kind: 'compare', column, operator }, shape: `${column.name}${operator}`, values }
  }

  #membership(column: ColumnPlan, isNegated: boolean, { value, place }: Given): Part {
    if (!Array.isArray(value)) throw noCondition(place, 'a list of values is expected')
    if (value.length === 0) return isNegated ? null : nothing
    const values = padded(value.map((item, at) => conditionValue(column, item, `${place}[${at}]`)))
    const shape = `${column.name}${isNegated ? ' not' : ''} in ${values.length}`
    return { term: { kind: 'list', column, count: values.length, negated: isNegated }, shape, values }
  }

  #held(column: ColumnPlan, operator: HeldOperator, { value, place }: Given): Part {
    const isOne = operator === 'has'
    if (!isOne && !Array.isArray(value)) throw noCondition(place, 'a list of values is expected')
    const items = isOne ? [value] : (value as readonly unknown[])
    for (const [at, item] of items.entries()) if (item === undefined) throw undefinedValue(`${place}[${at}]`)
    if (operator !== 'hasAny') return items.length === 0 ? null : holds(column, items, place)
    return anyParts(padded(items).map((item) => holds(column, [item], place)))
  }

  #search(column: ColumnPlan, place: FoundPlace, given: Given): Condition {
    const values = [conditionValue(column, given.value, given.place)]
    return { term: { kind: 'found', column, place }, shape: `${column.name} ${place}`, values }
  }
}

const combining = ['and', 'or', 'not', 'related'] as const
const quantifiers: ReadonlySet<unknown> = new Set(['some', 'none', 'every'] satisfies Quantifier[])

/** A column may be called `related` too, and is never compared with such a value. */
function isRelated(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isRelatedRows) : isRelatedRows(value)
}

function isRelatedRows(value: unknown): value is RelatedRows {
  return isRecord(value) && quantifiers.has(value['quantifier']) && typeof value['of'] === 'object'
}

interface Given {
  readonly value: unknown
  readonly place: string
}

const comparisonOf = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const satisfies Record<string, Comparison>

const operatorKinds = {
  gt: 'compare',
  gte: 'compare',
  lt: 'compare',
  lte: 'compare',
  not: 'not',
  in: 'list',
  notIn: 'list',
  isNull: 'null',
  contains: 'found',
  startsWith: 'found',
  endsWith: 'found',
  has: 'held',
  hasAny: 'held',
  hasAll: 'held',
} as const
type OperatorName = keyof typeof operatorKinds
type HeldOperator = 'has' | 'hasAny' | 'hasAll'

const forNone: readonly OperatorName[] = ['isNull']
const forEqual: readonly OperatorName[] = ['not', 'in', 'notIn', ...forNone]
const forOrdered: readonly OperatorName[] = ['gt', 'gte', 'lt', 'lte', ...forEqual]
const operatorsOf: Readonly<Record<Family, readonly OperatorName[]>> = {
  none: forNone,
  equal: forEqual,
  list: ['has', 'hasAny', 'hasAll', ...forNone],
  ordered: forOrdered,
  text: ['contains', 'startsWith', 'endsWith', ...forOrdered],
}

/** A value as its column would hold it. One that the column could not hold, by its type, is `VALIDATION`. */
function conditionValue(column: ColumnPlan, value: unknown, place: string): unknown {
  if (value === undefined) throw undefinedValue(place)
  const violation = value === null ? issueText('notNullHere') : column.checkType(value)
  if (violation !== null) throw invalidColumn(column.name, violation)
  return canonicalValue(column.fact, value)
}

function holds(column: ColumnPlan, items: readonly unknown[], place: string): Condition {
  return {
    term: { kind: 'holds', column },
    shape: `${column.name} holds`,
    values: [conditionValue(column, items, place)],
  }
}

function nullTest(column: ColumnPlan, is: boolean): Condition {
  return { term: { kind: 'null', column, is }, shape: `${column.name}${is ? ' is' : ' is not'} null`, values: [] }
}

function negated(part: Part): Part {
  if (part === null) return nothing
  return part === nothing
    ? null
    : { term: { kind: 'not', term: part.term }, shape: `not(${part.shape})`, values: part.values }
}

interface Asked {
  readonly relation: Joined
  readonly quantifier: Quantifier
  readonly part: Part
}

/** `name` tells the relation from others of the same model. */
function related(name: string, { relation, quantifier, part }: Asked): Part {
  // What no row meets is met by some row nowhere, by none everywhere, and by every row where there is none.
  if (part === nothing && quantifier !== 'every') return quantifier === 'some' ? nothing : null
  if (part === null && quantifier === 'every') return null
  const asked = part === nothing ? null : part
  const kept = asked === null && quantifier === 'every' ? 'none' : quantifier
  const term = { kind: 'related', relation, quantifier: kept, term: asked?.term ?? null } as const
  return { term, shape: `${kept} ${name}(${asked?.shape ?? ''})`, values: asked?.values ?? [] }
}

/** No part at all holds for every row, as everywhere in logic. */
function allParts(parts: readonly Part[]): Part {
  return parts.includes(nothing)
    ? nothing
    : joined(
        'all',
        parts.filter((part) => part !== null),
      )
}

/** No part at all holds for no row. */
function anyParts(parts: readonly Part[]): Part {
  if (parts.includes(null)) return null
  return joined('any', parts.filter((part) => part !== null && part !== nothing) as readonly Condition[]) ?? nothing
}

function joined(kind: 'all' | 'any', found: readonly Condition[]): Part {
  const [only, ...more] = found
  if (only === undefined || more.length === 0) return only ?? null
  const shape = found.map((part) => part.shape).join(kind === 'all' ? '&' : '|')
  const terms = found.map(({ term }) => term)
  return { term: { kind, terms }, shape: `(${shape})`, values: found.flatMap(({ values }) => values) }
}

function noOperator(plan: ModelPlan, column: ColumnPlan, operator: string): TerraceError {
  const operators = operatorsOf[column.family].join(', ')
  const values = { model: plan.name, column: column.name, type: column.fact.type.kind, operator, operators }
  return errors.DAO_OPERATOR({ values })
}

function noCondition(place: string, problem: string): TerraceError {
  return errors.DAO_CONDITION({ values: { place, problem } })
}

/** An object that is meant as structure and not as a value. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  return !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array)
}

/** A value that a column may equal: neither null nor an object of operators. */
export function isValue(value: unknown): boolean {
  return value !== null && value !== undefined && !isRecord(value)
}
