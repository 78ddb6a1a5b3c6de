import { parseText } from '../../dto/index.ts'
import type { ColumnField } from '../../dto/index.ts'
import { issueText } from '../../errors/index.ts'
import { queryIssue, repeated } from '../query-values.ts'
import { flagField, mostListValues, operatorFacts, takesMany } from './filters.ts'
import type { Filter } from './filters.ts'
import type { FilterRelation } from './filter-level.ts'
import type { FilterStep, FilterTerm, Quantifier } from './filter-term.ts'
import type { QueryReading } from './query-reading.ts'

/** Conditions in one query, and relations among them, at the most: each relation is a query of its own in the statement. */
export const mostFilterTerms = 100
const mostRelated = 20

/** The terms of a query, by the names as they were sent. */
export type FilterTerms = ReadonlyMap<string, FilterTerm>

type Where = Readonly<Record<string, unknown>>

/** One condition in a DAO's terms, and the text by which its place among others does not depend on who asked. */
interface Part {
  readonly order: string
  readonly where: Where
}

/**
 * The condition of a query in a DAO's terms; null for none. What is wrong with values goes to the issues. Equal questions are one
 * statement, in whatever order they were sent, and however their groups are labelled.
 */
export function readFilterConditions(reading: QueryReading, terms: FilterTerms): Where | null {
  if (terms.size === 0) return null
  if (terms.size > mostFilterTerms) {
    const text = issueText('conditions', { count: terms.size, most: mostFilterTerms })
    reading.issues.push({ in: 'query', path: '', ...text })
    return null
  }
  const all = new ConditionGroup()
  for (const [name, { steps, compared }] of terms) groupAt(all, steps).add(name, compared)
  if (relatedIn(all) > mostRelated)
    reading.issues.push({ in: 'query', path: '', ...issueText('relatedConditions', { most: mostRelated }) })
  return whereOf(reading, all)
}

interface Compared {
  readonly compared: FilterTerm['compared']
  /** Spellings of one name: `or[a][name]` is `or[a.name]`. */
  readonly names: string[]
}

/** Conditions that hold together. */
class ConditionGroup {
  readonly compared = new Map<string, Compared>()
  readonly labels = { and: new Map<string, ConditionGroup>(), or: new Map<string, ConditionGroup>() }
  readonly related = new Map<string, RelatedGroup>()
  not: ConditionGroup | null = null

  add(name: string, compared: FilterTerm['compared']): void {
    const key = 'operator' in compared ? compared.name : `${compared.to.relation.name}[some]`
    const known = this.compared.get(key)
    if (known === undefined) this.compared.set(key, { compared, names: [name] })
    else known.names.push(name)
  }

  inside(step: FilterStep): ConditionGroup {
    if (step.kind === 'not') return (this.not ??= new ConditionGroup())
    if (step.kind === 'group') return keptIn(this.labels[step.combine], step.label, () => new ConditionGroup())
    const { to, quantifier } = step
    return keptIn(this.related, `${to.relation.name} ${quantifier}`, () => ({
      to,
      quantifier,
      group: new ConditionGroup(),
    })).group
  }
}

interface RelatedGroup {
  readonly to: FilterRelation
  readonly quantifier: Quantifier
  readonly group: ConditionGroup
}

function groupAt(all: ConditionGroup, steps: readonly FilterStep[]): ConditionGroup {
  return steps.reduce((group, step) => group.inside(step), all)
}

function keptIn<V>(kept: Map<string, V>, key: string, make: () => V): V {
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = make()
  kept.set(key, made)
  return made
}

function relatedIn({ compared, labels, related, not }: ConditionGroup): number {
  const inside = [...labels.and.values(), ...labels.or.values(), ...(not === null ? [] : [not])]
  const own = [...compared.values()].filter((one) => !('operator' in one.compared)).length
  const deeper = [...related.values()].map(({ group }) => 1 + relatedIn(group))
  return [...inside.map(relatedIn), ...deeper].reduce((sum, count) => sum + count, own)
}

function whereOf(reading: QueryReading, group: ConditionGroup): Where {
  return partOf(reading, group).where
}

function partOf(reading: QueryReading, { compared, labels, related, not }: ConditionGroup): Part {
  const parts = [
    ...comparisons(reading, compared),
    ...labelled(reading, 'and', labels.and),
    ...labelled(reading, 'or', labels.or),
    ...(not === null ? [] : [negated(partOf(reading, not))]),
    ...[...related.values()].map((one) => relatedPart(reading, one)).toSorted(byOrder),
  ]
  const [only, ...more] = parts
  if (only !== undefined && more.length === 0) return only
  return { order: `(${parts.map(({ order }) => order).join()})`, where: { and: parts.map(({ where }) => where) } }
}

