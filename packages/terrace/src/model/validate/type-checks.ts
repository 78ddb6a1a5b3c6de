import type { ColumnKind, ColumnType } from '../column-type.ts'
import { checkJson } from './json-check.ts'
import { checkBigint, checkDecimal, checkFloat, checkWhole } from './number-checks.ts'
import { checkText, checkUuid } from './text-checks.ts'
import { checkDate, checkInstant, checkMicroseconds, checkTime } from './time-checks.ts'
import type { Check, RuleViolation } from './violation.ts'
import { broken, inside } from './violation.ts'

type CheckMakers = { readonly [K in ColumnKind]: (type: Extract<ColumnType, { readonly kind: K }>) => Check }

const checkMakers: CheckMakers = {
  uuid: () => checkUuid,
  text: () => checkText,
  integer: () => checkWhole('integer'),
  smallint: () => checkWhole('smallint'),
  bigint: () => checkBigint,
  identity: () => checkWhole('identity'),
  decimal: checkDecimal,
  float: () => checkFloat,
  boolean: () => checkBoolean,
  timestamp: ({ precision }) => (precision === 3 ? checkInstant : checkMicroseconds),
  date: () => checkDate,
  time: () => checkTime,
  json: () => checkJson,
  array: ({ item }) => checkItems(typeCheck(item)),
  bytes: () => checkBytes,
  oneOf: ({ values }) => checkMember(values),
  native:
    ({ name }) =>
    () =>
      broken('nativeType', { type: name }),
}

/** The check that a value, not null, is of this type at run time. */
export function typeCheck(type: ColumnType): Check {
  const make = checkMakers[type.kind] as (type: ColumnType) => Check
  return make(type)
}

function checkBoolean(value: unknown): RuleViolation | null {
  return typeof value === 'boolean' ? null : broken('boolean')
}

function checkBytes(value: unknown): RuleViolation | null {
  return value instanceof Uint8Array ? null : broken('bytes')
}

function checkMember(values: readonly string[]): Check {
  const members = new Set<unknown>(values)
  const refused = broken('oneOf', { values: values.map((value) => JSON.stringify(value)).join(', ') })
  return (value) => {
    if (typeof value !== 'string') return broken('string')
    return members.has(value) ? null : refused
  }
}

/** Each item by one check; null and holes are no items. */
export function checkItems(checkItem: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return broken('array')
    for (let at = 0; at < value.length; at += 1) {
      const found = checkItem(value[at])
      if (found !== null) return inside(at, found)
    }
    return null
  }
}
