import type { ColumnShape, Conversion, Conversions, TableShape } from '../../../schema/index.ts'
import { charsetOf } from '../ddl/clauses.ts'
import type { SchemaFlavour } from '../schema-flavour.ts'
import { columnTypeOf } from './column-type.ts'
import { convertType, lossless } from './convert-type.ts'

/** What becomes of values when a column's type or collation, or a table's engine, changes. */
export function conversionsFor(flavour: SchemaFlavour): Conversions {
  return {
    column: ({ live, wanted }, column) =>
      both(
        convertType({ live: columnTypeOf(live.type), wanted: columnTypeOf(wanted.type), column, flavour }),
        collated(live, wanted, column),
      ),
    // The server compares and measures values of any type.
    converted: (_, column) => column,
    options,
    // The way of an UPDATE is none of a new row's.
    valueWhenAdded: ({ default: fallback }) =>
      fallback?.replace(/ ?on update current_timestamp(?:\(\d*\))?$/, '') || 'null',
  }
}

const severity = ['lossless', 'checked', 'lossy', 'impossible'] as const

/** The graver of two; of two conditions that either holds. */
function both(a: Conversion, b: Conversion): Conversion {
  if (a.kind === 'checked' && b.kind === 'checked') {
    return { kind: 'checked', offending: `${a.offending} or ${b.offending}`, words: `${a.words}, or ${b.words}` }
  }
  return severity.indexOf(a.kind) >= severity.indexOf(b.kind) ? a : b
}

// Every character of the first is one of the second.
const within: Readonly<Record<string, readonly string[]>> = {
  ascii: ['latin1', 'utf8', 'utf8mb3', 'utf8mb4'],
  latin1: ['utf8', 'utf8mb3', 'utf8mb4'],
  utf8: ['utf8mb3', 'utf8mb4'],
  utf8mb3: ['utf8', 'utf8mb4'],
}

/** A text stays what it is; but one that is equal to another in the new collation may not stand beside it in a unique key. */
function collated(live: ColumnShape, wanted: ColumnShape, column: string): Conversion {
  if (live.collation === null || wanted.collation === null || live.collation === wanted.collation) return lossless
  const [from, to] = [charsetOf(live.collation), charsetOf(wanted.collation)]
  const characters: Conversion =
    from === to || within[from]?.includes(to) === true
      ? lossless
      : {
          kind: 'checked',
          offending: `cast(convert(convert(${column} using ${to}) using utf8mb4) as binary) <> cast(convert(${column} using utf8mb4) as binary)`,
          words: `rows with characters that ${to} has none of`,
        }
  return both(characters, isAtLeastAsExact(live.collation, wanted.collation) ? lossless : coarser(wanted.collation))
}

function coarser(collation: string): Conversion {
  return {
    kind: 'lossy',
    reason: `texts that differ are equal in ${collation}: queries find other rows, and unique rules may refuse those that are there`,
  }
}

/** By bytes: nothing is equal but what is the same, unless spaces at the end are left out. */
function isAtLeastAsExact(live: string, wanted: string): boolean {
  if (wanted === 'binary' || /_nopad_bin$|_0900_bin$/.test(wanted)) return true
  return wanted.endsWith('_bin') && !/_nopad_bin$|_0900_/.test(live)
}

/** The collation is for columns to come: those that are there have their own, which is compared on its own. */
function options({ live, wanted }: { readonly live: TableShape; readonly wanted: TableShape }): Conversion {
  const [from, to] = [live.options['engine'], wanted.options['engine']]
  if (to === undefined || from === to || to === 'InnoDB') return lossless
  return { kind: 'lossy', reason: `${to} keeps no foreign keys and undoes nothing, and may not keep the rows` }
}
