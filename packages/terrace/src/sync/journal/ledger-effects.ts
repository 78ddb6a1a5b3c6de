import { renamePath, type ObjectPath, type Plan, type Rename, type Step } from '../../schema/index.ts'
import { ledgerKey, type Ledger, type LedgerEntry } from './ledger.ts'

/** What a step means to the ledger: some objects have other names, some are gone, some are the engine's own now. */
export interface LedgerEffects {
  readonly renames: readonly Rename[]
  readonly drops: readonly ObjectPath[]
  readonly makes: readonly ObjectPath[]
  /** There before and after. Default none. */
  readonly changes?: readonly ObjectPath[]
}

/** What carrying out a step does. What a rename makes and drops is the same object, which keeps its history. */
export function effectsOf(step: Step, { renames }: Pick<Plan, 'renames'>): LedgerEffects {
  const own = renames.filter((rename) => step.changes.some((change) => carries(change, rename)))
  if (own.length > 0) return { renames: own, drops: [], makes: [] }
  const { makes, drops } = step
  const isChanged = (object: ObjectPath): boolean =>
    isAltered(object, step) && !drops.some(({ kind }) => kind === object.kind)
  return {
    renames: [],
    drops,
    makes: makes.filter((object) => !isChanged(object)),
    changes: makes.filter(isChanged),
  }
}

/** Whether a step alters the object rather than make it: one that gets another name is dropped and made. */
function isAltered({ path }: ObjectPath, { changes }: Step): boolean {
  return changes.some(({ kind, object }) => kind.startsWith('alter') && object.endsWith(` ${path}`))
}

function carries({ kind, object }: Step['changes'][number], rename: Rename): boolean {
  const { table, to } = rename
  return rename.object === 'table'
    ? kind === 'renameTable' && object === `table ${to}`
    : kind === 'renameColumn' && object === `column ${table}.${to}`
}

/**
 * Names that change places are one rename to the ledger, in however many steps an engine goes about it: the first of the steps
 * carries all renames of tables, or of one table's columns.
 */
export function withWholeRenames(effects: readonly LedgerEffects[]): readonly LedgerEffects[] {
  const all = effects.flatMap(({ renames }) => renames)
  const distinct = [...new Map(all.map((rename) => [JSON.stringify(rename), rename])).values()]
  const groups = Map.groupBy(distinct, groupOf)
  return effects.map((each) => {
    const own = [...new Set(each.renames.map(groupOf))]
    const renames = own.flatMap((group) => groups.get(group) ?? [])
    for (const group of own) groups.delete(group)
    return { ...each, renames }
  })
}

function groupOf({ object, table }: Rename): string {
  return object === 'table' ? 'tables' : `columns of ${table}`
}

/** What undoing it does. */
export function reversed({ renames, drops, makes, changes = [] }: LedgerEffects): LedgerEffects {
  return {
    changes,
    renames: renames.map(({ from, to, ...rename }) => ({ ...rename, from: to, to: from })),
    drops: makes,
    makes: drops,
  }
}

/** `record`: the renames are done as declared; `forget`: they are undone, and pending again. */
export type RenameNote = 'record' | 'forget'

/** The ledger after a step: entries move, go and come. New ones have hashes once the whole plan is done. */
export function ledgerAfter(
  ledger: Ledger,
  { renames, drops, makes, changes = [] }: LedgerEffects,
  { server, note = 'record' }: { readonly server: string; readonly note?: RenameNote },
): Ledger {
  const after = new Map([...ledger.values()].map((entry) => keyed(renamed(entry, renames, note))))
  for (const object of drops) after.delete(ledgerKey(object))
  for (const { kind, path } of [...makes, ...changes]) {
    const key = ledgerKey({ kind, path })
    if (!after.has(key)) after.set(key, { ...unseen, kind, path, server })
  }
  return after
}

/** As `forgetPrinted` leaves it stored. */
export function unprinted(ledger: Ledger, tables: readonly string[], but: readonly ObjectPath[]): Ledger {
  const kept = new Set(but.map(ledgerKey))
  const isTouched = ({ path }: LedgerEntry): boolean =>
    tables.some((table) => path === table || path.startsWith(`${table}.`))
  return new Map(
    [...ledger].map(([key, entry]) => [
      key,
      isTouched(entry) && !kept.has(key) ? { ...entry, canonicalHash: '' } : entry,
    ]),
  )
}

function keyed(entry: LedgerEntry): readonly [string, LedgerEntry] {
  return [ledgerKey(entry), entry]
}

function renamed(entry: LedgerEntry, renames: readonly Rename[], note: RenameNote): LedgerEntry {
  const path = renamePath(entry.path, entry.kind, renames)
  const own = renames.find(
    ({ object, table, to }) => entry.kind === object && path === (object === 'table' ? to : `${table}.${to}`),
  )
  if (path === entry.path || own === undefined) return { ...entry, path }
  const names = renamesOf(entry)
  const noted = note === 'record' ? withName(names, own.from) : names.filter((name) => name !== own.to)
  return { ...entry, path, renames: JSON.stringify(noted) }
}

/** Former names whose renames are done. */
export function renamesOf({ renames }: LedgerEntry): readonly string[] {
  return JSON.parse(renames) as readonly string[]
}

export function withName(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names : [...names, name]
}

/** An object that was made and not yet looked at. */
const unseen = {
  model: null,
  fact: null,
  declaredHash: '',
  canonicalHash: '',
  renames: '[]',
  seededAt: null,
} as const
