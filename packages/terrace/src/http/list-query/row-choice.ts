import { issueText } from '../../errors/index.ts'
import { inWire, list, objectShape } from '../../dto/index.ts'
import type { ListShape, ObjectShape } from '../../dto/index.ts'
import type { BoundModel, Include } from '../../model/index.ts'
import { queryIssue } from '../query-values.ts'
import type { QueryParameter, Selection } from '../query-values.ts'
import type { WireContext } from '../wire-context.ts'
import { deepestInclude, Includable } from './includable.ts'
import type { IncludePaths, IncludeTree } from './includable.ts'
import { namesPattern, single, unknownValue } from './query-reading.ts'
import type { QueryReading } from './query-reading.ts'
import { Recent } from './recent.ts'

/** What of a row, and with it, a client asked for. */
export interface RowChoice {
  /** Related rows by value, as a DAO takes them; null for none. */
  readonly include: Include | null
  /** The projection of one row, as it travels, and of a list of them; null for the declared one. */
  readonly projection: ObjectShape | null
  readonly projections: ListShape | null
}

/** Reads `include` and `fields` of one route. */
export interface RowChoiceReader {
  readonly names: readonly string[]
  readonly selection: Selection
  readonly parameters: readonly QueryParameter[]
  /** What may be included is what rows may be asked by, too. */
  readonly includable: Includable
  read(reading: QueryReading): RowChoice
}

export interface RowChoiceFacts {
  readonly model: BoundModel
  /** The declared projection of a row, with its names in process. */
  readonly shape: ObjectShape
  readonly include: IncludePaths
}

/** Relations in one query, at the most: each is a statement of its own. */
const mostIncluded = 20
// Clients choose by few texts, again and again; those of somebody who tries them all may be made anew.
const mostKept = 200
const longestKept = 300

const everything: RowChoice = { include: null, projection: null, projections: null }

/** How a client may choose among the properties of a row and what is related to it. */
export function rowChoiceReader({ model, shape, include }: RowChoiceFacts, wire: WireContext): RowChoiceReader {
  const whole = inWire(shape, wire.names)
  const includable = new Includable(model, include, wire)
  const { paths } = includable
  const kept = new Recent<RowChoice>(mostKept)
  const read = (reading: QueryReading): RowChoice => {
    const asked = { fields: single(reading, 'fields'), include: single(reading, 'include') }
    if (asked.fields === null && asked.include === null) return everything
    const key = JSON.stringify(asked)
    const known = kept.get(key)
    if (known !== undefined) return known
    const tree = asked.include === null ? new Map() : readTree(reading, asked.include, { includable, paths })
    const chosen = asked.fields === null ? whole : readFields(asked.fields, whole)
    const projection = includable.shapeWith(chosen, tree)
    const choice = { include: tree.size === 0 ? null : byValue(tree), projection, projections: list(projection) }
    if (reading.issues.length === 0 && key.length <= longestKept) kept.set(key, choice)
    return choice
  }
  return {
    names: paths.length === 0 ? ['fields'] : ['fields', 'include'],
    selection: { shape: whole, relations: includable.relations, hasFields: true },
    parameters: [fieldsParameter(whole), ...(paths.length === 0 ? [] : [includeParameter(includable)])],
    includable,
    read,
  }
}

interface Includes {
  readonly includable: Includable
  readonly paths: readonly string[]
}

function readTree(reading: QueryReading, text: string, { includable, paths }: Includes): IncludeTree {
  const tree: IncludeTree = new Map()
  const asked = text.split(',')
  if (asked.some((path) => path.split('.').length > deepestInclude))
    reading.issues.push(queryIssue('include', issueText('relationsDeep', { levels: deepestInclude })))
  else if (!asked.every((path) => includable.add(tree, path.split('.'))))
    throw unknownValue('include', 'relation', paths)
  if (sizeOf(tree) > mostIncluded)
    reading.issues.push(queryIssue('include', issueText('namesAtMost', { most: mostIncluded })))
  return tree
}

function sizeOf(tree: IncludeTree): number {
  return [...tree.values()].reduce((size, { deeper }) => size + 1 + sizeOf(deeper), 0)
}

function byValue(tree: IncludeTree): Include {
  const entries = [...tree.values()].map(({ relation, deeper }) => [
    relation.name,
    // A DAO asks the models it is given for their table alone.
    { of: relation.target, include: byValue(deeper) },
  ])
  return Object.fromEntries(entries) as Include
}

function readFields(text: string, whole: ObjectShape): ObjectShape {
  const chosen = new Set(text.split(','))
  for (const key of chosen) if (!whole.keys.has(key)) throw unknownValue('fields', 'property', whole.keys.keys())
  return objectShape(
    whole.name,
    [...whole.fields.values()].filter(({ key }) => chosen.has(key)),
  )
}

function fieldsParameter(whole: ObjectShape): QueryParameter {
  const names = [...whole.keys.keys()]
  return {
    name: 'fields',
    isRequired: false,
    schema: { type: 'string', pattern: namesPattern(names), examples: [names.slice(0, 2).join(',')] },
    describe: `Properties to answer, joined by commas; default all: ${names.join(', ')}`,
  }
}

function includeParameter({ paths, keys, isListed }: Includable): QueryParameter {
  const deeper = `(\\.[^.,]+){0,${deepestInclude - 1}}`
  return {
    name: 'include',
    isRequired: false,
    schema: {
      type: 'string',
      pattern: isListed ? namesPattern(paths) : namesPattern(keys, { after: deeper }),
      examples: [paths[0]],
    },
    describe: `Related rows to answer too, joined by commas: ${paths.join(', ')}${isListed ? '' : ', …'}`,
  }
}
