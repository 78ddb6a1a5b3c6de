import type { AliasableExpression } from 'kysely'
import { Slot } from '../../src/database/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import {
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  float,
  graph,
  identity,
  integer,
  json,
  model,
  native,
  oneOf,
  smallint,
  text,
  time,
  timestamp,
  uuid,
} from '../../src/model/index.ts'
import { compiled, targets, type Compiling } from './compiling.ts'
import type { AnyDb, AnyEb } from './shop.ts'

const Kind = model('kinds', {
  id: identity(),
  key: uuid(),
  words: text(),
  caseless: text().length(1, 50).ignoreCase(),
  other: text().length(1, 50).ignoreCase().nullable(),
  choice: oneOf('a', 'b'),
  whole: integer(),
  small: smallint(),
  big: bigint(),
  cents: decimal(10, 2),
  mills: decimal(10, 3),
  part: float(),
  isOpen: boolean(),
  at: timestamp(),
  precise: timestamp({ precision: 6 }),
  day: date(),
  clock: time(),
  doc: json(),
  list: array(integer()),
  blob: bytes(),
  vector: native('tsvector'),
})

/** A column of every type, in a graph where nobody owns anything. */
export const kindsGraph = graph({ Kind }).Kind.graph

export const columnNames = Object.keys(kindsGraph.tables['kinds']?.column ?? {})

type Make = (eb: AnyEb) => AliasableExpression<unknown>

const value =
  (of: unknown): Make =>
  (eb) =>
    eb.val(of) as never

/** Everything that can stand on a side of an operator. */
export const operandsByName: Readonly<Record<string, Make>> = {
  ...Object.fromEntries(columnNames.map((name) => [name, (eb: AnyEb) => eb.ref(name)] as const)),
  'a sum': (eb) => eb('whole', '+', eb.ref('small')) as never,
  'a mean': (eb) => eb.fn.avg('whole'),
  'a text made': (eb) => eb.fn('lower', ['words']),
  'a condition': (eb) => eb('whole', '=', 1) as never,
  'a sub-query': (eb) => eb.selectFrom('kinds as k').select('k.whole').limit(1) as never,
  'what an app made': (eb) => eb.fn('made', []),
  'a tuple': (eb) => eb.refTuple('whole', 'words') as never,
  '1': value(1),
  '1.5': value(1.5),
  '2n': value(2n),
  '"a"': value('a'),
  true: value(true),
  null: value(null),
  undefined: value(undefined),
  NaN: value(Number.NaN),
  'a date': value(new Date(5)),
  'some bytes': value(new Uint8Array([1, 2])),
  'a slot': value(new Slot('s')),
}

const options: Compiling = { graph: kindsGraph, target: targets.sqlite, allow: { functions: { made: 'unknown' } } }

/** What comes of a statement that gives `x`: how it is written and what `x` comes out as, or the code of the refusal. */
export function resultOf(build: (db: AnyDb) => unknown, given: Compiling = {}): string {
  try {
    const { sql, decodings, integersFit, bindings } = compiled(build as never, { ...options, ...given })
    const decode = decodings.find(({ output }) => output === 'x')?.decode
    const values = bindings.map((binding) => (binding.kind === 'value' ? shown(binding.value) : binding.kind))
    const comes = decode === undefined ? 'as it is' : samples.map((sample) => decoded(decode, sample)).join(' ')
    return [shapeOf(sql), values.join(' '), comes, integersFit ? 'fits' : ''].filter((part) => part !== '').join(' | ')
  } catch (error) {
    return error instanceof TerraceError ? error.code : `not built: ${(error as Error).message}`
  }
}

/** The statement with its columns' names left out: what differs between types stays. */
const shapeOf = (sql: string): string =>
  sql
    .replaceAll(/"(kinds|k|kinds2)"\."\w+_folded"/g, 'FOLDED')
    .replaceAll(/"(kinds|k|kinds2)"\."\w+"/g, 'COLUMN')
    .replaceAll(/^(select|insert into "kinds") | from "kinds"/g, '')
    .replace(' as "x"', '')

const samples: readonly unknown[] = [1, '7', 2n ** 60n]

function decoded(decode: (value: never) => unknown, sample: unknown): string {
  try {
    return shown(decode(sample as never))
  } catch (error) {
    return error instanceof TerraceError ? 'REFUSED' : 'THROWN'
  }
}

export function shown(of: unknown): string {
  if (typeof of === 'bigint') return `${of}n`
  if (of instanceof Slot) return 'slot'
  return of instanceof Uint8Array ? `bytes(${of.join(' ')})` : (JSON.stringify(of) ?? 'undefined')
}

/** `result ← what gives it, …`, one line per result. */
export function grouped(title: string, results: Readonly<Record<string, string>>): string {
  const byResult = Map.groupBy(Object.entries(results), ([, result]) => result)
  const lines = [...byResult].map(([result, given]) => `  ${result} ← ${given.map(([name]) => name).join(', ')}`)
  return [`# ${title}`, ...lines].join('\n')
}

/** Each operand by its name, put into a statement. */
export function forEachOperand(
  put: (make: Make) => (db: AnyDb) => unknown,
  given: Compiling = {},
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(operandsByName).map(([name, make]) => [name, resultOf(put(make), given)] as const),
  )
}

export type { Make }
