import type { JsonSchema } from '../../dto/index.ts'
import { issueText } from '../../errors/index.ts'
import type { QueryTexts } from '../query-string.ts'
import { queryIssue, refuseUnknownNames, shortened } from '../query-values.ts'
import type { QueryParameter } from '../query-values.ts'
import { mostFilterTerms } from './filter-conditions.ts'
import type { FilterTerms } from './filter-conditions.ts'
import { deepestRelation } from './filter-level.ts'
import type { FilterLevel, FilterRelation } from './filter-level.ts'
import { deepestGroup, isTerm, readTerm } from './filter-term.ts'
import type { FilterTerm, NoTerm } from './filter-term.ts'
import { filterParameters } from './filters.ts'
import type { QueryReading } from './query-reading.ts'

/** What the names of a query ask for, besides those that are the list's own. */
export interface NamedTerms {
  readonly terms: FilterTerms
  /** Names that go deeper than is taken. */
  readonly deep: ReadonlyMap<string, Extract<NoTerm, { readonly kind: 'deep' }>['of']>
}

/**
 * Reads the names of a query. `UNKNOWN_QUERY` for each that is neither one of the list's own nor a condition, with those that are known
 * in its place.
 */
export function namedTerms(texts: QueryTexts, own: ReadonlySet<string>, level: FilterLevel): NamedTerms {
  const terms = new Map<string, FilterTerm>()
  const deep = new Map<string, 'groups' | 'relations'>()
  const isKnown = (name: string): boolean => {
    if (own.has(name)) return true
    const term = readTerm(name, level)
    if (isTerm(term)) terms.set(name, term)
    else if (term.kind === 'deep') deep.set(name, term.of)
    return isTerm(term) || term.kind === 'deep'
  }
  const knownFor = (name: string): readonly string[] => {
    const term = readTerm(name, level)
    if (isTerm(term) || term.kind === 'deep') return []
    return /[[.]/.test(name) ? term.known : [...own, ...term.known]
  }
  refuseUnknownNames(texts, { has: isKnown, keys: () => own.keys() }, knownFor)
  return { terms, deep }
}

export function refuseDeepTerms({ issues }: QueryReading, { deep }: NamedTerms): void {
  for (const [name, of] of deep) {
    const isGroup = of === 'groups'
    const levels = isGroup ? deepestGroup : deepestRelation
    issues.push(queryIssue(shortened(name), issueText(isGroup ? 'groupsDeep' : 'relationsDeep', { levels })))
  }
}

/** The conditions as parameters, for the documentation: each filter, the groups, and one for each relation of the list's own rows. */
export function conditionParameters(level: FilterLevel, own: ReadonlySet<string>): readonly QueryParameter[] {
  // `page` is a parameter already, where it is a relation too.
  const named = [...level.relations].filter(([key]) => !own.has(key) && !level.filters.has(key))
  const relations = named.map(([key, to]) => relationParameter(key, to))
  return [...filterParameters(level.filters), ...groupParameters, ...relations]
}

const conditionValue: JsonSchema = { type: ['string', 'number', 'boolean'] }

function objectSchema(pattern: string): JsonSchema {
  const propertyNames = { type: 'string', pattern } as const
  return { type: 'object', propertyNames, additionalProperties: conditionValue, maxProperties: mostFilterTerms }
}

const condition = String.raw`\.[A-Za-z].*`
const label = '[A-Za-z0-9_-]{1,20}'

// Of every list the same, so that a document has them once.
const groupParameters: readonly QueryParameter[] = [
  {
    name: 'and',
    isRequired: false,
    isObject: true,
    schema: objectSchema(`^${label}${condition}$`),
    describe:
      'Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte',
  },
  {
    name: 'or',
    isRequired: false,
    isObject: true,
    schema: objectSchema(`^${label}${condition}$`),
    describe:
      'Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together',
  },
  {
    name: 'not',
    isRequired: false,
    isObject: true,
    schema: objectSchema('^[A-Za-z].*$'),
    describe: `Conditions that do not hold together: not[condition]=value. Groups go ${deepestGroup} deep`,
  },
]

function relationParameter(key: string, to: FilterRelation): QueryParameter {
  const { isMany } = to.relation
  const names = [...to.level.names, 'and', 'or', 'not'].join('|')
  const path = `(${names})(${condition.replace('[A-Za-z]', '[A-Za-z0-9_-]')})?`
  const pattern = isMany ? `^(some|(some|none|every)\\.${path})$` : `^${path}$`
  return {
    name: key,
    isRequired: false,
    isObject: true,
    schema: objectSchema(pattern),
    describe: isMany
      ? `What is asked of its ${key}: ${key}[some.condition]=value, none or every; ${key}[some]=false where there are none`
      : `What is asked of its ${key}: ${key}[condition]=value`,
  }
}
