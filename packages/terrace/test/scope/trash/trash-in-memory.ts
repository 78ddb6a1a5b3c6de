import type { Random } from '../../../src/testing/structures/random.ts'

export type Kind =
  | 'Box'
  | 'Item'
  | 'Part'
  | 'Sticker'
  | 'Left'
  | 'Right'
  | 'Bottom'
  | 'Crumb'
  | 'Folder'
  | 'Claim'
  | 'Log'

export interface Call {
  readonly kind: Kind
  readonly method: 'create' | 'move' | 'delete' | 'restore' | 'purge'
  readonly id: string
  readonly values: Readonly<Record<string, string | null>>
}

interface Reference {
  readonly column: string
  readonly to: Kind
  readonly onDelete: 'cascade' | 'restrict' | 'keep'
  readonly isNullable?: true
}

interface Declared {
  readonly references: readonly Reference[]
  readonly hasTrash?: false
  readonly hasName?: true
  /** Its rows are seen as long as this reference’s are. */
  readonly through?: string
}

/** What the models declare, in the words of this test. */
const declared: Readonly<Record<Kind, Declared>> = {
  Box: { references: [], hasName: true },
  Item: { references: [{ column: 'boxId', to: 'Box', onDelete: 'cascade' }], hasName: true, through: 'boxId' },
  Part: { references: [{ column: 'itemId', to: 'Item', onDelete: 'cascade' }], hasName: true, through: 'itemId' },
  Sticker: { references: [{ column: 'boxId', to: 'Box', onDelete: 'cascade' }], hasTrash: false, through: 'boxId' },
  Left: { references: [{ column: 'boxId', to: 'Box', onDelete: 'cascade', isNullable: true }] },
  Right: { references: [{ column: 'boxId', to: 'Box', onDelete: 'cascade', isNullable: true }] },
  Bottom: {
    references: [
      { column: 'leftId', to: 'Left', onDelete: 'cascade', isNullable: true },
      { column: 'rightId', to: 'Right', onDelete: 'cascade', isNullable: true },
    ],
  },
  Crumb: { references: [{ column: 'bottomId', to: 'Bottom', onDelete: 'cascade' }] },
  Folder: { references: [{ column: 'parentId', to: 'Folder', onDelete: 'cascade', isNullable: true }], hasName: true },
  Claim: { references: [{ column: 'partId', to: 'Part', onDelete: 'restrict' }] },
  Log: { references: [{ column: 'boxId', to: 'Box', onDelete: 'keep' }], hasTrash: false },
}

interface Row {
  readonly kind: Kind
  readonly id: string
  readonly name: string
  readonly held: Map<string, string | null>
  deletionId: string | null
}

/** Thrown where the call is refused; the state before it is kept. */
class Refused extends Error {}

/** The promise of the trash, over a list of rows: what each call gives, and what is left. */
export class TrashInMemory {
  readonly #random: Random
  readonly #prefix: string
  #rows: Row[] = []
  #next = 0

  constructor(random: Random, prefix: string) {
    this.#random = random
    this.#prefix = prefix
  }

  rows(): readonly { readonly name: string; readonly deletionId: string | null }[] {
    return this.#rows.map(({ kind, id, deletionId }) => ({ name: `${kind} ${id}`, deletionId }))
  }