/** In the order of the columns. A value that cannot be read is an issue, and no condition. */
function comparisons(reading: QueryReading, compared: ReadonlyMap<string, Compared>): readonly Part[] {
  const all = [...compared.values()]
  const filters = all.flatMap((one) => ('operator' in one.compared ? [{ filter: one.compared, names: one.names }] : []))
  const existing = all.flatMap((one) => ('operator' in one.compared ? [] : [{ to: one.compared.to, names: one.names }]))
  return [
    ...filters.toSorted((one, other) => one.filter.at - other.filter.at).flatMap((one) => comparison(reading, one)),
    ...existing.toSorted((one, other) => one.to.at - other.to.at).flatMap((one) => existence(reading, one)),
  ]
}

function labelled(
  reading: QueryReading,
  combine: 'and' | 'or',
  groups: ReadonlyMap<string, ConditionGroup>,
): readonly Part[] {
  if (groups.size === 0) return []
  const parts = [...groups.values()].map((group) => partOf(reading, group)).toSorted(byOrder)
  const order = `${combine}(${parts.map((part) => part.order).join()})`
  return [{ order, where: { [combine]: parts.map(({ where }) => where) } }]
}

function negated({ order, where }: Part): Part {
  return { order: `not(${order})`, where: { not: where } }
}

function relatedPart(reading: QueryReading, { to, quantifier, group }: RelatedGroup): Part {
  const { order, where } = partOf(reading, group)
  return { order: `${to.relation.name} ${quantifier}(${order})`, where: relatedWhere(to, quantifier, where) }
}

function relatedWhere({ relation: { name, target } }: FilterRelation, quantifier: Quantifier, where: Where): Where {
  // A DAO asks the models it is given for their table alone.
  return { related: { quantifier, relation: name, of: target, where } }
}

function byOrder(one: Part, other: Part): number {
  if (one.order === other.order) return 0
  return one.order < other.order ? -1 : 1
}

interface Named<T> {
  readonly names: readonly string[]
  readonly what: T
}

function comparison(
  reading: QueryReading,
  { filter, names }: { readonly filter: Filter; readonly names: readonly string[] },
): readonly Part[] {
  const { column, operator, name } = filter
  const value = operandOf(reading, { names, what: filter })
  if (value === undefined) return []
  const count = Array.isArray(value) ? ` ${value.length}` : ''
  const condition = operator === 'eq' ? value : { [operatorFacts(operator).condition]: value }
  return [{ order: `${name}${count}`, where: { [column.name]: condition } }]
}

function existence(
  reading: QueryReading,
  { to, names }: { readonly to: FilterRelation; readonly names: readonly string[] },
): readonly Part[] {
  const exists = oneValue(reading, names, flagField)
  if (exists === undefined) return []
  const quantifier = exists === true ? 'some' : 'none'
  return [{ order: `${to.relation.name} ${quantifier}()`, where: relatedWhere(to, quantifier, {}) }]
}

/** The operand of a condition; undefined for one that cannot be read, which is an issue. */
function operandOf(reading: QueryReading, { names, what: { operator, field } }: Named<Filter>): unknown {
  if (!takesMany(operator)) return oneValue(reading, names, field)
  const [name = ''] = names
  const texts = textsOf(reading, names)
  if (texts.length > mostListValues) {
    reading.issues.push(queryIssue(name, issueText('givenTimes', { most: mostListValues })))
    return undefined
  }
  const values = texts.map((text) => valueOf(reading, { ...field, key: name }, text))
  return values.includes(undefined) ? undefined : values
}

function oneValue(reading: QueryReading, names: readonly string[], field: ColumnField): unknown {
  const [name = ''] = names
  const [text = '', ...more] = textsOf(reading, names)
  if (more.length === 0) return valueOf(reading, { ...field, key: name }, text)
  reading.issues.push(repeated(name))
  return undefined
}

function textsOf({ texts }: QueryReading, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => texts.get(name) ?? [])
}

function valueOf({ issues }: QueryReading, field: ColumnField, text: string): unknown {
  const parsed = parseText(field, text, 'query')
  if (parsed.ok) return parsed.value
  if (issues.length < mostIssues) issues.push(...parsed.issues)
  return undefined
}

const mostIssues = 50
