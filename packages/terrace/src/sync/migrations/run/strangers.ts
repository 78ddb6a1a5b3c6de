import {
  objectsOf,
  renameStructure,
  type LiveStructure,
  type OpaqueObject,
  type Rename,
  type SchemaDialect,
  type Snapshot,
  type TableShape,
} from '../../../schema/index.ts'
import { mentions } from './mentions.ts'
import { namesColumn } from './names-column.ts'
import { namesObject } from './names-object.ts'

/** Something that is there, that nobody declares and that no statement of a revision names. */
export interface Stranger {
  /** `column products.extra`, `trigger tr_products of products` */
  readonly object: string
  /** Its own name, as `object` has it behind the kind; by the name that its table has after the revision. */
  readonly kind: string
  readonly path: string
  /** The table it stands on or is. */
  readonly table: string | null
  /** The table is nobody's either. */
  readonly isOnStranger: boolean
  /** Statements that make it again; null where nothing does exactly. */
  readonly restore: readonly string[] | null
}

export interface Meeting {
  readonly dialect: SchemaDialect
  /** Before the revision. */
  readonly live: LiveStructure
  readonly declared: Snapshot
  /** Of the revision, in the direction that it is gone. */
  readonly statements: readonly string[]
  readonly renames: readonly Rename[]
}

/** What must be there after a revision, by the names that it will have then. */
export function strangersOf({ dialect, live, declared, statements, renames }: Meeting): readonly Stranger[] {
  const renamed = renameStructure(live, renames, dialect)
  const known = renameStructure({ ...live, snapshot: declared }, renames, dialect).snapshot
  const isDeclared = new Set(Object.values(known.tables).flatMap((table) => objectsOf(table).map(keyOf)))
  const formerOf = (table: string): string =>
    renames.find(({ object, to }) => object === 'table' && to === table)?.from ?? table
  const isNamed = (kind: string, name: string, table: string): boolean =>
    statements.some((sql) =>
      kind === 'column' ? namesColumn(sql, { column: name, tables: [table, formerOf(table)] }) : mentions(sql, name),
    )
  const parts = Object.values(renamed.snapshot.tables).flatMap((table) =>
    objectsOf(table).flatMap(({ kind, path }): readonly Stranger[] => {
      if (isDeclared.has(keyOf({ kind, path }))) return []
      const name = kind === 'table' ? path : path.slice(table.name.length + 1)
      if (!isNameless(kind, name) && isNamed(kind, name, table.name)) return []
      const isOnStranger = !isDeclared.has(keyOf({ kind: 'table', path: table.name }))
      const object = `${kindWords[kind] ?? kind} ${path}`
      return [{ object, kind, path, table: table.name, isOnStranger, restore: indexText(table, { kind, name }) }]
    }),
  )
  const opaque = renamed.opaque.filter(
    (object) => object.kind !== 'shadowTable' && !statements.some((sql) => namesObject(sql, object)),
  )
  return [...parts, ...opaque.map((object) => opaqueStranger(object, isDeclared))]
}

/** An index holds no values: where the engine keeps its whole statement, that makes it again. */
function indexText(
  { indexes, uniques }: TableShape,
  { kind, name }: { readonly kind: string; readonly name: string },
): Stranger['restore'] {
  const own = kind === 'index' ? indexes : kind === 'unique' ? uniques : []
  const definition = own.find((index) => index.name === name)?.definition ?? ''
  return definition === '' ? null : [definition]
}

const kindWords: Readonly<Record<string, string>> = { primaryKey: 'primary key', foreignKey: 'foreign key' }

function keyOf({ kind, path }: { readonly kind: string; readonly path: string }): string {
  return `${kind} ${path}`
}

/** Of what has no name the path says what it is about, which no statement can name. */
function isNameless(kind: string, name: string): boolean {
  return name.startsWith(`${kind} `)
}

function opaqueStranger(object: OpaqueObject, isDeclared: ReadonlySet<string>): Stranger {
  const { kind, name, table } = object
  return {
    object: `${kind} ${name}${table === null ? '' : ` of ${table}`}`,
    kind,
    path: opaquePath(object),
    table,
    isOnStranger: table !== null && !isDeclared.has(keyOf({ kind: 'table', path: table })),
    restore: restoreOf(object),
  }
}

/** Statements that make an opaque object again; null where nothing does exactly. */
export function restoreOf({
  definition,
  restore = definition === null ? null : [definition],
}: OpaqueObject): Stranger['restore'] {
  return restore
}

function opaquePath({ name, table }: Pick<OpaqueObject, 'name' | 'table'>): string {
  return table === null ? name : `${table}.${name}`
}

/**
 * Which of them are gone. What stands on a table goes with it where the table was dropped by name; but a column that a person
 * has added to a declared one has values that nobody has named.
 */
export function missingStrangers(strangers: readonly Stranger[], after: LiveStructure): readonly Stranger[] {
  const { snapshot, opaque, otherObjects } = after
  const there = new Set([
    ...Object.values(snapshot.tables).flatMap((table) => objectsOf(table).map(keyOf)),
    ...opaque.map((object) => keyOf({ kind: object.kind, path: opaquePath(object) })),
  ])
  const hasTable = (name: string): boolean => snapshot.tables[name] !== undefined || otherObjects[name] !== undefined
  return strangers.filter((stranger) => {
    if (there.has(keyOf(stranger))) return false
    const { kind, table, isOnStranger } = stranger
    if (table === null || hasTable(table) || kind === 'table' || isTable(stranger)) return true
    return kind === 'column' && !isOnStranger
  })
}

/** Opaque objects that are tables themselves stand on none but their own. */
function isTable({ path, table }: Stranger): boolean {
  return path === `${table}.${table}`
}