  nextCall(): Call {
    const method = this.#random.weighted({ create: 9, move: 2, delete: 5, restore: 5, purge: 2 })
    const kinds = Object.keys(declared) as Kind[]
    const creatable = kinds.filter((kind) =>
      declared[kind].references.every(({ to, isNullable }) => isNullable || this.#of(to).length > 0),
    )
    if (method === 'create' || this.#rows.length === 0) {
      const kind = this.#random.of(creatable)
      this.#next += 1
      const id = `${kind}-${this.#prefix}-${this.#next}`
      const name = this.#random.chance(0.7) ? id : this.#random.of(['same', 'other'])
      return { kind, method: 'create', id, values: { ...this.#parents(kind), ...(declared[kind].hasName && { name }) } }
    }
    const fitting = this.#rows.filter(
      ({ kind, deletionId }) =>
        (method !== 'restore' || deletionId !== null || this.#random.chance(0.1)) &&
        (method !== 'move' || declared[kind].references.length > 0),
    )
    const row = this.#random.of(fitting.length === 0 ? this.#rows : fitting)
    const isMoved = method === 'move' && declared[row.kind].references.length > 0
    return isMoved
      ? { kind: row.kind, method, id: row.id, values: this.#parents(row.kind) }
      : { kind: row.kind, method: method === 'move' ? 'delete' : method, id: row.id, values: {} }
  }

  #of(kind: Kind): readonly Row[] {
    return this.#rows.filter((row) => row.kind === kind)
  }

  #parents(kind: Kind): Readonly<Record<string, string | null>> {
    return Object.fromEntries(
      declared[kind].references.map(({ column, to, isNullable }) => {
        const rows = this.#of(to)
        const alive = rows.filter(({ deletionId }) => deletionId === null)
        if (rows.length === 0 || (isNullable && this.#random.chance(0.25))) return [column, null]
        return [column, this.#random.of(alive.length > 0 && this.#random.chance(0.85) ? alive : rows).id]
      }),
    )
  }

  /** The row’s key, null for no such row, or the code of the refusal and its fields. */
  apply(call: Call): string | null {
    const before = this.#rows.map((row) => ({ ...row, held: new Map(row.held) }))
    try {
      return this.#methods[call.method](call)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      this.#rows = before
      return error.message
    }
  }

  readonly #methods: Readonly<Record<Call['method'], (call: Call) => string | null>> = {
    create: ({ kind, id, values }) => {
      this.#requireTargets(kind, values)
      const row = { kind, id, name: values['name'] ?? id, held: new Map<string, string | null>(), deletionId: null }
      for (const { column } of declared[kind].references) row.held.set(column, values[column] ?? null)
      this.#rows.push(row)
      this.#requireUnique([row])
      return id
    },
    move: ({ kind, id, values }) => {
      this.#requireTargets(kind, values)
      const row = this.#visible(id)
      if (row === null) return null
      for (const { column } of declared[kind].references) row.held.set(column, values[column] ?? null)
      this.#requireUnique([row])
      return id
    },
    delete: ({ kind, id }) => {
      const row = this.#visible(id)
      if (row === null) return null
      if (declared[kind].hasTrash === false) {
        this.#rows = this.#rows.filter((other) => other !== row)
        return id
      }
      this.#next += 1
      const gone = this.#deleteBelow(row, `deletion-${this.#next}`)
      for (const one of gone) {
        const referrer = this.#referrers(one, 'restrict').find(({ row: other }) => other.deletionId === null)
        if (referrer !== undefined) throw new Refused(`RESTRICTED ${referrer.reference.column}`)
      }
      return id
    },
    restore: ({ kind, id }) => this.#restore(kind, id),
    purge: ({ kind, id }) => {
      if (declared[kind].hasTrash === false) return this.#methods.delete({ kind, id, method: 'delete', values: {} })
      const row = this.#find(id)
      if (row === undefined) return null
      if (row.deletionId === null) throw new Refused('PURGE_ALIVE')
      const going = this.#withBelow(row)
      for (const one of going) {
        const staying = [...this.#referrers(one, 'restrict'), ...this.#referrers(one, 'keep')]
        const referrer = staying.find(({ row: other }) => !going.has(other))
        if (referrer !== undefined) throw new Refused(`RESTRICTED ${referrer.reference.column}`)
      }
      this.#rows = this.#rows.filter((other) => !going.has(other))
      return id
    },
  }

  #find(id: string | null | undefined): Row | undefined {
    return this.#rows.find((row) => row.id === id)
  }

  /** Alive, and so is what it belongs to. */
  #visible(id: string | null | undefined): Row | null {
    const row = this.#find(id)
    if (row === undefined || row.deletionId !== null) return null
    const { through } = declared[row.kind]
    return through === undefined || this.#visible(row.held.get(through)) !== null ? row : null
  }

  #requireTargets(kind: Kind, values: Call['values']): void {
    for (const { column } of declared[kind].references) {
      const key = values[column] ?? null
      if (key !== null && this.#visible(key) === null) throw new Refused(`REFERENCE_MISSING ${column}`)
    }
  }

  /** Names are unique among alive rows, below a parent where rows belong to it. */
  #requireUnique(rows: readonly Row[]): void {
    for (const row of rows) {
      const { hasName, through } = declared[row.kind]
      if (hasName !== true || row.deletionId !== null) continue
      const isTwin = (other: Row): boolean =>
        other !== row &&
        other.kind === row.kind &&
        other.deletionId === null &&
        other.name === row.name &&
        (through === undefined || other.held.get(through) === row.held.get(through))
      if (this.#rows.some(isTwin)) throw new Refused('UNIQUE name')
    }
  }

  #referrers(
    row: Row,
    onDelete: Reference['onDelete'],
  ): readonly { readonly row: Row; readonly reference: Reference }[] {
    return this.#rows.flatMap((other) =>
      declared[other.kind].references
        .filter(
          ({ to, column, onDelete: rule }) => to === row.kind && rule === onDelete && other.held.get(column) === row.id,
        )
        .map((reference) => ({ row: other, reference })),
    )
  }

  #deleteBelow(row: Row, deletionId: string): readonly Row[] {
    row.deletionId = deletionId
    const children = this.#referrers(row, 'cascade').map(({ row: child }) => child)
    return [
      row,
      ...children.flatMap((child) =>
        child.deletionId === null && declared[child.kind].hasTrash !== false
          ? this.#deleteBelow(child, deletionId)
          : [],
      ),
    ]
  }

