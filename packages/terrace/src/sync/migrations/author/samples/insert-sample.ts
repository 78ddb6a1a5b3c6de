import { DriverError } from '../../../../database/index.ts'
import { columnsIn, type CheckShape, type ColumnShape, type SchemaDialect } from '../../../../schema/index.ts'
import type { StatementRunner } from '../../../statement-runner.ts'
import { givenColumns, type SampleTable } from './candidates.ts'
import type { Cells } from './row-choices.ts'

/** What may stand where in one row; `undefined` leaves a column to the database. */
export interface RowChoices {
  readonly table: SampleTable
  readonly columns: ReadonlyMap<string, readonly unknown[]>
  readonly keys: readonly Cells[]
}

export interface Inserting {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
}

/** So that a table which takes no row is told soon. */
const mostTries = 240

/**
 * Puts one row in, inside the transaction that is open. Where the database refuses it, what it complains of is tried with other
 * values, rule by rule. Null when the row is there, else the last refusal.
 */
export async function insertSample(inserting: Inserting, choices: RowChoices): Promise<DriverError | null> {
  const search = new RowSearch(inserting, choices)
  let refusal = await search.tryRow()
  while (refusal !== null && !search.isTired) {
    const next = await search.tryOthers(refusal)
    if (next === refusal) return refusal
    refusal = next
  }
  return refusal
}

const keysAt = '\0keys'

interface Attempt {
  readonly at: ReadonlyMap<string, number>
  readonly refusal: DriverError
}

class RowSearch {
  readonly #inserting: Inserting
  readonly #choices: RowChoices
  readonly #at = new Map<string, number>()
  readonly #seen = new Set<string>()
  readonly #suspects = new Set<string>()
  #tries = 0

  constructor(inserting: Inserting, choices: RowChoices) {
    this.#inserting = inserting
    this.#choices = choices
  }

  get isTired(): boolean {
    return this.#tries >= mostTries
  }

