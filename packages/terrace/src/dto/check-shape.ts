import { nearestName, snakeCase } from '../model/index.ts'
import type { ColumnFact, ModelFact } from '../model/index.ts'
import type { Computed } from './computed.ts'
import type { NullablePart, OptionalPart, Parts } from './parts.ts'
import { shapeError } from './shape-error.ts'
import type { ShapeProblem } from './shape-error.ts'
import type { Variants } from './shape.ts'

/** The options of `create`, `patch`, `read` and `shape` as they are at run time. */
export interface ShapeChoice {
  readonly name?: string
  readonly only?: readonly string[]
  readonly except?: readonly string[]
  readonly as?: Readonly<Record<string, string>>
  readonly optional?: readonly string[]
  readonly variants?: Variants
  readonly computed?: Readonly<Record<string, Computed<never>>>
  readonly with?: Parts
}

export interface ShapeFacts {
  /** Null for a shape of no model. */
  readonly model: ModelFact | null
  /** Which of the model's columns may stand in the shape, and what that means: `be sent`, `leave`. */
  readonly travels?: (column: ColumnFact) => boolean
  readonly verb?: string
  readonly options: ShapeChoice
}

/** `read(Product)` */
export function shapeWhere(maker: string, model: string): string {
  return `${maker}(${model})`
}

/** All that is wrong with a declaration, at once: `SHAPE_DECLARATION`. */
export function checkShape(where: string, facts: ShapeFacts): void {
  const problems = checks.flatMap((check) => check(facts))
  if (problems.length > 0) throw shapeError(problems.map((problem) => ({ where, ...problem })))
}

type Found = Omit<ShapeProblem, 'where'>

const checks: readonly ((facts: ShapeFacts) => readonly Found[])[] = [
  nameProblems,
  choiceProblems,
  variantProblems,
  columnProblems,
  objectNameProblems,
  addedNameProblems,
  partProblems,
  aliasProblems,
  collisionProblems,
]

const schemaName = /^[A-Za-z0-9._-]+$/
const propertyName = /^[A-Za-z_][A-Za-z0-9_-]*$/

function nameProblems({ options: { name } }: ShapeFacts): readonly Found[] {
  if (name === undefined || schemaName.test(name)) return []
  return [
    {
      problem: `its name '${name}' cannot be one in OpenAPI`,
      remedy: 'Use letters, digits, dots, hyphens and underscores',
    },
  ]
}

function choiceProblems({ options: { only, except } }: ShapeFacts): readonly Found[] {
  if (only === undefined || except === undefined) return []
  return [{ problem: 'it has both only and except', remedy: 'Say either which columns, or which not' }]
}

function variantProblems({ options: { variants, optional = [] } }: ShapeFacts): readonly Found[] {
  if (variants === undefined) return []
  const both = optional.filter((name) => variants.flat().includes(name))
  const isIncluded = (one: readonly string[]): boolean =>
    variants.some((other) => other !== one && one.every((name) => other.includes(name)))
  return [
    ...(variants.length < 2
      ? [{ problem: 'it has fewer than two variants', remedy: 'Name two groups of columns, or leave variants out' }]
      : []),
    ...both.map((name) => ({
      problem: `${name} is optional and in a variant`,
      remedy: 'Leave it out of optional: a variant says when it is sent',
    })),
    ...variants.filter(isIncluded).map((one) => ({
      problem: `the variant [${one.join(', ')}] is a part of another one`,
      remedy: 'Give each variant a column that makes it out',
    })),
  ]
}

function columnProblems(facts: ShapeFacts): readonly Found[] {
  const { only = [], except = [], as = {}, optional = [], variants = [] } = facts.options
  const named = new Set([...only, ...except, ...Object.keys(as), ...optional, ...variants.flat()])
  return [...named].flatMap((name) => columnProblem(name, facts))
}

function columnProblem(name: string, { model, travels = () => true, verb, options }: ShapeFacts): readonly Found[] {
  const column = model?.column[name]
  if (model === null) return []
  if (column === undefined) return [unknownColumn(name, model)]
  if (!travels(column)) return [{ problem: `the column ${name} may not ${verb}`, remedy: remedyFor(column) }]
  const isLeftOut = options.only?.includes(name) === false || options.except?.includes(name) === true
  const { as = {}, optional = [], variants = [] } = options
  const isNamed = Object.hasOwn(as, name) || [...optional, ...variants.flat()].includes(name)
  return isLeftOut && isNamed ? [{ problem: `it leaves ${name} out and names it`, remedy: 'Drop one of the two' }] : []
}

function unknownColumn(name: string, { column }: ModelFact): Found {
  const nearest = nearestName(name, Object.keys(column))
  return {
    problem: `there is no column ${name}`,
    remedy: nearest === null ? `Name one of ${Object.keys(column).join(', ')}` : `Did you mean ${nearest}?`,
  }
}

