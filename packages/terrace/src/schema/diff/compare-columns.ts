import type { ColumnAspect } from '../change.ts'
import { compareText, different, equal, type Comparator } from '../comparison.ts'
import type { ColumnShape, GeneratedShape } from '../snapshot.ts'

/** One comparator per aspect; the wanted side is in canonical form. A native column is compared by nothing but its name. */
export const columnComparators: Readonly<Record<ColumnAspect, Comparator<ColumnShape>>> = {
  type: (live, wanted) => compareText('type', live.type, wanted.type),
  nullability: (live, wanted) =>
    live.nullable === wanted.nullable ? equal : different(`${nullability(live)}, wanted ${nullability(wanted)}`),
  default: (live, wanted) => compareText('default', live.default, wanted.default),
  generated: (live, wanted) => compareText('generated', generated(live.generated), generated(wanted.generated)),
  identity: (live, wanted) =>
    live.identity === wanted.identity ? equal : different(`${numbering(live)}, wanted ${numbering(wanted)}`),
  collation: (live, wanted) => compareText('collation', live.collation, wanted.collation),
}

function nullability({ nullable }: ColumnShape): string {
  return nullable ? 'nullable' : 'not null'
}

function numbering({ identity }: ColumnShape): string {
  return identity ? 'numbered by the database' : 'not numbered by the database'
}

function generated(shape: GeneratedShape | null): string | null {
  if (shape === null) return null
  return `(${shape.expression}) ${shape.stored ? 'stored' : 'virtual'}${shape.invisible ? ' invisible' : ''}`
}