  /**
   * With other values in what a refusal is about, until it is gone or another rule refuses the row, best one that asks nothing of
   * what was changed. The same refusal where nothing helped.
   */
  async tryOthers(refusal: DriverError): Promise<DriverError | null> {
    this.#seen.add(signatureOf(refusal))
    const suspects = suspectsOf(refusal, this.#choices)
    for (const name of suspects) this.#suspects.add(name)
    const next = await this.#tryChanges(refusal, suspects)
    // Rules that share columns may only be kept by changing what an earlier one is about as well.
    return next === refusal ? this.#tryChanges(refusal, [...this.#suspects]) : next
  }

  async #tryChanges(refusal: DriverError, suspects: readonly string[]): Promise<DriverError | null> {
    const known = signatureOf(refusal)
    const before = new Map(this.#at)
    let second: Attempt | null = null
    for (const change of this.#changes(suspects)) {
      if (this.isTired) break
      this.#set([...before, ...change])
      const next = await this.tryRow()
      if (next === null) return null
      const isNew = signatureOf(next) !== known && !this.#seen.has(signatureOf(next)) && isFurther(next, refusal)
      const about = new Set(suspectsOf(next, this.#choices))
      if (isNew && !change.some(([name]) => about.has(name))) return next
      if (isNew) second ??= { at: new Map(this.#at), refusal: next }
    }
    this.#set([...(second?.at ?? before)])
    return second?.refusal ?? refusal
  }

  #set(entries: readonly (readonly [string, number])[]): void {
    this.#at.clear()
    for (const [name, at] of entries) this.#at.set(name, at)
  }

  /** One other value at a time, then two. */
  *#changes(suspects: readonly string[]): Generator<readonly (readonly [string, number])[]> {
    const ways = suspects.map((name) =>
      Array.from({ length: this.#count(name) }, (_, at) => [name, at] as const).filter(
        ([, at]) => at !== (this.#at.get(name) ?? 0),
      ),
    )
    for (const way of ways) for (const one of way) yield [one]
    for (const [index, way] of ways.entries())
      for (const other of ways.slice(index + 1)) for (const one of way) for (const two of other) yield [one, two]
  }

  #count(name: string): number {
    return name === keysAt ? this.#choices.keys.length : (this.#choices.columns.get(name)?.length ?? 0)
  }

  async tryRow(): Promise<DriverError | null> {
    this.#tries += 1
    const { runner } = this.#inserting
    await runner.connection.savepoint('sample')
    try {
      await this.#insert()
      await runner.connection.releaseSavepoint('sample')
      return null
    } catch (error) {
      if (!(error instanceof DriverError) || error.endsSession) throw error
      await runner.connection.rollbackToSavepoint('sample')
      return error
    }
  }

  async #insert(): Promise<void> {
    const { runner, dialect } = this.#inserting
    const { table, columns, keys } = this.#choices
    const chosen = [...columns].map(([name, values]) => [name, values[this.#at.get(name) ?? 0]] as const)
    const row = new Map([...chosen, ...(keys[this.#at.get(keysAt) ?? 0] ?? [])])
    const given = givenColumns(table.live).filter(({ name }) => row.get(name) !== undefined)
    const into = `insert into ${dialect.quoteName(table.live.name)}`
    if (given.length === 0) return this.#insertEmpty(into)
    const names = given.map(({ name }) => dialect.quoteName(name)).join(', ')
    const places = given.map((_, at) => dialect.placeholder(at + 1)).join(', ')
    await runner.run(
      `${into} (${names}) values (${places})`,
      given.map(({ name }) => row.get(name)),
    )
  }

  /** Engines write a row of nothing but defaults in one of two ways; what one does not know changes nothing there. */
  async #insertEmpty(into: string): Promise<void> {
    const { runner, dialect } = this.#inserting
    const first = this.#choices.table.live.columns.find(({ generated }) => generated === null)
    try {
      await runner.run(`${into} default values`)
    } catch (error) {
      if (!(error instanceof DriverError) || error.kind !== 'other' || first === undefined) throw error
      await runner.run(`${into} (${dialect.quoteName(first.name)}) values (default)`)
    }
  }
}

/** Engines look at the values first, then at the rules of the row, then at other rows. */
const order: Readonly<Partial<Record<DriverError['kind'], number>>> = { check: 1, unique: 2, foreignKey: 3 }

function isFurther(next: DriverError, last: DriverError): boolean {
  return (order[next.kind] ?? 0) >= (order[last.kind] ?? 0)
}

/** Of the same rule, whatever the value that broke it. */
function signatureOf({ kind, constraint, columns, cause }: DriverError): string {
  const words = cause instanceof Error ? cause.message.replaceAll(/"[^"]*"|'[^']*'|\d+/g, '') : ''
  return JSON.stringify([kind, constraint, columns, constraint === null ? words : ''])
}

function suspectsOf(
  { constraint, columns, kind }: DriverError,
  { table, columns: known }: RowChoices,
): readonly string[] {
  const all = [...known.keys()]
  const named = new Set([...(columns ?? []), ...columnsOfRule(table, constraint ?? '')])
  const meant = all.filter((name) => named.has(name))
  if (kind === 'foreignKey') return [keysAt, ...meant]
  return meant.length === 0 ? [...all, keysAt] : [...meant, keysAt]
}

function columnsOfRule({ live }: SampleTable, rule: string): readonly string[] {
  const isMeant = ({ name }: { readonly name: string | null }): boolean =>
    name !== null && name.toLowerCase() === rule.toLowerCase()
  // What has no name is told by its text.
  const isTold = ({ name, expression }: CheckShape): boolean => name === null && bare(expression) === bare(rule)
  const checks = live.checks
    .filter((check) => isMeant(check) || isTold(check))
    .flatMap(({ expression }) => namesIn(columnsIn(expression, live)))
  const uniques = [...live.uniques, ...live.foreignKeys].filter(isMeant).flatMap((each) => each.columns)
  const primary = live.primaryKey !== null && /^primary$/i.test(rule) ? live.primaryKey.columns : []
  return [...checks, ...uniques, ...primary]
}

function bare(text: string): string {
  return text.replaceAll(/[\s"'`()]/g, '').toLowerCase()
}

function namesIn(columns: readonly ColumnShape[]): readonly string[] {
  return columns.map(({ name }) => name)
}
