import type { Comparison } from './comparison.ts'
import type { Rename } from './rename/rename.ts'
import type {
  CheckShape,
  ColumnShape,
  ForeignKeyShape,
  IndexShape,
  PrimaryKeyShape,
  Source,
  TableShape,
  UniqueShape,
} from './snapshot.ts'

/** What differs in one aspect of an object that both sides have. */
export interface Difference<A extends string = string> {
  readonly aspect: A
  readonly comparison: Exclude<Comparison, { readonly kind: 'equal' }>
}

export type ColumnAspect = 'type' | 'nullability' | 'default' | 'generated' | 'identity' | 'collation' | 'comment'

/** Both sides' tables, so that a change knows what surrounds it. */
interface InTable {
  readonly table: { readonly live: TableShape; readonly wanted: TableShape }
  /** The model fact behind it; null for what the models do not know. */
  readonly source: Source | null
}

interface Add<T> extends InTable {
  readonly wanted: T
}

interface Drop<T> extends InTable {
  readonly live: T
}

interface Alter<T, A extends string = string> extends InTable {
  readonly live: T
  readonly wanted: T
  readonly differences: readonly Difference<A>[]
}

/**
 * One difference between a live structure and the wanted one, with both sides attached. Closed: planners, renderers and
 * analysers are tables over the kinds.
 */
export type Change =
  | { readonly kind: 'createTable'; readonly wanted: TableShape; readonly source: Source | null }
  | { readonly kind: 'dropTable'; readonly live: TableShape; readonly source: null }
  | ({ readonly kind: 'alterTable' } & Alter<TableShape>)
  /** The wanted table's name is taken by something else, or by what cannot be read. */
  | {
      readonly kind: 'replaceObject'
      readonly wanted: TableShape
      readonly live: Difference['comparison']
      readonly source: Source | null
    }
  /** A rename that a model declares. All else that differs is compared, and told, under the new name. */
  | {
      readonly kind: 'renameTable'
      readonly live: TableShape
      readonly wanted: TableShape
      readonly source: Source | null
    }
  /** A declared rename of which both names are there, and nothing says that it was done. */
  | {
      readonly kind: 'conflictingRename'
      readonly rename: Rename
      readonly source: Source | null
    }
  /** A table that is gone and one with its very columns that is new: a rename nobody declared, or a new beginning. */
  | {
      readonly kind: 'suspectTableRename'
      readonly live: TableShape
      readonly wanted: TableShape
      readonly source: Source | null
    }
  /** With the rules that are about the new column alone, which some engines can only add together with it. */
  | ({
      readonly kind: 'addColumn'
      readonly checks: readonly CheckShape[]
      readonly foreignKeys: readonly ForeignKeyShape[]
    } & Add<ColumnShape>)
  | ({ readonly kind: 'dropColumn' } & Drop<ColumnShape>)
  | ({ readonly kind: 'alterColumn' } & Alter<ColumnShape, ColumnAspect>)
  /** A rename that a model declares; `table.live` is the table before it, under its new name if that is renamed too. */
  | ({ readonly kind: 'renameColumn'; readonly live: ColumnShape; readonly wanted: ColumnShape } & InTable)
  /** A column that is gone and one of its kind that is new: a rename nobody declared, or a loss. */
  | ({ readonly kind: 'suspectColumnRename'; readonly live: ColumnShape; readonly wanted: ColumnShape } & InTable)
  | ({
      readonly kind: 'alterPrimaryKey'
      readonly live: PrimaryKeyShape | null
      readonly wanted: PrimaryKeyShape | null
      readonly differences: readonly Difference[]
    } & InTable)
  | ({ readonly kind: 'addUnique' } & Add<UniqueShape>)
  | ({ readonly kind: 'dropUnique' } & Drop<UniqueShape>)
  | ({ readonly kind: 'alterUnique' } & Alter<UniqueShape>)
  | ({ readonly kind: 'addIndex' } & Add<IndexShape>)
  | ({ readonly kind: 'dropIndex' } & Drop<IndexShape>)
  | ({ readonly kind: 'alterIndex' } & Alter<IndexShape>)
  | ({ readonly kind: 'addForeignKey' } & Add<ForeignKeyShape>)
  | ({ readonly kind: 'dropForeignKey' } & Drop<ForeignKeyShape>)
  | ({ readonly kind: 'alterForeignKey' } & Alter<ForeignKeyShape>)
  | ({ readonly kind: 'addCheck' } & Add<CheckShape>)
  | ({ readonly kind: 'dropCheck' } & Drop<CheckShape>)
  | ({ readonly kind: 'alterCheck' } & Alter<CheckShape>)

export type ChangeKind = Change['kind']
export type ChangeOf<K extends ChangeKind> = Extract<Change, { readonly kind: K }>

/** A change within a table that is there and stays. */
export type TablePart = Exclude<
  Extract<Change, { readonly table: InTable['table'] }>,
  { readonly kind: 'renameColumn' | 'suspectColumnRename' }
>
