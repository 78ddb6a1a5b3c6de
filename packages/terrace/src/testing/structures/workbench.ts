import type { StructureVocabulary, TypeWords } from '../../schema/index.ts'
import {
  found,
  keyOf,
  plainColumn,
  plainForeignKey,
  plainIndex,
  plainTable,
  plainUnique,
  type Draft,
  type DraftColumn,
  type DraftForeignKey,
  type DraftTable,
} from './draft.ts'
import type { Random } from './random.ts'

/** How many rows a table has, where it has any; more may be added to break a rule. */
export const rowsPerTable = 3

/** The first structure of a pair while it is made, and what its rows have to heed. */
export class Workbench {
  readonly draft: Draft = { tables: [] }
  readonly random: Random
  readonly words: StructureVocabulary
  readonly quote: (name: string) => string
  readonly #taken = new Set<string>()
  /** Columns that have a value in each row, though they may be NULL. */
  readonly #filled = new WeakSet<DraftColumn>()
  /** Tables that no other edit is about, as they go, or as nothing may refer to them. */
  readonly #apart = new WeakSet<DraftTable>()
  #count = 0

  constructor(random: Random, words: StructureVocabulary, quote: (name: string) => string) {
    this.random = random
    this.words = words
    this.quote = quote
  }

  /** A name that nothing in the pair has, in any letter case. */
  name(prefix: string): string {
    const odd = this.random.chance(0.15) && prefix.length === 1 ? this.random.of(this.words.oddNames) : null
    if (odd !== null && !this.#taken.has(odd)) {
      this.#taken.add(odd)
      return odd
    }
    this.#count += 1
    return `${prefix}${this.#count}`
  }

  /** The words of a random type that are as asked for; null where the engine has none. */
  typeWith(isFit: (words: TypeWords) => boolean): TypeWords | null {
    const fit = this.words.types.filter(isFit)
    return fit.length === 0 ? null : this.random.of(fit)
  }

  anyType(): TypeWords {
    return this.random.of(this.words.types)
  }

  keyType(): TypeWords {
    return this.wordsOf(this.random.of(this.words.keyTypes))
  }

  wordsOf(type: string): TypeWords {
    return found(
      this.words.types.find((words) => words.type === type),
      `no words for the type ${type}`,
    )
  }

  fill(column: DraftColumn): DraftColumn {
    this.#filled.add(column)
    return column
  }

  isFilled(column: DraftColumn): boolean {
    return this.#filled.has(column)
  }

  /** A table with a key, of which nothing knows yet. */
  makeTable(type: TypeWords = this.keyType()): DraftTable {
    const table = plainTable(this.name('t'))
    const key = plainColumn(this.name('k'), type.type)
    const numbered = type.identities.filter((identity) => identity !== 'serial')
    key.nullable = false
    if (numbered.length > 0 && this.random.chance(0.5)) key.identity = this.random.of(numbered)
    table.options = { ...this.words.tableOptions }
    table.columns.push(key)
    table.primaryKey = {
      name: this.words.namesPrimaryKeys ? this.name('pk') : null,
      columns: [key.name],
      source: null,
    }
    this.describe(table)
    this.describe(key)
    return table
  }

  addTable(type?: TypeWords): DraftTable {
    const table = this.makeTable(type)
    this.draft.tables.push(table)
    return table
  }

  /** One that only the edit which asks for it is about. */
  addTableApart(): DraftTable {
    const table = this.addTable()
    this.#apart.add(table)
    return table
  }

