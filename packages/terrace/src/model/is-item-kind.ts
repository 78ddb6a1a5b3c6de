import type { ColumnKind } from './column-type.ts'

/** Whether what an array holds is written in JSON in one way only, so that every engine finds an item in it. */
export function isItemKind(kind: ColumnKind): boolean {
  return itemKinds.has(kind)
}

const itemKinds: ReadonlySet<ColumnKind> = new Set([
  'uuid',
  'text',
  'integer',
  'smallint',
  'bigint',
  'boolean',
  'timestamp',
  'date',
  'time',
  'oneOf',
] as const)
