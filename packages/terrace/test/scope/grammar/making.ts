import { expressionBuilder } from 'kysely'
import type { AliasableExpression, Expression, SelectQueryBuilder, SqlBool } from 'kysely'
import type { Capabilities } from '../../../src/database/index.ts'
import type { Random } from '../../../src/testing/structures/random.ts'
import { treeBuilder } from '../shop.ts'
import type { AnyDb, AnyEb } from '../shop.ts'
import { grammarRules } from './grammar-rules.ts'
import type { RuleName, Way, WayOf } from './grammar-rules.ts'
import type { Cell, Family, Source } from './sources.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- any statement that can be written
export type AnySelect = SelectQueryBuilder<any, any, any>
export type Value = AliasableExpression<unknown>
export type Condition = Expression<SqlBool>

/** Kysely's own, of any names. */
// oxlint-disable-next-line typescript/no-explicit-any -- names are checked at run time
export const eb = expressionBuilder<any, any>() as AnyEb

/** What a query gives: the names of its columns and what they are alike with. */
export interface Given {
  readonly name: string
  readonly family: Family
}

export interface Shaped {
  readonly query: AnySelect
  readonly outputs: readonly Given[]
  /** Only its columns can order it: it is a union, grouped or distinct. */
  readonly isClosed: boolean
}

export interface Demand {
  /** How deep queries may still stand in queries. */
  readonly depth: number
  /** What an outer query lends to this one. */
  readonly outer?: readonly Cell[]
  /** The families of the columns that are wanted; default any. */
  readonly families?: readonly Family[]
}

export interface MakingOptions {
  readonly random: Random
  readonly capabilities: Capabilities
  /** The tables that whoever asks may read at all. */
  readonly tables: readonly string[]
  /** A collation of the allow-list. */
  readonly collation: string
  /** How often each way was chosen, by `rule.way`. */
  readonly taken: Map<string, number>
  /** Whether the first table may be read with what is in the trash: then nothing is calculated, which could fail for those rows. */
  readonly isTrash: boolean
}

/** The state of one query that is being made. */
export class Making {
  readonly random: Random
  readonly capabilities: Capabilities
  readonly tables: readonly string[]
  readonly collation: string
  readonly isTrash: boolean
  readonly db: AnyDb = treeBuilder
  /** Common table expressions that are visible where the query stands. */
  visible: readonly Source[] = []
  readonly #taken: Map<string, number>
  #names = 0
  #aliases = 0

  constructor({ random, capabilities, tables, collation, taken, isTrash }: MakingOptions) {
    this.random = random
    this.capabilities = capabilities
    this.tables = tables
    this.collation = collation
    this.isTrash = isTrash
    this.#taken = taken
  }

  choose<R extends RuleName>(rule: R, possible: (way: WayOf<R>) => boolean = () => true): WayOf<R> {
    const ways = Object.entries(grammarRules[rule] as Readonly<Record<string, Way>>)
    const weights = Object.fromEntries(
      ways.filter(([name]) => possible(name as WayOf<R>)).map(([name, { weight }]) => [name, weight]),
    )
    const chosen = this.random.weighted(weights) as WayOf<R>
    const counted = `${rule}.${chosen}`
    this.#taken.set(counted, (this.#taken.get(counted) ?? 0) + 1)
    return chosen
  }

  /** One of no other in the statement; some beyond ASCII. */
  newName(): string {
    return `${this.random.of(names)}${this.#names++}`
  }

  newAlias(): string {
    return `${this.random.of(aliases)}${this.#aliases++}`
  }

  /** Makes a part that sees no more common table expressions than now afterwards. */
  within<T>(make: () => T): T {
    const before = this.visible
    const made = make()
    this.visible = before
    return made
  }
}

const names = ['o', 'o', 'o', 'O', 'größe', '名'] as const
const aliases = ['t', 't', 't', 'T', 'é', 'select'] as const

export function outputCells(alias: string, outputs: readonly Given[]): Source {
  return {
    alias,
    table: null,
    cells: outputs.map(({ name, family }) => ({ ref: `${alias}.${name}`, family, isOwn: false })),
  }
}
