import type { Filter } from './filters.ts'
import { deepestRelation } from './filter-level.ts'
import type { FilterLevel, FilterRelation } from './filter-level.ts'

/** Groups one inside the other. */
export const deepestGroup = 3

export type Quantifier = 'some' | 'none' | 'every'

/** One step of a condition's name towards what is compared. */
export type FilterStep =
  | { readonly kind: 'group'; readonly combine: 'and' | 'or'; readonly label: string }
  | { readonly kind: 'not' }
  | { readonly kind: 'related'; readonly to: FilterRelation; readonly quantifier: Quantifier }

/** What a condition's name says. `comments[some]` compares nothing: it asks whether there are any. */
export interface FilterTerm {
  readonly steps: readonly FilterStep[]
  readonly compared: Filter | { readonly kind: 'any'; readonly to: FilterRelation }
}

/** A name of known parts that has too many of them, or one that is not known where `known` are. */
export type NoTerm =
  | { readonly kind: 'deep'; readonly of: 'groups' | 'relations' }
  | { readonly kind: 'unknown'; readonly known: readonly string[] }

/**
 * Reads the name of a condition: a filter of the list, or what is asked in a group or of related rows.
 *
 * ```
 * kcal100g[gte]                 a filter
 * or[a][name], or[a][brand][null]  conditions of one label hold together; of the labels, one; and[…] all
 * not[name]                     the conditions in it do not hold together
 * category[name]                of the row that it refers to
 * portions[some][grams][gt]     of rows that refer to it: some, none or every; portions[some] alone: whether there are any
 * ```
 *
 * In brackets a dot is the same as `][`, as OpenAPI's `deepObject` writes it: `or[a.brand.null]`.
 */
export function readTerm(name: string, level: FilterLevel): FilterTerm | NoTerm {
  const plain = level.filters.get(name)
  if (plain !== undefined) return { steps: [], compared: plain }
  const segments = segmentsOf(name)
  return segments === null ? unknownAt(level, name) : termAt(segments, level, [])
}

export function isTerm(term: FilterTerm | NoTerm): term is FilterTerm {
  return 'steps' in term
}

/** `or[a][name]` and `or[a.name]` → or, a, name; null for a name that is not written so. */
function segmentsOf(name: string): readonly string[] | null {
  const [, first, inside] = /^([^[\].]+)\[(.+)\]$/s.exec(name) ?? []
  if (first === undefined || inside === undefined) return null
  const segments = [first, ...inside.split(/\]\[|\./)]
  return segments.every((segment) => segment !== '' && !/[[\]]/.test(segment)) ? segments : null
}

function termAt(segments: readonly string[], level: FilterLevel, steps: readonly FilterStep[]): FilterTerm | NoTerm {
  const [first = '', second, ...rest] = segments
  const filter = filterAt(segments, level)
  if (filter !== undefined) return { steps, compared: filter }
  if (second === undefined) return unknownAt(level, first)
  if (operatorsAt(level, first).length > 0) return unknownAt(level, first)
  if (first === 'not') return termBehind([second, ...rest], level, [...steps, { kind: 'not' }])
  if (first === 'and' || first === 'or') {
    if (rest.length === 0 || !labelForm.test(second)) return unknownAt(level)
    return termBehind(rest, level, [...steps, { kind: 'group', combine: first, label: second }])
  }
  const to = level.relations.get(first)
  return to === undefined ? unknownAt(level) : relatedTerm([second, ...rest], { to, steps })
}

const labelForm = /^[A-Za-z0-9_-]{1,20}$/

/** A column's own name alone, or with an operator. */
function filterAt(segments: readonly string[], { filters }: FilterLevel): Filter | undefined {
  const [column = '', operator] = segments
  if (segments.length > 2) return undefined
  return filters.get(operator === undefined ? column : `${column}[${operator}]`)
}

function relatedTerm(
  [first = '', ...rest]: readonly string[],
  { to, steps }: { readonly to: FilterRelation; readonly steps: readonly FilterStep[] },
): FilterTerm | NoTerm {
  const related = (quantifier: Quantifier): readonly FilterStep[] => [...steps, { kind: 'related', to, quantifier }]
  if (!to.relation.isMany) return termBehind([first, ...rest], to.level, related('some'))
  if (!isQuantifier(first)) return { kind: 'unknown', known: quantifiers }
  if (rest.length > 0) return termBehind(rest, to.level, related(first))
  if (first !== 'some') return unknownAt(to.level)
  return related('some').filter(isRelated).length > deepestRelation
    ? { kind: 'deep', of: 'relations' }
    : { steps, compared: { kind: 'any', to } }
}

/** Behind a step, unless there are too many of its kind: what is deeper is not looked at. */
function termBehind(
  segments: readonly string[],
  level: FilterLevel,
  steps: readonly FilterStep[],
): FilterTerm | NoTerm {
  const relations = steps.filter(isRelated).length
  if (relations > deepestRelation) return { kind: 'deep', of: 'relations' }
  if (steps.length - relations > deepestGroup) return { kind: 'deep', of: 'groups' }
  return termAt(segments, level, steps)
}

const quantifiers = ['some', 'none', 'every'] as const satisfies readonly Quantifier[]

function isQuantifier(segment: string): segment is Quantifier {
  return (quantifiers as readonly string[]).includes(segment)
}

function isRelated({ kind }: FilterStep): boolean {
  return kind === 'related'
}

/** What may stand in the place of a name: of a column its operators, else all that is known there. */
function unknownAt(level: FilterLevel, column?: string): NoTerm {
  const operators = column === undefined ? [] : operatorsAt(level, column)
  return { kind: 'unknown', known: operators.length > 0 ? operators : [...level.known, 'and', 'or', 'not'] }
}

function operatorsAt({ filters }: FilterLevel, column: string): readonly string[] {
  return [...filters.keys()].filter((name) => name === column || name.startsWith(`${column}[`))
}
