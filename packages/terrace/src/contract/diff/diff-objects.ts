import type { Schema } from '../api-document.ts'
import { changeOf, within, type ApiChange } from './change.ts'
import type { Comparing } from './comparing.ts'
import { told } from './diff-types.ts'
import type { RuleName } from './rules.ts'

export interface Recursion {
  readonly comparing: Comparing
  /** Of a schema within another. */
  readonly diffSchemas: (one: Schema, other: Schema, where: string, comparing: Comparing) => readonly ApiChange[]
}

/** Properties, which of them are required, and what else an object may have. */
export function diffObjects(one: Schema, other: Schema, where: string, recursion: Recursion): readonly ApiChange[] {
  const { comparing, diffSchemas } = recursion
  const names = new Set([...Object.keys(one.properties ?? {}), ...Object.keys(other.properties ?? {})])
  const properties = [...names].flatMap((name) => {
    const place = within(where, name)
    const [before, now] = [propertyOf(one, name), propertyOf(other, name)]
    if (before === undefined || now === undefined) return presence(one, other, { name, place }, recursion)
    return [...necessity(one, other, { name, place }, comparing), ...diffSchemas(before, now, place, comparing)]
  })
  const undeclared = [...new Set([...(one.required ?? []), ...(other.required ?? [])])].filter(
    (name) => !names.has(name),
  )
  const others = undeclared.flatMap((name) => necessity(one, other, { name, place: within(where, name) }, comparing))
  return [...properties, ...others, ...diffAdditional(one, other, where, recursion)]
}

interface Property {
  readonly name: string
  readonly place: string
}

function propertyOf({ properties }: Schema, name: string): Schema | undefined {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined
}

/** Of a property that only one of both declares. */
function presence(one: Schema, other: Schema, { name, place }: Property, recursion: Recursion): readonly ApiChange[] {
  const { comparing, diffSchemas } = recursion
  const { direction } = comparing
  const before = propertyOf(one, name)
  const now = propertyOf(other, name)
  if (now !== undefined) {
    const isRequired =
      direction === 'request' && other.required?.includes(name) === true && !one.required?.includes(name)
    // What was open took any value there: its type is a rule more.
    const narrowed = direction === 'request' ? narrowing(one, now, place, recursion) : []
    return [
      changeOf(isRequired ? 'property-required' : 'property-added', place, { is: now.type ?? 'any' }),
      ...narrowed,
    ]
  }
  const isOpen = other.additionalProperties !== false
  if (direction === 'request' && isOpen && before !== undefined)
    return [
      ...necessity(one, other, { name, place }, comparing),
      ...diffSchemas(before, additionalOf(other), place, comparing),
    ]
  return [changeOf('property-removed', place, { was: before?.type ?? 'any' })]
}

function narrowing(
  one: Schema,
  now: Schema,
  place: string,
  { comparing, diffSchemas }: Recursion,
): readonly ApiChange[] {
  const additional = one.additionalProperties
  // An object that says nothing of others is extended by properties that nobody sends yet.
  if (additional === false || additional === undefined) return []
  return diffSchemas(additionalOf(one), now, place, comparing).filter(({ breaks }) => breaks)
}

function additionalOf({ additionalProperties }: Schema): Schema {
  return typeof additionalProperties === 'object' ? additionalProperties : {}
}

function necessity(
  one: Schema,
  other: Schema,
  { name, place }: Property,
  { direction }: Comparing,
): readonly ApiChange[] {
  const before = one.required?.includes(name) === true
  const now = other.required?.includes(name) === true
  if (before === now) return []
  const names: Readonly<Record<typeof direction, readonly [less: RuleName, more: RuleName]>> = {
    request: ['property-loosened', 'property-required'],
    answer: ['property-optional', 'property-promised'],
  }
  const words = (isRequired: boolean): string => (isRequired ? 'required' : 'optional')
  return [changeOf(names[direction][now ? 1 : 0], place, { was: words(before), is: words(now) })]
}

function diffAdditional(
  one: Schema,
  other: Schema,
  where: string,
  { comparing, diffSchemas }: Recursion,
): readonly ApiChange[] {
  const [before, now] = [one.additionalProperties ?? true, other.additionalProperties ?? true]
  const sides = { was: `other properties: ${JSON.stringify(before)}`, is: `other properties: ${JSON.stringify(now)}` }
  if (before === false || now === false) {
    const change = { isNarrowed: before !== false, isWidened: now !== false }
    // A client ignores what it does not know.
    if (comparing.direction === 'answer' && change.isWidened) return []
    return before === now ? [] : told(change, where, sides, comparing)
  }
  return diffSchemas(additionalOf(one), additionalOf(other), within(where, '*'), comparing)
}
