import type { Schema } from '../api-document.ts'
import type { ApiChange } from './change.ts'
import type { Comparing } from './comparing.ts'
import { told } from './diff-types.ts'
import { isSame } from './is-same.ts'
import { patternChange } from './pattern-change.ts'

/** A greater lower bound takes fewer values, a greater upper one more. */
const lower = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const
const upper = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const

/** There or not: a rule that is another one is both narrower and wider. */
const forms = ['pattern', 'format', 'contentEncoding', 'multipleOf', 'uniqueItems'] as const

type Limit = (typeof lower)[number] | (typeof upper)[number] | (typeof forms)[number]

/** Bounds, patterns and formats. */
export function diffLimits(one: Schema, other: Schema, where: string, comparing: Comparing): readonly ApiChange[] {
  const changes = (
    names: readonly Limit[],
    compare: (name: Limit) => Parameters<typeof told>[0],
  ): readonly ApiChange[] =>
    names.flatMap((name) =>
      isSame(one[name], other[name])
        ? []
        : told(compare(name), where, { was: shown(name, one), is: shown(name, other) }, comparing),
    )
  return [
    ...changes(lower, (name) => bounds(one[name] ?? -Infinity, other[name] ?? -Infinity)),
    ...changes(upper, (name) => bounds(negated(one[name]), negated(other[name]))),
    ...changes(forms, (name) =>
      name === 'pattern' && one.pattern !== undefined && other.pattern !== undefined
        ? patternChange(one.pattern, other.pattern)
        : { isNarrowed: isSet(other[name]), isWidened: isSet(one[name]) },
    ),
  ]
}

function bounds(before: unknown, now: unknown): { readonly isNarrowed: boolean; readonly isWidened: boolean } {
  return { isNarrowed: Number(now) > Number(before), isWidened: Number(now) < Number(before) }
}

function negated(bound: unknown): number {
  return bound === undefined ? -Infinity : -Number(bound)
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false
}

function shown(name: Limit, schema: Schema): string {
  return schema[name] === undefined ? `no ${name}` : `${name} ${String(schema[name])}`
}
