import type { DeclaredModel } from '../bind/declared-graph.ts'
import type { ColumnSpec } from '../column.ts'
import type { Stamp } from '../graph-facts.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

interface MarkRule {
  readonly isBroken: (spec: ColumnSpec) => boolean
  readonly problem: string
  readonly remedy: string
}

const markRules: readonly MarkRule[] = [
  {
    isBroken: (spec) => spec.hidden && spec.writeOnly,
    problem: 'is hidden and writeOnly: it could never be sent',
    remedy: 'Keep one of the two',
  },
  {
    isBroken: (spec) => spec.readOnly && spec.writeOnly,
    problem: 'is readOnly and writeOnly',
    remedy: 'Write hidden() if it never travels',
  },
  {
    isBroken: (spec) => spec.nullable && spec.isPrimaryKey,
    problem: 'is a key and nullable',
    remedy: 'Remove nullable()',
  },
  {
    isBroken: (spec) => spec.nullable && spec.owner !== null,
    problem: 'is an owner and nullable: a row without one would belong to nobody',
    remedy: 'Remove nullable()',
  },
  {
    isBroken: (spec) => hasOwnDefault(spec) && spec.stamp !== null,
    problem: 'has a default, but Terrace gives its value',
    remedy: 'Remove default()',
  },
  {
    isBroken: (spec) => hasOwnDefault(spec) && isNative(spec),
    problem: 'is native and has a default: Terrace never writes it',
    remedy: 'Remove default()',
  },
  {
    isBroken: (spec) => isNative(spec) && spec.rules.length > 0,
    problem: 'is native and has rules: Terrace never writes it',
    remedy: 'Remove them',
  },
  {
    isBroken: ({ stamp, ...spec }) =>
      stamp === 'version' && (spec.hidden || spec.writeOnly || spec.nullable || spec.isPrimaryKey || spec.immutable),
    problem: 'is the version: it is never null, changes with the row, and leaves as its ETag',
    remedy: 'Write version() without hidden(), writeOnly(), nullable(), immutable() or primaryKey()',
  },
  {
    isBroken: (spec) => spec.ignoreCase && spec.type.kind !== 'text',
    problem: 'is no text: ignoreCase() means nothing',
    remedy: 'Remove ignoreCase()',
  },
  {
    isBroken: (spec) => spec.ignoreCase && isUnbounded(spec),
    problem: 'is unbounded text with ignoreCase(): its folded companion carries an index',
    remedy: 'Bound it with length(min, max)',
  },
  {
    isBroken: (spec) => spec.ignoreCase && isKeyLike(spec),
    problem: 'is a key with ignoreCase(): keys are compared as they are',
    remedy: 'Add a column of its own with ignoreCase().unique()',
  },
]

/** Marks of one column that contradict each other, and stamps that a model has twice or by half. */
export function markProblems(model: DeclaredModel): readonly Problem[] {
  const own = [...model.columns].flatMap(([property, spec]) =>
    markRules
      .filter(({ isBroken }) => isBroken(spec))
      .map(({ problem, remedy }) => problemAt(`${model.name}.${property}`, problem, remedy)),
  )
  return [...own, ...stampProblems(model)]
}

function hasOwnDefault(spec: ColumnSpec): boolean {
  return spec.default !== null && spec.default.kind !== 'now' && !isFirstVersion(spec)
}

function isFirstVersion({ stamp, default: given }: ColumnSpec): boolean {
  return stamp === 'version' && given?.kind === 'value' && given.value === 1
}

function isNative({ type, reference }: ColumnSpec): boolean {
  return type.kind === 'native' && reference === null
}

function isUnbounded({ type }: ColumnSpec): boolean {
  return type.kind === 'text' && type.maxLength === null
}

function isKeyLike(spec: ColumnSpec): boolean {
  return spec.isPrimaryKey || spec.reference !== null
}

const soleStamps: readonly Stamp[] = ['createdAt', 'updatedAt', 'version', 'deletedAt', 'deletionId']

function stampProblems(model: DeclaredModel): readonly Problem[] {
  const twice = soleStamps.filter((stamp) => stamped(model, stamp) > 1)
  const isHalf = (stamped(model, 'deletedAt') === 0) !== (stamped(model, 'deletionId') === 0)
  return [
    ...twice.map((stamp) => problemAt(model.name, `has two columns for ${stamp}`, 'Keep one of them')),
    ...(isHalf
      ? [problemAt(model.name, 'has one of deletedAt and deletionId without the other', 'Spread ...softDelete() whole')]
      : []),
  ]
}

function stamped({ columns }: DeclaredModel, stamp: Stamp): number {
  return [...columns.values()].filter((spec) => spec.stamp === stamp).length
}
