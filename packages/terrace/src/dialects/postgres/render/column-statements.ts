import {
  doubleQuoteName as quote,
  objectHash,
  quoteText,
  type ColumnAspect,
  type ColumnShape,
} from '../../../schema/index.ts'
import { usingClause } from '../conversion/using-clause.ts'
import { passingPrefix } from '../internal-names.ts'
import { columnComment, identityClause } from './clauses.ts'
import { keepNumbering, resyncIdentity, usualSequence } from './sequences.ts'

export interface ColumnSides {
  readonly table: string
  readonly from: ColumnShape
  readonly to: ColumnShape
  readonly aspects: ReadonlySet<ColumnAspect>
}

/** Statements that make one column of the other, in place; the same two sides turned round lead back. */
export function columnStatements(sides: ColumnSides): readonly string[] {
  const { table, from, to, aspects } = sides
  const head = `alter table ${quote(table)} alter column ${quote(to.name)}`
  const ends = from.generated !== null && to.generated === null
  const parts = [...identityEnd(sides), ...definitionParts(sides)].map(
    (part) => `alter column ${quote(to.name)} ${part}`,
  )
  return [
    ...numberingKept(sides),
    ...(ends ? [`${head} drop expression`] : []),
    ...(parts.length === 0 ? [] : [`alter table ${quote(table)} ${parts.join(', ')}`]),
    ...numbering(sides),
    ...(aspects.has('comment') && to.comment !== null ? [columnComment(table, to.name, to.comment)] : []),
  ]
}

function isIdentity({ identity }: ColumnShape): boolean {
  return identity === 'byDefault' || identity === 'always'
}

function identityEnd({ from, to, aspects }: ColumnSides): readonly string[] {
  if (!aspects.has('identity')) return []
  if (isIdentity(from) && !isIdentity(to)) return ['drop identity']
  if (isIdentity(from) && from.identity !== to.identity)
    return [`set generated ${to.identity === 'always' ? 'always' : 'by default'}`]
  return from.identity === 'serial' ? ['drop default'] : []
}

/** A default of the old type would be converted, and might not be what is wanted: it goes, and comes in the new type. */
function definitionParts({ from, to, aspects }: ColumnSides): readonly string[] {
  const isRetyped = aspects.has('type') || aspects.has('collation')
  const isGivenAnew = (isRetyped || aspects.has('default')) && to.generated === null
  const dropsDefault = isGivenAnew && from.default !== null && (isRetyped || to.default === null)
  const setsDefault = isGivenAnew && to.default !== null
  const nullability = to.nullable ? 'drop not null' : 'set not null'
  return [
    ...(dropsDefault ? ['drop default'] : []),
    ...(aspects.has('nullability') && to.nullable ? [nullability] : []),
    ...(isRetyped ? [typePart(from, to)] : []),
    ...(setsDefault ? [`set default ${to.default ?? ''}`] : []),
    ...(aspects.has('nullability') && !to.nullable ? [nullability] : []),
  ]
}

/** The collation is repeated: a new type without it would have the database's. */
function typePart(from: ColumnShape, { name, type, collation }: ColumnShape): string {
  const using = from.type === type ? null : usingClause(from.type, type, quote(name))
  return `type ${type}${collation === null ? '' : ` collate ${quote(collation)}`}${using === null ? '' : ` using ${using}`}`
}

/** Sequences: made behind the highest number there is or was, dropped, or given the column's new type. */
function numbering({ table, from, to, aspects }: ColumnSides): readonly string[] {
  const former = from.identity === 'serial' ? (from.definition ?? null) : null
  const isRetyped = aspects.has('type') && from.type !== to.type
  if (!aspects.has('identity'))
    return former !== null && to.identity === 'serial' && isRetyped
      ? [`alter sequence ${quote(former)} as ${to.type}`]
      : []
  const head = `alter table ${quote(table)} alter column ${quote(to.name)}`
  const dropFormer = former === null ? [] : [`drop sequence ${quote(former)}`]
  if (to.identity === 'serial') return serial(table, { from, to })
  if (to.identity === null || isIdentity(from)) return dropFormer
  // While both are there, the column's own sequence is the one that it was given first.
  const release = former === null ? [] : [`alter sequence ${quote(former)} owned by none`]
  return [
    ...release,
    `${head} add ${identityClause(to.identity)}`,
    resyncIdentity(table, to.name, former),
    ...dropFormer,
  ]
}

/** An identity takes its sequence along: what it has handed out is kept by the sequence to come. */
function numberingKept({ table, from, to, aspects }: ColumnSides): readonly string[] {
  if (!aspects.has('identity') || to.identity !== 'serial') return []
  const sequence = passingSequence(table, to)
  const create = `create sequence ${sequence} as ${to.type}`
  return isIdentity(from) ? [create, keepNumbering(table, from.name, sequence)] : [create]
}

function passingSequence(table: string, { name }: ColumnShape): string {
  return quote(passingPrefix + objectHash([table, name]).slice(0, 16))
}

function serial(table: string, { from, to }: Pick<ColumnSides, 'from' | 'to'>): readonly string[] {
  const { name, definition } = to
  const [passing, sequence] = [passingSequence(table, to), quote(definition ?? usualSequence(table, name))]
  return [
    `alter sequence ${passing} owned by ${quote(table)}.${quote(name)}`,
    `alter sequence ${passing} rename to ${sequence}`,
    `alter table ${quote(table)} alter column ${quote(name)} set default nextval(${quoteText(sequence)})`,
    ...(isIdentity(from) ? [] : [resyncIdentity(table, name)]),
  ]
}
