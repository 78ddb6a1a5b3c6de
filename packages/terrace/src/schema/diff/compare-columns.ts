import type { ColumnAspect } from '../change.ts'
import { compareText, different, equal, type Comparator, type Comparison } from '../comparison.ts'
import type { ColumnShape, GeneratedShape, Identity } from '../snapshot.ts'

/** One comparator per aspect; the wanted side is in canonical form. A native column is compared by nothing but its name. */
export const columnComparators: Readonly<Record<ColumnAspect, Comparator<ColumnShape>>> = {
  type: (live, wanted) => compareText('type', live.type, wanted.type),
  nullability: (live, wanted) =>
    live.nullable === wanted.nullable ? equal : different(`${nullability(live)}, wanted ${nullability(wanted)}`),
  default: (live, wanted) => compareText('default', live.default, wanted.default),
  generated: (live, wanted) => compareText('generated', generated(live.generated), generated(wanted.generated)),
  identity: (live, wanted) =>
    isNumberedAlike(live, wanted) ? equal : different(`${numbering(live)}, wanted ${numbering(wanted)}`),
  collation: (live, wanted) => compareText('collation', live.collation, wanted.collation),
  comment: (live, wanted) => compareComment(live.comment, wanted.comment),
}

function nullability({ nullable }: ColumnShape): string {
  return nullable ? 'nullable' : 'not null'
}

/** A serial column numbers rows and takes explicit numbers, which is all that is wanted. */
function isNumberedAlike(live: ColumnShape, wanted: ColumnShape): boolean {
  return live.identity === wanted.identity || (live.identity === 'serial' && wanted.identity === 'byDefault')
}

const numberings: Readonly<Record<Identity, string>> = {
  byDefault: 'numbered by the database',
  always: 'always numbered by the database',
  serial: 'numbered by a sequence',
}

function numbering({ identity }: ColumnShape): string {
  return identity === null ? 'not numbered by the database' : numberings[identity]
}

/** Null on one side: not asked for, or not kept by the engine. */
export function compareComment(live: string | null, wanted: string | null): Comparison {
  return live === null || wanted === null ? equal : compareText('comment', `'${live}'`, `'${wanted}'`)
}

function generated(shape: GeneratedShape | null): string | null {
  if (shape === null) return null
  return `(${shape.expression}) ${shape.stored ? 'stored' : 'virtual'}${shape.invisible ? ' invisible' : ''}`
}
