import { errors } from '../../errors/index.ts'
import {
  canonicalValue,
  compileValidator,
  foldCase,
  typeCheck,
  type ColumnFact,
  type Validator,
} from '../../model/index.ts'
import type { RuntimeDialect } from '../runtime-dialect.ts'

type Encode = (value: unknown) => unknown

/** How values of one column become parameters and come back. */
export interface ColumnCoder {
  /** The codec alone: for values that were validated already. Null: as it is. */
  readonly encode: Encode | null
  /** The first rule of the column that a value breaks, or null. */
  readonly validate: Validator
  /** For values beside the column in a condition: of the column's type (`SCOPE_VALUE`), in their one spelling, encoded. */
  readonly encodeChecked: Encode
  readonly decode: Encode | null
  /** The same for the companion that holds the text without case. */
  readonly encodeFolded: Encode
  readonly encodeFoldedChecked: Encode
}

/** One coder per column, made when it is first needed. */
export class ColumnCoders {
  readonly #dialect: RuntimeDialect
  readonly #coders = new Map<ColumnFact, ColumnCoder>()

  constructor(dialect: RuntimeDialect) {
    this.#dialect = dialect
  }

  of(column: ColumnFact): ColumnCoder {
    const known = this.#coders.get(column)
    if (known !== undefined) return known
    const coder = makeCoder(column, this.#dialect)
    this.#coders.set(column, coder)
    return coder
  }
}

function makeCoder(column: ColumnFact, dialect: RuntimeDialect): ColumnCoder {
  const codec = dialect.codec(column)
  const encode = codec.encode as Encode | null
  const encodeChecked: Encode = (value) => {
    const comparable = comparableValue(column, value)
    return encode === null ? comparable : comparableEncoding(column, () => encode(comparable))
  }
  const encodeFolded: Encode = (value) => {
    const folded = foldCase(value as string)
    return encode === null ? folded : encode(folded)
  }
  return {
    encode,
    validate: compileValidator(column),
    encodeChecked,
    decode: codec.decode as Encode | null,
    encodeFolded,
    encodeFoldedChecked: (value) => (typeof value === 'string' ? encodeFolded(value) : encodeChecked(value)),
  }
}

const decimalText = /^-?\d+(\.\d+)?$/

/** In its one spelling; a decimal may have more digits than its column: then it equals no row's, and codecs know where it sorts. */
function comparableValue(column: ColumnFact, value: unknown): unknown {
  if (column.type.kind === 'decimal' && typeof value === 'string' && decimalText.test(value)) return value
  const violation = typeCheck(column.type)(value)
  if (violation !== null) throw wrongValue(column, violation.message)
  return canonicalValue(column, value)
}

/** A codec throws a `RangeError` for a value that its engine cannot order among those of the column. */
function comparableEncoding(column: ColumnFact, encode: () => unknown): unknown {
  try {
    return encode()
  } catch (error) {
    if (error instanceof RangeError) throw wrongValue(column, error.message)
    throw error
  }
}

function wrongValue(column: ColumnFact, problem: string): Error {
  return errors.SCOPE_VALUE({ values: { where: column.name, problem }, fields: [column.name] })
}
