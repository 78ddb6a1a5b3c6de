import fc from 'fast-check'
import { foldCase } from '../../src/model/index.ts'
import { rowRelations, seen } from './journal-rows.ts'
import type { Kind, Row } from './journal-rows.ts'

type Value = string | number | boolean
type Cell = Value | readonly string[]

/** One condition on a column. */
export interface Comparison {
  readonly column: string
  readonly operator: keyof typeof compare
  readonly values: readonly Value[]
}

/** Conditions that hold together, as they may be asked of rows of one model. */
export interface Asked {
  readonly compared: readonly Comparison[]
  readonly and: readonly Asked[]
  readonly or: readonly Asked[]
  readonly not: Asked | null
  readonly related: readonly { readonly name: string; readonly quantifier: Quantifier; readonly asked: Asked }[]
  readonly any: readonly { readonly name: string; readonly exists: boolean }[]
}

type Quantifier = 'some' | 'none' | 'every'

const texts = [
  'a',
  'APPLE',
  'Äpfel',
  'äPFEL',
  '%',
  '_',
  '\\',
  "'",
  '🍎',
  'e',
  'pie',
  'straße',
  'ǰ',
  'J̌',
  'red',
  '',
] as const
const folded = ['not', 'notIn', 'gt', 'contains', 'startsWith', 'endsWith', 'eq', 'in'] as const
const ordered = ['eq', 'not', 'in', 'notIn', 'gt', 'gte', 'lt', 'lte', 'null'] as const

interface ColumnDomain {
  readonly operators: readonly (keyof typeof compare)[]
  readonly values: readonly Value[]
  readonly ignoresCase?: boolean
}

const key = (values: readonly string[]): ColumnDomain => ({ operators: ['eq', 'in'], values })
const columns: { readonly [K in Kind]: Readonly<Record<string, ColumnDomain>> } = {
  users: { id: key(['ann', 'bob']), name: key(['Ann', 'ann', 'Bob']) },
  topics: {
    name: { operators: ['eq', 'in', 'contains', 'startsWith', 'endsWith'], values: texts, ignoresCase: true },
    parentId: { operators: ['eq', 'in', 'null'], values: ['topic0', 'topic1'] },
  },
  posts: {
    title: { operators: folded, values: texts, ignoresCase: true },
    body: { operators: ['eq', 'in', 'not', 'contains', 'startsWith', 'endsWith'], values: texts },
    kind: { operators: ['eq', 'not', 'in', 'notIn'], values: ['essay', 'note'] },
    stars: { operators: ordered, values: [0, 1, 2, 3, 4, 5, 99] },
    isOpen: { operators: ['eq', 'not'], values: [true, false] },
    day: { operators: ordered, values: ['2026-02-01', '2026-02-03', '2026-02-05'] },
    tags: {
      operators: ['has', 'hasAny', 'hasAll', 'null'],
      values: ['Äpfel', 'apple', '%', "o'clock", '🍎 red', 'ǰ', '100%_\\', 'x'],
    },
    topicId: { operators: ['eq', 'in', 'null'], values: ['topic0', 'topic1', 'topic2', 'nothing'] },
  },
  comments: {
    body: { operators: ['eq', 'in', 'contains'], values: texts },
    score: { operators: ordered, values: [0, 1, 2, 3, 6] },
  },
  covers: { color: key(['Äpfel', 'apple', 'bread']) },
  teams: { name: key(['ours', 'both', 'theirs']) },
  members: { userId: key(['ann', 'bob']), teamId: key(['ours', 'both', 'theirs']) },
  tasks: {
    name: key(['apple', '🍎 red']),
    postId: { operators: ['eq', 'null'], values: ['post00', 'post01', 'post05'] },
  },
}

type Truth = boolean | null

const compare = {
  eq: (value: Value, [asked]: readonly Value[]) => value === asked,
  not: (value: Value, [asked]: readonly Value[]) => value !== asked,
  in: (value: Value, asked: readonly Value[]) => asked.includes(value),
  notIn: (value: Value, asked: readonly Value[]) => !asked.includes(value),
  gt: (value: Value, [asked]: readonly Value[]) => order(value, asked as Value) > 0,
  gte: (value: Value, [asked]: readonly Value[]) => order(value, asked as Value) >= 0,
  lt: (value: Value, [asked]: readonly Value[]) => order(value, asked as Value) < 0,
  lte: (value: Value, [asked]: readonly Value[]) => order(value, asked as Value) <= 0,
  contains: (value: Value, [asked]: readonly Value[]) => String(value).includes(String(asked)),
  startsWith: (value: Value, [asked]: readonly Value[]) => String(value).startsWith(String(asked)),
  endsWith: (value: Value, [asked]: readonly Value[]) => String(value).endsWith(String(asked)),
  has: (value: Cell, [asked]: readonly Value[]) => held(value).includes(String(asked)),
  hasAny: (value: Cell, asked: readonly Value[]) => asked.some((one) => held(value).includes(String(one))),
  hasAll: (value: Cell, asked: readonly Value[]) => asked.every((one) => held(value).includes(String(one))),
  null: (_value: Cell, [asked]: readonly Value[]) => asked === false,
} as const

