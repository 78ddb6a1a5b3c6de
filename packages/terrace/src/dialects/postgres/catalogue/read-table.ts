import {
  doubleQuoteName,
  type CheckShape,
  type ColumnShape,
  type Deferrability,
  type ForeignKeyShape,
  type IndexColumnShape,
  type IndexShape,
  type PrimaryKeyShape,
  type ReferentialAction,
  type TableShape,
  type UniqueShape,
} from '../../../schema/index.ts'
import { leftoverCheck } from '../internal-names.ts'
import { sequenceIn } from '../render/sequences.ts'
import { numbersIn, type ColumnRow, type ConstraintRow, type IndexRow } from './catalogue-rows.ts'

/** The rows of a schema, by table. */
export interface TableRows {
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>
  readonly constraints: ReadonlyMap<string, readonly ConstraintRow[]>
  readonly indexes: ReadonlyMap<string, readonly IndexRow[]>
  readonly comments: ReadonlyMap<string, string>
  /** The sequence that belongs to a column, by `ownerKey`. */
  readonly sequences: ReadonlyMap<string, string>
  /** Operator classes and collations: `class 4217`, `collation 950`. */
  readonly names: ReadonlyMap<string, string>
}

export function ownerKey(table: string, column: number): string {
  return `${column} ${table}`
}

export function readTable(name: string, rows: TableRows): TableShape {
  const columns = rows.columns.get(name) ?? []
  const constraints = (rows.constraints.get(name) ?? []).filter(isReadable)
  const indexes = (rows.indexes.get(name) ?? []).filter(({ held }) => held !== 'p' && held !== 'x')
  const nameOf = columnNames(columns)
  const isOf = (kind: ConstraintRow['kind']) => (row: ConstraintRow) => row.kind === kind
  return {
    name,
    comment: rows.comments.get(name) ?? '',
    options: {},
    columns: columns.map((row) => readColumn(row, rows)),
    primaryKey: constraints.filter(isOf('p')).map((row) => readPrimaryKey(row, nameOf))[0] ?? null,
    uniques: indexes.filter(({ isUnique }) => isUnique).map((row) => readUnique(row, columns, rows)),
    indexes: indexes.filter(({ isUnique }) => !isUnique).map((row) => readIndex(row, columns, rows)),
    foreignKeys: constraints
      .filter(isOf('f'))
      .map((row) => readForeignKey(row, nameOf, columnNames(rows.columns.get(row.target ?? '') ?? []))),
    checks: constraints.filter((row) => row.kind === 'c' && !row.name.startsWith(leftoverCheck)).map(readCheck),
    source: null,
  }
}

/** An exclusion, and a key that must match in full, are more than a shape says. */
export function isReadable({ definition }: ConstraintRow): boolean {
  return definition === null
}

type NameOf = (number: number) => string

/** Tables of other schemas were not read: their columns go by number. */
export function columnNames(columns: readonly ColumnRow[]): NameOf {
  return (wanted) => columns.find(({ number }) => number === wanted)?.name ?? `column ${wanted}`
}

function readColumn(row: ColumnRow, { sequences }: TableRows): ColumnShape {
  const { name, type, notNull, generated, expression, collation, comment } = row
  const isGenerated = generated !== ''
  const sequence = sequences.get(ownerKey(row.table, row.number)) ?? null
  const isSerial = sequence !== null && !isGenerated && sequenceIn(expression) === sequence
  const identity = row.identity === 'a' ? 'always' : row.identity === 'd' ? 'byDefault' : isSerial ? 'serial' : null
  return {
    name,
    type,
    nullable: !notNull,
    default: isGenerated || isSerial ? null : given(expression),
    generated: isGenerated ? { expression: expression ?? '', stored: generated === 's', invisible: false } : null,
    identity,
    collation,
    comment,
    isOpaque: false,
    source: null,
    ...(identity === null || sequence === null ? {} : { definition: sequence }),
  }
}

/** DEFAULT NULL is none; with a length it is kept as a cast. */
function given(expression: string | null): string | null {
  return expression !== null && /^NULL(::[^()']+(\([\d,]+\))?[^()']*)?$/.test(expression) ? null : expression
}

function readPrimaryKey({ name, columns }: ConstraintRow, nameOf: NameOf): PrimaryKeyShape {
  return { name, columns: numbersIn(columns).map(nameOf), source: null }
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  a: 'noAction',
  r: 'restrict',
  c: 'cascade',
  n: 'setNull',
  d: 'setDefault',
}

