import type { DeclaredModel } from '../bind/declared-graph.ts'
import { sqlNameOf } from '../bind/column-facts.ts'
import type { ColumnSpec } from '../column.ts'
import { foldedName } from '../naming.ts'
import { listOf, nameHint } from './name-hint.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { columnWords, partWords, tableWords, type Words } from './stored-words.ts'
import { unkeptProblems } from './unkept-problems.ts'
import { typeText } from './type-text.ts'

/** What `stored` says of an engine that no engine can keep so, or that says nothing. Whether an engine is one is seen when a database is opened. */
export function storedProblems(model: DeclaredModel): readonly Problem[] {
  const columns = [...model.columns].flatMap(([property, spec]) => columnProblems(`${model.name}.${property}`, spec))
  return [...columns, ...tableProblems(model)]
}

type Plain = Readonly<Record<string, unknown>>

function columnProblems(where: string, spec: ColumnSpec): readonly Problem[] {
  return engines(`${where}, stored`, spec.stored, "stored({ engine: { type: 'year(4)' } })").flatMap(
    ([at, kept, problems]) => {
      if (kept === null) return problems
      const wrong = shapeProblems(at, kept, columnWords)
      return wrong.length > 0 ? wrong : meaningProblems(at, kept, spec)
    },
  )
}

type Engine = readonly [at: string, kept: Plain | null, problems: readonly Problem[]]

/** Each engine's part; without types anything can stand there. */
function engines(where: string, stored: unknown, form: string): readonly Engine[] {
  if (stored === null) return []
  if (!isPlain(stored))
    return [[where, null, [problemAt(where, 'is no object with a part for each engine', `Write ${form}`)]]]
  return Object.entries(stored).map(([engine, kept]) => {
    const at = `${where}.${engine}`
    return isPlain(kept) ? [at, kept, []] : [at, null, [problemAt(at, 'is no object', `Write ${form}`)]]
  })
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Unknown keys, missing ones and values of another shape. */
function shapeProblems(at: string, kept: Plain, words: Words): readonly Problem[] {
  const known = Object.keys(words)
  const unknown = Object.keys(kept).filter((key) => !known.includes(key))
  return [
    ...unknown.map((key) => problemAt(`${at}.${key}`, 'says nothing', nameHint(key, known, `Write ${listOf(known)}`))),
    ...Object.entries(words).flatMap(([key, { isRequired = false, fits, form, refusal = `is no ${form}` }]) => {
      const value = kept[key]
      if (value === undefined && !isRequired) return []
      if (value === undefined) return [problemAt(at, `has no ${key}`, `Give it: ${form}`)]
      return fits(value) ? [] : [problemAt(`${at}.${key}`, refusal, `Give it: ${form}`)]
    }),
  ]
}

const wholeNumbers = ['integer', 'smallint', 'bigint', 'identity']

/** What contradicts itself, or what the model says of the column. */
function meaningProblems(at: string, kept: Plain, spec: ColumnSpec): readonly Problem[] {
  const isNative = spec.type.kind === 'native'
  const has = (key: string): boolean => (kept[key] ?? null) !== null
  const rules: readonly (readonly [isBroken: boolean, problem: string, remedy: string])[] = [
    [kept['type'] === '' && !isNative, 'names an empty type', 'Leave type out, or write what the catalogue prints'],
    [
      has('generated') && !isNative,
      'is computed by the database, and callers write it',
      `Declare it as native('${String(kept['type'] ?? 'int')}'), which can be read only`,
    ],
    [has('generated') && has('default'), 'is computed by the database and has a default', 'Keep one of the two'],
    [has('generated') && has('identity'), 'is computed by the database and numbered by it', 'Keep one of the two'],
    [has('default') && has('identity'), 'has a default and is numbered by the database', 'Keep one of the two'],
    [
      has('identity') && !isNative && !wholeNumbers.includes(spec.type.kind),
      `numbers ${typeText(spec.type)}`,
      'Leave identity out: whole numbers are numbered',
    ],
    [
      kept['identity'] === 'always' && !isNative && spec.stamp !== 'identity',
      'is always numbered by the database, which refuses what callers give',
      'Declare it as identity(), or as native() where it is no key',
    ],
  ]
  return rules.flatMap(([isBroken, problem, remedy]) => (isBroken ? [problemAt(at, problem, remedy)] : []))
}

function tableProblems(model: DeclaredModel): readonly Problem[] {
  const form = 'stored: { engine: { checks: [] } }'
  return engines(`${model.name}, stored`, model.stored, form).flatMap(([at, kept, problems]) => {
    if (kept === null) return problems
    const wrong = shapeProblems(at, kept, tableWords)
    if (wrong.length > 0) return wrong
    const parts = Object.keys(partWords).flatMap((kind) => partProblems(at, kept, { kind, model }))
    return parts.length > 0 ? parts : unkeptProblems(at, kept, model)
  })
}

interface PartsOf {
  readonly kind: string
  readonly model: DeclaredModel
}

/** The uniques, indexes, foreign keys or checks of one engine. */
function partProblems(at: string, kept: Plain, { kind, model }: PartsOf): readonly Problem[] {
  const parts = (kept[kind] ?? []) as readonly unknown[]
  const words = partWords[kind as keyof typeof partWords]
  const names = parts.map((part) => (isPlain(part) ? part['name'] : null))
  return parts.flatMap((part, number) => {
    const where = `${at}.${kind}[${number}]`
    if (!isPlain(part)) return [problemAt(where, 'is no object', `Give ${listOf(Object.keys(words))}`)]
    const wrong = shapeProblems(where, part, words)
    if (wrong.length > 0) return wrong
    const isTwice = typeof part['name'] === 'string' && names.indexOf(part['name']) < number
    return [
      ...(isTwice ? [problemAt(where, `has the name ${String(part['name'])} once more`, 'Keep one of them')] : []),
      ...columnsOf(part).flatMap((column) => unknownColumn(where, column, model)),
      ...keyLengths(where, part),
    ]
  })
}

/** Those that it names; an expression stands in parentheses. */
function columnsOf({ columns = [], include = [] }: Plain): readonly string[] {
  const listed = [columns, include].flat() as readonly (string | { readonly name: string })[]
  return listed.map((column) => (typeof column === 'string' ? column : column.name))
}

function unknownColumn(where: string, column: string, { name, columns }: DeclaredModel): readonly Problem[] {
  const known = [...columns].flatMap(([property, spec]) => {
    const own = sqlNameOf(property, spec)
    return spec.ignoreCase ? [own, foldedName(own)] : [own]
  })
  if (column.startsWith('(') || known.some((own) => isPartOf(column, own))) return []
  const remedy = nameHint(column, known, 'Name columns as the database does, and expressions in parentheses')
  return [problemAt(where, `${name} has no column "${column}" in the database`, remedy)]
}

/** The column itself, or as some engines have it in a unique rule: `title(20)`, `title desc`. */
function isPartOf(written: string, column: string): boolean {
  return written.startsWith(column) && /^(?:\(\d+\))?(?: desc)?$/.test(written.slice(column.length))
}

function keyLengths(where: string, { columns, target }: Plain): readonly Problem[] {
  if (target === undefined) return []
  const [from, to] = [columns, (target as Plain)['columns']] as readonly (readonly string[])[]
  if (from?.length === to?.length) return []
  return [problemAt(where, `has ${from?.length} columns and ${to?.length} in its target`, 'Name them in pairs')]
}
