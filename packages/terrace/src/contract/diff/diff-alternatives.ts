import type { Schema } from '../api-document.ts'
import { changeOf, type ApiChange } from './change.ts'
import type { Recursion } from './diff-objects.ts'

/** Keywords that say nothing of which values are meant. */
const annotations: ReadonlySet<string> = new Set([
  'title',
  'description',
  'examples',
  'example',
  'deprecated',
  'discriminator',
  'default',
  '$ref',
])

/**
 * Of schemas that are a choice between others: each request of before has to be one that is still taken, each answer one that was known.
 * Null where neither is a choice alone.
 */
export function diffAlternatives(
  one: Schema,
  other: Schema,
  where: string,
  recursion: Recursion,
): readonly ApiChange[] | null {
  const [before, now] = [choicesOf(one), choicesOf(other)]
  if (before === null && now === null) {
    if (one.anyOf === undefined && other.anyOf === undefined && one.oneOf === undefined && other.oneOf === undefined)
      return null
    return beside(one, other, where, recursion)
  }
  return diffChoices(before ?? [one], now ?? [other], where, recursion)
}

/** Alternatives that stand beside other keywords: both have to hold. */
function beside(one: Schema, other: Schema, where: string, recursion: Recursion): readonly ApiChange[] {
  const { anyOf, oneOf, ...base } = one
  const { anyOf: anyOfNow, oneOf: oneOfNow, ...baseNow } = other
  const { diffSchemas, comparing } = recursion
  return [
    ...diffSchemas(base, baseNow, where, comparing),
    ...diffChoices(anyOf ?? [{}], anyOfNow ?? [{}], where, recursion),
    ...diffChoices(oneOf ?? [{}], oneOfNow ?? [{}], where, recursion),
  ]
}

function choicesOf(schema: Schema): readonly Schema[] | null {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices === undefined) return null
  const others = Object.keys(schema).filter((key) => key !== 'anyOf' && key !== 'oneOf' && !annotations.has(key))
  return others.length === 0 && (schema.anyOf === undefined || schema.oneOf === undefined) ? choices : null
}

function diffChoices(
  before: readonly Schema[],
  now: readonly Schema[],
  where: string,
  { comparing, diffSchemas }: Recursion,
): readonly ApiChange[] {
  const compared = before.map((one) => now.map((other) => diffSchemas(one, other, where, comparing)))
  const isCovered = (changes: readonly ApiChange[] | undefined): boolean =>
    changes?.every(({ breaks }) => !breaks) === true
  const lostBefore = [...before.keys()].filter((at) => !compared[at]?.some(isCovered))
  const newNow = [...now.keys()].filter((at) => !compared.some((row) => isCovered(row[at])))
  // Those that became others: what differs between them says more than that both are strangers.
  const pairs = pairsOf({ before, now }, lostBefore, newNow)
  const became = [...pairs].flatMap(([lost, more]) => compared[lost]?.[more] ?? [])
  if (lostBefore.length === 1 && newNow.length === 1) return became
  const isRequest = comparing.direction === 'request'
  return [
    ...became,
    ...lostBefore
      .filter((at) => !pairs.has(at))
      .map((at) => changeOf(isRequest ? 'values-narrowed' : 'values-excluded', where, { was: titleOf(before[at]) })),
    ...newNow
      .filter((at) => ![...pairs.values()].includes(at))
      .map((at) => changeOf(isRequest ? 'values-allowed' : 'values-widened', where, { is: titleOf(now[at]) })),
    ...minorChanges(compared, { isCovered, isKept: before.length === now.length }),
  ]
}

interface Choices {
  readonly before: readonly Schema[]
  readonly now: readonly Schema[]
}

/** Which of the alternatives that are gone became which of the new ones: those of one name, and where only one is left of each, those. */
function pairsOf(
  { before, now }: Choices,
  lost: readonly number[],
  more: readonly number[],
): ReadonlyMap<number, number> {
  const [only, other] = [lost[0], more[0]]
  if (lost.length === 1 && more.length === 1 && only !== undefined && other !== undefined)
    return new Map([[only, other]])
  return new Map(
    lost.flatMap((at) => {
      const name = before[at]?.$ref
      const same = name === undefined ? undefined : more.find((one) => now[one]?.$ref === name)
      return same === undefined ? [] : [[at, same] as const]
    }),
  )
}

/** What is told of alternatives that are still there: of each the place that it had. */
function minorChanges(
  compared: readonly (readonly (readonly ApiChange[])[])[],
  { isCovered, isKept }: { readonly isCovered: (changes: readonly ApiChange[]) => boolean; readonly isKept: boolean },
): readonly ApiChange[] {
  if (!isKept) return []
  return compared.flatMap((row, at) => {
    const own = row[at] as readonly ApiChange[]
    return isCovered(own) && !row.some((changes) => changes.length === 0) ? own : []
  })
}

function titleOf(schema: Schema | undefined): unknown {
  return schema?.$ref?.slice(schema.$ref.lastIndexOf('/') + 1) ?? schema?.title ?? schema
}
