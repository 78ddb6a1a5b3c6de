import { shapeText, type Rename, type Snapshot } from '../../schema/index.ts'
import type { MergeSide } from './merge.ts'
import { partsOfTable, type Part } from './snapshot-parts.ts'

const kindWords = {
  table: 'table',
  column: 'column',
  primaryKey: 'primary key of',
  unique: 'unique',
  index: 'index',
  foreignKey: 'foreign key',
  check: 'check',
} as const

/** `column products.name`, `primary key of products`. */
export function objectWords({ kind, path }: Pick<Part, 'kind' | 'path'>): string {
  return `${kindWords[kind]} ${path}`
}

/** What one side does to an object: `dropped`, `renamed to name`, `changed to text not null`. */
export function changeWords(
  before: Part | undefined,
  after: Part | undefined,
  side: Pick<MergeSide, 'renames'>,
): string {
  if (after !== undefined) return `${before === undefined ? 'added as' : 'changed to'} ${partText(after)}`
  if (before === undefined) return 'not there'
  const rename = before.kind === 'column' || before.kind === 'table' ? renameOf(before, side.renames) : undefined
  return rename === undefined ? 'dropped' : `renamed to ${rename.to}`
}

function renameOf(part: Part, renames: readonly Rename[]): Rename | undefined {
  if (part.kind === 'table') return renames.find(({ object, from }) => object === 'table' && from === part.table)
  const table = renames.find(({ object, from }) => object === 'table' && from === part.table)?.to ?? part.table
  const name = part.kind === 'column' ? part.shape.name : ''
  return renames.find((each) => each.object === 'column' && each.table === table && each.from === name)
}

function partText(part: Part): string {
  if (part.kind === 'table') return frameText(part.shape)
  return (shapeText[part.kind] as (shape: Part['shape']) => string)(part.shape)
}

function frameText({ options, comment }: Extract<Part, { kind: 'table' }>['shape']): string {
  const said = Object.entries(options).map(([name, value]) => `${name} ${value}`)
  if (comment !== null && comment !== '') said.push(`comment ${JSON.stringify(comment)}`)
  return said.length === 0 ? 'a plain one' : said.join(', ')
}

/** What one side does to a whole table. */
export function tableWords(base: Snapshot, side: MergeSide, table: string): string {
  const [before, after] = [base.tables[table], side.snapshot.tables[table]]
  if (after === undefined) {
    const to = side.renames.find(({ object, from }) => object === 'table' && from === table)?.to
    return before === undefined ? 'not there' : to === undefined ? 'dropped' : `renamed to ${to}`
  }
  if (before === undefined) {
    const from = side.renames.find(({ object, to }) => object === 'table' && to === table)?.from
    const columns = after.columns.map(({ name }) => name).join(', ')
    return from === undefined ? `added as (${columns})` : `renamed from ${from}, (${columns})`
  }
  const [old, now] = [new Map(partsOfTable(before)), new Map(partsOfTable(after))]
  const changes = [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)]
    const part = is ?? was
    if (was?.hash === is?.hash || part === undefined) return []
    return [`${objectWords(part)} ${changeWords(was, is, side)}`]
  })
  if (changes.length === 0) return 'kept as it was'
  const shown = changes.length > 3 ? [...changes.slice(0, 2), `${changes.length - 2} others`] : changes
  return `changed: ${shown.join('; ')}`
}