function held(value: Cell): readonly string[] {
  return typeof value === 'object' ? value : []
}

/** By code point, as every engine compares texts. */
function order(one: Value, other: Value): number {
  if (typeof one !== 'string' || typeof other !== 'string') return Number(one) - Number(other)
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

/** Order leaves no case aside. */
const isFolded = ({ operator }: Comparison, ignoresCase: boolean): boolean => ignoresCase && operator !== 'gt'

function comparison(row: Row, kind: Kind, asked: Comparison): Truth {
  const { column, operator, values } = asked
  const value = row[column] as Cell | null
  if (operator === 'null') return (value === null) === values[0]
  if (value === null) return null
  const { ignoresCase = false } = columns[kind][column] as ColumnDomain
  const known = <T extends Cell>(one: T): T | string => (isFolded(asked, ignoresCase) ? foldCase(String(one)) : one)
  return (compare[operator] as (value: Cell, asked: readonly Value[]) => boolean)(known(value), values.map(known))
}

/** What SQL would say of a row, computed without it: true, false, or null where nobody knows. */
export function truthOf(row: Row, kind: Kind, { compared, and, or, not, related, any }: Asked): Truth {
  const relationOf = (name: string): readonly Row[] => {
    const relation = rowRelations[kind]?.[name]
    if (relation === undefined) throw new Error(`no relation ${name}`)
    return seen(relation.kind).filter((other) => relation.joins(row, other))
  }
  const kindOf = (name: string): Kind => rowRelations[kind]?.[name]?.kind as Kind
  return allOf([
    ...compared.map((asked) => comparison(row, kind, asked)),
    ...and.map((asked) => truthOf(row, kind, asked)),
    ...(or.length === 0 ? [] : [negated(allOf(or.map((asked) => negated(truthOf(row, kind, asked)))))]),
    ...(not === null ? [] : [negated(truthOf(row, kind, not))]),
    ...related.map(({ name, quantifier, asked }) => {
      const truths = relationOf(name).map((other) => truthOf(other, kindOf(name), asked) === true)
      if (quantifier === 'every') return truths.every((truth) => truth)
      return truths.some((truth) => truth) === (quantifier === 'some')
    }),
    ...any.map(({ name, exists }) => relationOf(name).length > 0 === exists),
  ])
}

function negated(truth: Truth): Truth {
  return truth === null ? null : !truth
}

function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false
  return truths.includes(null) ? null : true
}

/** Conditions on rows of a model, with so many groups and relations one inside the other. */
export function askedOf(kind: Kind, groups: number, relations: number): fc.Arbitrary<Asked> {
  const inGroup = groups > 0 ? askedOf(kind, groups - 1, relations) : null
  const own = rowRelations[kind] ?? {}
  const many = Object.keys(own).filter((name) => own[name]?.isMany)
  return fc.record({
    compared: comparisonsOf(kind),
    and: seldom(inGroup === null ? null : fc.array(inGroup, { minLength: 1, maxLength: 2 }), []),
    or: seldom(inGroup === null ? null : fc.array(inGroup, { minLength: 1, maxLength: 3 }), []),
    not: seldom<Asked | null>(inGroup, null),
    related: seldom(relations > 0 ? relatedOf(kind, groups, relations) : null, []),
    any: seldom(
      many.length === 0 || relations === 0
        ? null
        : fc.record({ name: fc.constantFrom(...many), exists: fc.boolean() }).map((one) => [one]),
      [],
    ),
  })
}

function seldom<T>(arbitrary: fc.Arbitrary<T> | null, otherwise: T): fc.Arbitrary<T> {
  if (arbitrary === null) return fc.constant(otherwise)
  return fc.oneof({ weight: 3, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary })
}

function takesMany(operator: Comparison['operator']): boolean {
  return operator === 'in' || operator === 'notIn' || operator === 'hasAny' || operator === 'hasAll'
}