  table(): DraftTable {
    return this.random.of(this.draft.tables.filter((table) => !this.#apart.has(table)))
  }

  /** Nullable by chance; with a default, a collation and a comment by chance too. */
  makeColumn(words: TypeWords): DraftColumn {
    const { random } = this
    const column = plainColumn(this.name('c'), words.type)
    column.nullable = random.chance(0.6)
    if (words.defaults.length > 0 && random.chance(0.3)) column.default = random.of(words.defaults)
    if (words.collations.length > 0 && random.chance(0.3)) column.collation = random.of(words.collations)
    this.describe(column)
    return column
  }

  addColumn(table: DraftTable, words: TypeWords): DraftColumn {
    const column = this.makeColumn(words)
    table.columns.push(column)
    return column
  }

  /** A column that nothing is special about. */
  addPlainColumn(table: DraftTable, words: TypeWords): DraftColumn {
    const column = plainColumn(this.name('c'), words.type)
    this.describe(column)
    table.columns.push(column)
    return column
  }

  describe(object: { comment: string | null }): void {
    if (this.words.hasComments && this.random.chance(0.3)) object.comment = this.random.of(comments)
  }

  /** A column that refers to a table's key; nullable where that table's rows come later. */
  addReference(table: DraftTable, target: DraftTable): { readonly column: DraftColumn; readonly key: DraftForeignKey } {
    const { draft, random, words } = this
    const column = this.addPlainColumn(table, this.wordsOf(keyOf(target).type))
    column.collation = keyOf(target).collation
    column.nullable = draft.tables.indexOf(target) > draft.tables.indexOf(table) || random.chance(0.6)
    const key = plainForeignKey(this.name('fk'), [column.name], target)
    key.onDelete = random.of(words.onDelete.filter((action) => action !== 'setNull' || column.nullable))
    key.onUpdate = random.of(words.onUpdate.filter((action) => action !== 'setNull' || column.nullable))
    key.deferrable = random.of(words.keyDeferrability)
    table.foreignKeys.push(key)
    return { column, key }
  }

  /** What names a column besides itself, whatever its type: by chance an index, a check, a unique rule with the key. */
  entangle(table: DraftTable, column: DraftColumn): void {
    const { random } = this
    const isKey = this.wordsOf(column.type).isKey
    if (isKey && random.chance(0.4))
      table.indexes.push(
        plainIndex(this.name('ix'), [this.indexColumn(column.name), this.indexColumn(keyOf(table).name)]),
      )
    if (isKey && random.chance(0.3)) table.uniques.push(plainUnique(this.name('uq'), [column.name, keyOf(table).name]))
    if (this.#isAskable(table, column) && random.chance(0.3))
      table.checks.push(this.makeCheck(this.harmless(table, column)))
  }

  #isAskable({ foreignKeys }: DraftTable, { name }: DraftColumn): boolean {
    return this.words.asksOfReferences || !foreignKeys.some(({ columns }) => columns.includes(name))
  }

  /** A condition over a column that each row satisfies; some engines hold no check over what they number. */
  harmless(table: DraftTable, column: DraftColumn): string {
    const key = keyOf(table)
    const other = key.identity === null ? key : column
    return `${this.quote(column.name)} is not null or ${this.quote(other.name)} is ${other === key ? 'not null' : 'null'}`
  }

  /** What its type's words say of a column: by chance a rule, a calculated column, an index over an expression or some rows. */
  entangleWords(table: DraftTable, column: DraftColumn): void {
    if (!this.#isAskable(table, column)) return
    const { random, words } = this
    const { rules, generated, isKey, indexed } = this.wordsOf(column.type)
    const name = this.quote(column.name)
    if (rules.length > 0 && random.chance(0.4)) table.checks.push(this.makeCheck(random.of(rules).condition(name)))
    if (generated.length > 0 && words.generatedKinds.length > 0 && random.chance(0.3)) {
      const calculated = plainColumn(this.name('g'), column.type)
      calculated.collation = column.collation
      calculated.generated = {
        expression: random.of(generated)(name),
        stored: random.of(words.generatedKinds) === 'stored',
        invisible: false,
      }
      table.columns.push(calculated)
    }
    if (indexed.length > 0 && words.impossible['index.expression'] === undefined && random.chance(0.3))
      table.indexes.push(plainIndex(this.name('ix'), [this.indexColumn(random.of(indexed)(name))]))
    if (rules.length > 0 && isKey && words.hasPartialIndexes && random.chance(0.3)) {
      const index = plainIndex(this.name('ix'), [this.indexColumn(column.name)])
      index.where = random.of(rules).condition(name)
      table.indexes.push(index)
    }
  }

  makeCheck(expression: string): DraftTable['checks'][number] {
    return { name: this.name('ck'), expression, enforced: true, source: null }
  }

  indexColumn(name: string): DraftTable['indexes'][number]['columns'][number] {
    return {
      name,
      suffix: '',
      direction: this.random.chance(0.3) ? 'desc' : 'asc',
      nulls: this.random.of(this.words.nullsInIndexes),
    }
  }
}

const comments = ['', 'plain', "it's", 'back\\slash', 'größer 😀', '%s ? $1 :x -- no']
