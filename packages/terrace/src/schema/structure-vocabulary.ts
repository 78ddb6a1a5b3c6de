import type { Deferrability, Identity, IndexColumnShape, ReferentialAction } from './snapshot.ts'

/** A rule that rows can break, over one column; the text of the column is already quoted. */
export interface RuleWords {
  condition(column: string): string
  /** A literal of the type for which the condition is false. */
  readonly violation: string
}

/** A type that rows survive: every value of `values` is one of both types and says the same in both. */
export interface ConversionWords {
  readonly to: string
  /** A literal of the former type that is none of the new one; null where there is none, or the engine does not count them. */
  readonly violation: string | null
  /** The n-th value of the former type, where not all its values are some of the new one. */
  readonly value?: (n: number) => string
  /** The rules, defaults and expressions of the former type are right for the new one too. */
  readonly keepsWords: boolean
}

/** One column type with what a column of it can have. All texts are SQL of the engine. */
export interface TypeWords {
  /** As the engine's catalogue prints it. */
  readonly type: string
  /** Whether it can stand in keys and indexes. */
  readonly isKey: boolean
  /** The n-th value, from 0 to 9, as a literal: all different, none breaks one of `rules`, nor is one of the defaults. */
  value(n: number): string
  readonly defaults: readonly string[]
  /** What breaks one of them breaks none of the others. */
  readonly rules: readonly RuleWords[]
  /** Expressions of the same type over another, quoted, column of it. */
  readonly generated: readonly ((column: string) => string)[]
  /** Expressions that an index can be over, in parentheses. */
  readonly indexed: readonly ((column: string) => string)[]
  readonly conversions: readonly ConversionWords[]
  /** Besides the engine's own, which is null. */
  readonly collations: readonly string[]
  /** A collation, and two values that differ without it and are equal with it. */
  readonly folding: {
    readonly collation: string
    readonly values: readonly [string, string]
    /** Other collations that tell them apart. */
    readonly apart: readonly string[]
  } | null
  readonly identities: readonly Identity[]
  /** What can stand with a column of it in an index, as the engine prints it. */
  readonly suffixes: readonly string[]
}

/** What a table's options can become. */
export interface OptionWords {
  readonly from: Readonly<Record<string, string>>
  readonly to: Readonly<Record<string, string>>
  /** The type of a column that can have a value which only the former options take; null where there is none. */
  readonly violation: { readonly type: string; readonly value: string } | null
}

/** Things that Terrace does not declare, made beside a table of its own. */
export interface StrangerWords {
  /** Around a table and its first column, both unquoted. */
  make(table: string, column: string): readonly string[]
  /** What is removed before the tables are. */
  remove(table: string): readonly string[]
}

/**
 * What declared structures of one engine can be made of, so that generated ones are possible there and cover what the engine
 * has. `terrace/testing` makes pairs of structures of it.
 */
export interface StructureVocabulary {
  readonly types: readonly TypeWords[]
  /** The type of generated keys; one of `types`. */
  readonly keyTypes: readonly string[]
  readonly tableOptions: Readonly<Record<string, string>>
  readonly options: readonly OptionWords[]
  readonly hasComments: boolean
  readonly namesPrimaryKeys: boolean
  /** Where NULLs can stand in an index; only null where there is no choice. */
  readonly nullsInIndexes: readonly IndexColumnShape['nulls'][]
  readonly indexMethods: readonly string[]
  readonly generatedKinds: readonly ('stored' | 'virtual')[]
  readonly onDelete: readonly ReferentialAction[]
  readonly onUpdate: readonly ReferentialAction[]
  readonly uniqueDeferrability: readonly Deferrability[]
  readonly keyDeferrability: readonly Deferrability[]
  /** Uniques with and without a condition can be told apart from unique indexes, and carry columns. */
  readonly hasPartialIndexes: boolean
  readonly hasPartialUniques: boolean
  readonly hasInclude: boolean
  readonly hasNullsNotDistinct: boolean
  readonly tellsUniqueIndexes: boolean
  /** Checks and generated columns may be over a column that a foreign key changes by itself. */
  readonly asksOfReferences: boolean
  /** Names of tables and columns that need care. */
  readonly oddNames: readonly string[]
  readonly strangers: StrangerWords
  /**
   * Why something cannot be made here: by `kind.attribute edit rows`, or its beginnings: `column.comment`,
   * `column.identity change`.
   */
  readonly impossible: Readonly<Record<string, string>>
}

/** A type that may stand in a key and has no words of its own but values and defaults. */
export const plainTypeWords: Omit<TypeWords, 'type' | 'value' | 'defaults'> = {
  isKey: true,
  rules: [],
  generated: [],
  indexed: [],
  collations: [],
  folding: null,
  identities: [],
  suffixes: [],
  conversions: [],
}
