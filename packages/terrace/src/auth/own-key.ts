import { columnField, parseText, wireTypeOf } from '../dto/index.ts'
import type { BoundModel, ColumnFact } from '../model/index.ts'

/** The key of a model as text and back, for what names a row outside the database: the subject of a token. */
export class OwnKey {
  readonly name: string
  readonly #column: ColumnFact

  constructor({ fact }: BoundModel) {
    this.name = fact.primaryKey.columns[0] as string
    this.#column = fact.column[this.name] as ColumnFact
  }

  of(row: Readonly<Record<string, unknown>>): unknown {
    return row[this.name]
  }

  /** `7`, `018c0ae5-4d9b-7471-bfd6-eef314bc7037` */
  print(key: unknown): string {
    return String(wireTypeOf(this.#column.type).render(key))
  }

  /** Undefined for a text that no key is printed as. */
  read(text: string): unknown {
    const parsed = parseText(columnField(this.#column, true), text, 'path')
    return parsed.ok && this.print(parsed.value) === text ? parsed.value : undefined
  }
}
