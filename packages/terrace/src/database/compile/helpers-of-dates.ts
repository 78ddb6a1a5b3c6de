import type { FunctionNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { dateParts, dateUnits, unitsOfDay, type Temporal, type TemporalKind } from '../helper-renderings.ts'
import { argumentAt, wordAt } from './helper-arguments.ts'
import { detached, heldAs, storageOf, type Meaning } from './meaning.ts'
import { operand } from './operands.ts'
import type { Expression, Frame, Pass } from './pass.ts'
import { refused } from './refuse.ts'

/** `datePart(part, value)`: a whole number. */
export function partOfDate(pass: Pass, node: FunctionNode, frame: Frame): Expression {
  const part = wordAt(node, 0, dateParts)
  const { value } = temporalAt(pass, node, frame, { what: 'datePart', unit: part })
  return plain(pass.helpers.datePart(part, value), { kind: 'integer' })
}

/** `dateTrunc(unit, value)`: a value of the same column's kind. */
export function truncatedDate(pass: Pass, node: FunctionNode, frame: Frame): Expression {
  const unit = wordAt(node, 0, dateUnits)
  const { value, meaning } = temporalAt(pass, node, frame, { what: 'dateTrunc', unit })
  return plain(pass.helpers.dateTrunc(unit, value), detached(meaning))
}

/** `clockMicros()`: a whole number. */
export function serverClock(pass: Pass): Expression {
  return { ...plain(pass.helpers.clockMicros, { kind: 'bigint' }), isNeverNull: true }
}

const plain = (node: Expression['node'], meaning: Meaning): Expression => ({
  node,
  meaning,
  companion: null,
  isNeverNull: false,
})

const kinds: ReadonlyMap<string, TemporalKind> = new Map([
  ['timestamp:3', 'instant'],
  ['timestamp:6', 'microseconds'],
  ['date', 'day'],
])

interface Asked {
  readonly what: string
  readonly unit: string
}

function temporalAt(
  pass: Pass,
  node: FunctionNode,
  frame: Frame,
  { what, unit }: Asked,
): { readonly value: Temporal; readonly meaning: Meaning } {
  const found = operand(pass, argumentAt(node, 1), frame, null)
  const kind = kinds.get(storageOf(found.meaning))
  if (kind === undefined) {
    throw errors.SCOPE_NOT_COMPARABLE({
      values: {
        what: `${what}() of ${heldAs(found.meaning)}`,
        why: 'it takes a timestamp or a date',
        remedy: 'Give a timestamp() or date() column, or what is made of one',
      },
    })
  }
  if (kind === 'day' && unitsOfDay.has(unit))
    throw refused(`${what}() of a date by ${unit}`, 'a day has none', 'Take a part of the day’s date')
  return { value: { kind, node: found.node }, meaning: found.meaning }
}
