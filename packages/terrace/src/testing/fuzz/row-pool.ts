import { Earlier } from './schema-values.ts'

type RowData = Readonly<Record<string, unknown>>

const mostRows = 30

/** The rows that the app answered so far, by entity: what later requests can be about. */
export class RowPool {
  readonly #alive = new Map<string, RowData[]>()
  readonly #deleted = new Map<string, RowData[]>()

  add(entity: string, row: RowData): void {
    const rows = this.#alive.get(entity) ?? []
    this.#alive.set(entity, [...rows.filter(({ id }) => id !== row['id']), row].slice(-mostRows))
  }

  remove(entity: string, id: unknown): void {
    const rows = this.#alive.get(entity) ?? []
    const gone = rows.filter((row) => String(row['id']) === String(id))
    this.#alive.set(
      entity,
      rows.filter((row) => !gone.includes(row)),
    )
    this.#deleted.set(entity, [...(this.#deleted.get(entity) ?? []), ...gone].slice(-mostRows))
  }

  /** One of the entity's rows; one that was deleted where `deleted` asks for it, or now and then. */
  pick(entity: string, at: number, { deleted }: { readonly deleted: boolean }): RowData | null {
    const first = (deleted && at % 4 !== 0) || at % 19 === 0 ? this.#deleted : this.#alive
    const rows = first.get(entity) ?? []
    const others = this.#alive.get(entity) ?? []
    return rows[at % Math.max(1, rows.length)] ?? others[at % Math.max(1, others.length)] ?? null
  }

  /** The same value with each reference to an earlier row replaced by that row's key. */
  filled(value: unknown): unknown {
    if (value instanceof Earlier) {
      const row = this.pick(value.entity, value.pick, { deleted: false })
      return row === null ? '0198c0de-0000-7000-8000-000000000000' : row['id']
    }
    if (Array.isArray(value)) return value.map((item) => this.filled(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.filled(item)]))
  }
}
