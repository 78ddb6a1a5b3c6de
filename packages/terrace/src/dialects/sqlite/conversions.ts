import {
  doubleQuoteName as quote,
  type Conversion,
  type Conversions,
  type ConvertedColumn,
  type TableShape,
} from '../../schema/index.ts'
import { affinityOf, strictTypes, type Affinity } from './affinity.ts'
import { decimalScaleOf, isTruthValue, isWholeNumber } from './stored-meaning.ts'

export const conversions: Conversions = {
  column: columnConversion,
  converted: ({ live, wanted }, column) => {
    const type = castType(wanted.type)
    return type === null || type === castType(live.type) ? column : `cast(${column} as ${type})`
  },
  options: tableConversion,
  valueWhenAdded: ({ default: fallback }) => fallback ?? 'null',
}

/** A collation changes no value; a type may. */
export function columnConversion(sides: ConvertedColumn, column: string): Conversion {
  const [from, to] = [affinityOf(sides.live.type), affinityOf(sides.wanted.type)]
  if (from === to || to === 'ANY') return { kind: 'lossless' }
  return changedMeaning(sides, to) ?? byAffinity(from, to, column)
}

function byAffinity(from: Affinity, to: Affinity, column: string): Conversion {
  if (to === 'BLOB') {
    return from === 'TEXT'
      ? { kind: 'lossless' }
      : { kind: 'lossy', reason: 'a number becomes the bytes of its digits' }
  }
  if (from === 'BLOB' && to === 'TEXT') return { kind: 'lossy', reason: 'bytes need not be a text' }
  return { kind: 'checked', offending: misfit(to, column), words: `values that are no ${to} or read otherwise as one` }
}

/**
 * SQLite has no types for decimals, truth values and instants: they are numbers that mean something else. What they are is known
 * from a CHECK, or not at all.
 */
function changedMeaning({ live, wanted, table }: ConvertedColumn, to: Affinity): Conversion | null {
  const scales = [decimalScaleOf(table.live, live.name), decimalScaleOf(table.wanted, wanted.name)]
  if (scales.some((scale) => scale !== null && scale > 0)) {
    return {
      kind: 'impossible',
      reason: `a decimal is kept as a whole number of its smallest unit, which ${live.type} and ${wanted.type} would read otherwise`,
    }
  }
  if (affinityOf(live.type) !== 'INTEGER' || to !== 'TEXT') return null
  if (isWholeNumber(table.live, live.name)) return { kind: 'lossless' }
  const what = isTruthValue(table.live, live.name)
    ? 'truth values are kept as 0 and 1'
    : 'instants may be kept as such numbers'
  return { kind: 'lossy', reason: `numbers become their digits, and ${what}` }
}

/** Values that would not be one of that type, or not read the same. Affinities convert `'12'` to 12, and `'012'` too. */
function misfit(to: Affinity, column: string): string {
  const whole = `cast(cast(${column} as integer) as text) = ${column}`
  switch (to) {
    case 'INTEGER':
      return cases(column, { integer: '0', real: `${column} <> cast(${column} as integer)`, text: `not (${whole})` })
    case 'REAL':
      return cases(column, {
        real: '0',
        integer: `cast(cast(${column} as real) as integer) <> ${column}`,
        text: `not (cast(cast(${column} as real) as text) = ${column} or ${whole})`,
      })
    case 'NUMERIC':
      return cases(column, { integer: '0', real: '0', text: `not (${whole})` })
    case 'TEXT':
      return cases(column, { text: '0', integer: '0', real: `cast(cast(${column} as text) as real) <> ${column}` })
    case 'BLOB':
    case 'ANY':
      return '0'
  }
}

/** What is none of these does not fit; NULL always does. */
function cases(column: string, byType: Readonly<Record<string, string>>): string {
  const branches = Object.entries(byType).map(([type, condition]) => `when '${type}' then ${condition}`)
  return `case typeof(${column}) when 'null' then 0 ${branches.join(' ')} else 1 end`
}

/** What becomes of a table's rows when it is made strict, or loses its rowid. */
function tableConversion({ live, wanted }: { readonly live: TableShape; readonly wanted: TableShape }): Conversion {
  const becomes = (option: string, value: string): boolean =>
    live.options[option] !== value && wanted.options[option] === value
  const offending = [
    ...(becomes('strict', 'yes') ? strictMisfits(live, wanted) : []),
    ...(becomes('strict', 'yes') || becomes('rowid', 'no') ? nullKeys(live, wanted) : []),
  ]
  if (offending.length === 0) return { kind: 'lossless' }
  return {
    kind: 'checked',
    offending: offending.join(' or '),
    words: "rows with a value that is not of its column's type",
  }
}

/** Columns whose own change of type says so are left to it. */
function strictMisfits(live: TableShape, wanted: TableShape): readonly string[] {
  return wanted.columns.flatMap(({ name, type, generated }) => {
    const before = live.columns.find((column) => column.name === name)
    if (before === undefined || generated !== null || !strictTypes.includes(type)) return []
    if (affinityOf(before.type) !== affinityOf(type)) return []
    return type === 'BLOB'
      ? [`typeof(${quote(name)}) not in ('blob', 'null')`]
      : type === 'ANY'
        ? []
        : [misfit(affinityOf(type), quote(name))]
  })
}

function nullKeys(live: TableShape, wanted: TableShape): readonly string[] {
  return (wanted.primaryKey?.columns ?? []).flatMap((name) =>
    live.columns.some((column) => column.name === name && column.nullable) ? [`${quote(name)} is null`] : [],
  )
}

const castTypes: Readonly<Record<Affinity, string | null>> = {
  INTEGER: 'integer',
  TEXT: 'text',
  BLOB: 'blob',
  REAL: 'real',
  NUMERIC: 'numeric',
  ANY: null,
}

/** The type of a CAST that gives values of a declared type. */
export function castType(type: string): string | null {
  return castTypes[affinityOf(type)]
}