function comparisonsOf(kind: Kind): fc.Arbitrary<readonly Comparison[]> {
  const one: fc.Arbitrary<Comparison> = fc.constantFrom(...Object.keys(columns[kind])).chain((column) => {
    const { operators, values } = columns[kind][column] as ColumnDomain
    return fc.constantFrom(...operators).chain((operator): fc.Arbitrary<Comparison> =>
      operator === 'null'
        ? fc.boolean().map((value) => ({ column, operator, values: [value] }))
        : fc
            .array(fc.constantFrom(...values), { minLength: 1, maxLength: takesMany(operator) ? 4 : 1 })
            .map((some) => ({
              column,
              operator,
              values: some,
            })),
    )
  })
  return fc.uniqueArray(one, { maxLength: 2, selector: ({ column, operator }) => `${column} ${operator}` })
}

function relatedOf(kind: Kind, groups: number, relations: number): fc.Arbitrary<Asked['related']> {
  const own = Object.entries(rowRelations[kind] ?? {})
  const one = fc.constantFrom(...own).chain(([name, { kind: target, isMany }]) =>
    fc.record({
      name: fc.constant(name),
      quantifier: fc.constantFrom<Quantifier>(...(isMany ? (['some', 'none', 'every'] as const) : (['some'] as const))),
      asked: askedOf(target, Math.max(0, groups - 1), relations - 1).filter(
        (asked) => namesOf(asked, 'x', false).length > 0,
      ),
    }),
  )
  return fc.uniqueArray(one, {
    minLength: 1,
    maxLength: 2,
    selector: ({ name, quantifier }) => `${name} ${quantifier}`,
  })
}

/** The conditions as a query says them, in brackets or with dots. */
export function queryOf(kind: Kind, asked: Asked, dotted: boolean): string {
  return namesOf(asked, '', dotted, kind)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
}

type Pairs = readonly (readonly [name: string, value: Value])[]

function namesOf(asked: Asked, prefix: string, dotted: boolean, kind?: Kind): Pairs {
  const inside = (...segments: readonly string[]): string =>
    segments.reduce((name, part) => joined(name, part, dotted), prefix)
  const { compared, and, or, not, related, any } = asked
  const isMany = (name: string): boolean => kind === undefined || rowRelations[kind]?.[name]?.isMany === true
  const target = (name: string): Kind | undefined => (kind === undefined ? undefined : rowRelations[kind]?.[name]?.kind)
  return [
    ...compared.flatMap(({ column, operator, values }) =>
      values.map((value) => [operator === 'eq' ? inside(column) : inside(column, operator), value] as const),
    ),
    ...and.flatMap((one, at) => namesOf(one, inside('and', `a${at}`), dotted, kind)),
    ...or.flatMap((one, at) => namesOf(one, inside('or', `${at}`), dotted, kind)),
    ...(not === null ? [] : namesOf(not, inside('not'), dotted, kind)),
    ...related.flatMap(({ name, quantifier, asked: one }) =>
      namesOf(one, isMany(name) ? inside(name, quantifier) : inside(name), dotted, target(name)),
    ),
    ...any.map(({ name, exists }) => [inside(name, 'some'), exists] as const),
  ]
}

function joined(name: string, part: string, dotted: boolean): string {
  if (name === '') return part
  return dotted && name.endsWith(']') ? `${name.slice(0, -1)}.${part}]` : `${name}[${part}]`
}

/** What is left where groups without a condition are not written: a query cannot say them. */
export function sayable(asked: Asked): Asked {
  const and = asked.and.map(sayable).filter(isSaid)
  const or = asked.or.map(sayable).filter(isSaid)
  const not = asked.not === null ? null : sayable(asked.not)
  const related = asked.related.map((one) => ({ ...one, asked: sayable(one.asked) })).filter((one) => isSaid(one.asked))
  return { ...asked, and, or, related, not: not === null || !isSaid(not) ? null : not }
}

function isSaid({ compared, and, or, not, related, any }: Asked): boolean {
  return compared.length + and.length + or.length + related.length + any.length > 0 || not !== null
}

/** How many relations are asked, each of which is a query of its own. */
export function relationsIn({ and, or, not, related, any }: Asked): number {
  const inside = [...and, ...or, ...(not === null ? [] : [not]), ...related.map(({ asked }) => asked)]
  return inside.map(relationsIn).reduce((sum, count) => sum + count, related.length + any.length)
}