  #withBelow(row: Row, found: Set<Row> = new Set()): ReadonlySet<Row> {
    if (found.has(row)) return found
    found.add(row)
    for (const { row: child } of this.#referrers(row, 'cascade')) this.#withBelow(child, found)
    return found
  }

  #restore(kind: Kind, id: string): string | null {
    const row = this.#find(id)
    if (row === undefined) return null
    const { deletionId } = row
    if (declared[kind].hasTrash === false || deletionId === null) return this.#visible(id)?.id ?? null
    const through = declared[kind].through
    if (through !== undefined && this.#visible(row.held.get(through)) === null)
      throw new Refused('RESTORE_PARENT_DELETED')
    const undone = this.#deletedBelow(row, deletionId)
    // A row that was taken along and has another parent in the trash belongs to that one’s deletion from now on.
    for (const one of undone) one.deletionId = null
    let isSettled = false
    while (!isSettled) {
      isSettled = true
      for (const one of undone) {
        if (one.deletionId !== null) continue
        const parent = this.#deletedParent(one)
        if (parent === undefined) continue
        if (one === row || parent.onDelete === 'restrict') throw new Refused('RESTORE_PARENT_DELETED')
        one.deletionId = parent.deletionId
        isSettled = false
      }
    }
    this.#requireUnique([...undone])
    return id
  }

  #deletedBelow(row: Row, deletionId: string, found: Set<Row> = new Set()): ReadonlySet<Row> {
    if (found.has(row)) return found
    found.add(row)
    for (const { row: child } of this.#referrers(row, 'cascade'))
      if (child.deletionId === deletionId) this.#deletedBelow(child, deletionId, found)
    return found
  }

  #deletedParent(row: Row): { readonly deletionId: string; readonly onDelete: Reference['onDelete'] } | undefined {
    for (const { column, onDelete } of declared[row.kind].references) {
      const parent = this.#find(row.held.get(column))
      if (onDelete !== 'keep' && parent !== undefined && parent.deletionId !== null)
        return { deletionId: parent.deletionId, onDelete }
    }
    return undefined
  }
}