function remedyFor(column: ColumnFact): string {
  const marks = ['hidden', 'writeOnly', 'readOnly', 'immutable'] as const
  const mark = marks.find((name) => column[name])
  if (mark === undefined) return 'Leave it out: Terrace gives its value'
  return `Leave it out, or take the mark ${mark} off the column if everyone may know it`
}

/** Of `__proto__` an object cannot hold a value at all; the others would be found where nothing was sent. */
function objectNameProblems({ options: { computed = {}, with: parts = {}, as = {} } }: ShapeFacts): readonly Found[] {
  const names = [...Object.keys(computed), ...Object.keys(parts), ...Object.values(as)]
  return names
    .filter((name) => name in Object.prototype)
    .map((name) => ({
      problem: `'${name}' is a name of every JavaScript object`,
      remedy: 'Give the property another name',
    }))
}

/** A name beside the columns must not be one of them, not even of one that does not travel: it would be taken for it. */
function addedNameProblems({ model, options }: ShapeFacts): readonly Found[] {
  const added = [...Object.keys(options.computed ?? {}), ...(model === null ? [] : Object.keys(options.with ?? {}))]
  return added.flatMap((name) => {
    if (model !== null && Object.hasOwn(model.column, name))
      return [{ problem: `${name} is a column of ${model.name}`, remedy: 'Give the property another name' }]
    return propertyName.test(name) ? [] : [unusableName(name)]
  })
}

function unusableName(name: string): Found {
  return {
    problem: `'${name}' cannot be the name of a property`,
    remedy: 'Begin with a letter and go on with letters, digits, underscores and hyphens',
  }
}

function partProblems({ options }: ShapeFacts): readonly Found[] {
  return Object.entries(options.with ?? {}).flatMap(([name, part]) => (isPart(part) ? [] : [noPart(name, part)]))
}

/** What is optional or nullable, without that. */
function unwrapped(part: unknown): unknown {
  const wrap = part as NullablePart | OptionalPart | null | undefined
  return wrap?.kind === 'optional' || wrap?.kind === 'nullable' ? unwrapped(wrap.of) : part
}

function isPart(part: unknown): boolean {
  const given = unwrapped(part)
  if (typeof given !== 'object' || given === null) return false
  return isColumn(given) || ('kind' in given && (given.kind === 'object' || given.kind === 'list'))
}

/** A setting of `terrace/config` is made by the same names, and is none. */
function isColumn(given: object): boolean {
  return 'spec' in given && typeof given.spec === 'object' && given.spec !== null && 'type' in given.spec
}

const marksOfForeign = ['~standard', '~kind', '~unsafe', 'parse'] as const

function noPart(name: string, part: unknown): Found {
  const given = unwrapped(part)
  if (typeof given === 'object' && given !== null && 'spec' in given) return setting(name)
  const isForeign = typeof given === 'object' && given !== null && marksOfForeign.some((mark) => mark in given)
  return isForeign || typeof given === 'function'
    ? {
        problem: `${name} holds a hand-written schema, which cannot stand within a derived shape`,
        remedy: 'Write the whole body in that schema, or this part by shape()',
      }
    : { problem: `${name} is neither a column nor a shape`, remedy: 'Use text(), shape({ … }), list(shape({ … }))' }
}

function setting(name: string): Found {
  return {
    problem: `${name} is a setting of terrace/config, and no column`,
    remedy: 'Import text() and the others from terrace/model; where both are needed, one under another name',
  }
}

function aliasProblems({ options: { as = {} } }: ShapeFacts): readonly Found[] {
  return Object.values(as).flatMap((alias) => (propertyName.test(alias) ? [] : [unusableName(alias)]))
}

/** In both ways in which names travel: an app may change from one to the other. */
function collisionProblems(facts: ShapeFacts): readonly Found[] {
  const keys = keysOf(facts)
  const seen = new Map<string, string>()
  const collisions = new Map<string, Found>()
  for (const { name, key, isAlias } of keys)
    for (const wire of isAlias ? [key] : new Set([key, snakeCase(key)])) {
      const other = seen.get(wire)
      if (other === undefined || other === name) seen.set(wire, name)
      else collisions.set(`${other} ${name}`, collision(wire, other, name))
    }
  return [...collisions.values()]
}

interface WireKey {
  readonly name: string
  readonly key: string
  readonly isAlias: boolean
}

function keysOf({ model, travels = () => true, options }: ShapeFacts): readonly WireKey[] {
  const { only, except = [], as = {}, computed = {}, with: parts = {} } = options
  const columns = (model?.columns ?? []).filter(
    (column) => travels(column) && only?.includes(column.name) !== false && !except.includes(column.name),
  )
  const own = columns.map(({ name }) => ({ name, key: as[name] ?? name, isAlias: as[name] !== undefined }))
  const added = [...Object.keys(computed), ...Object.keys(parts)]
  return [...own, ...added.map((name) => ({ name: `the added ${name}`, key: name, isAlias: false }))]
}

function collision(wire: string, one: string, other: string): Found {
  return {
    problem: `${one} and ${other} would both travel as ${wire}`,
    remedy: 'Give one of them another name',
  }
}