function readForeignKey(row: ConstraintRow, nameOf: NameOf, targetNameOf: NameOf): ForeignKeyShape {
  return {
    name: row.name,
    columns: numbersIn(row.columns).map(nameOf),
    targetTable: row.isHere === true ? (row.target ?? '') : `another schema's ${row.target}`,
    targetColumns: numbersIn(row.targetColumns).map(targetNameOf),
    onDelete: actions[row.onDelete] ?? 'noAction',
    onUpdate: actions[row.onUpdate] ?? 'noAction',
    deferrable: deferrabilityOf(row),
    enforced: row.isValidated,
    source: null,
  }
}

function deferrabilityOf({
  isDeferrable,
  isDeferred,
}: Pick<ConstraintRow, 'isDeferrable' | 'isDeferred'>): Deferrability {
  if (!isDeferrable) return 'no'
  return isDeferred ? 'initiallyDeferred' : 'initiallyImmediate'
}

function readCheck({ name, expression, isValidated }: ConstraintRow): CheckShape {
  return { name, expression: expression ?? '', enforced: isValidated, source: null }
}

/** What a unique rule's shape has no place for, an order or an operator class, makes no difference to what it refuses. */
function readUnique(row: IndexRow, columns: readonly ColumnRow[], rows: TableRows): UniqueShape {
  const keys = keyColumns(row, columns, rows)
  return {
    name: row.name,
    columns: keys.map(({ name, collation }) => (collation === '' ? name : `(${inExpression(name)} ${collation})`)),
    where: row.predicate,
    nullsDistinct: !row.nullsNotDistinct,
    heldBy: row.held === 'u' ? 'constraint' : 'index',
    include: includedColumns(row, columns),
    deferrable: deferrabilityOf(row),
    enforced: row.isValid,
    source: null,
    ...definitionOf(row),
  }
}

function inExpression(name: string): string {
  return name.startsWith('(') ? name : doubleQuoteName(name)
}

function readIndex(row: IndexRow, columns: readonly ColumnRow[], rows: TableRows): IndexShape {
  return {
    name: row.name,
    columns: keyColumns(row, columns, rows).map(({ collation, suffix, ...key }) => ({
      ...key,
      suffix: [collation, suffix].filter((part) => part !== '').join(' '),
    })),
    where: row.predicate,
    include: includedColumns(row, columns),
    method: row.method,
    valid: row.isValid,
    source: null,
    ...definitionOf(row),
  }
}

function definitionOf({ definition }: IndexRow): { readonly definition?: string } {
  return definition === null ? {} : { definition }
}

function includedColumns(row: IndexRow, columns: readonly ColumnRow[]): readonly string[] {
  return numbersIn(row.columns).slice(row.keyLength).map(columnNames(columns))
}

// Bits of indoption. Source: PostgreSQL, src/include/catalog/pg_index.h.
const descending = 1
const nullsFirst = 2

interface KeyColumn extends IndexColumnShape {
  readonly collation: string
}

function keyColumns(row: IndexRow, columns: readonly ColumnRow[], { names }: TableRows): readonly KeyColumn[] {
  const flags = numbersIn(row.options)
  const [classes, collations] = [row.classes.split(' '), row.collations.split(' ')]
  const parts = row.parts === null ? null : (JSON.parse(row.parts) as readonly string[])
  return numbersIn(row.columns)
    .slice(0, row.keyLength)
    .map((number, at) => {
      const column = columns.find((each) => each.number === number)
      const [collation = '0', flag = 0] = [collations[at], flags[at]]
      const isOwn = column === undefined || collation === '0' || collation === column.collationId
      return {
        name: column?.name ?? inParentheses(parts?.[at] ?? ''),
        collation: isOwn ? '' : `collate ${doubleQuoteName(names.get(`collation ${collation}`) ?? 'default')}`,
        suffix: names.get(`class ${classes[at]}`) ?? '',
        direction: (flag & descending) === 0 ? 'asc' : 'desc',
        nulls: row.method !== 'btree' ? null : (flag & nullsFirst) === 0 ? 'last' : 'first',
      }
    })
}

/** A call is printed without them. */
function inParentheses(expression: string): string {
  return expression.startsWith('(') ? expression : `(${expression})`
}
