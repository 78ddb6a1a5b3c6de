import { nameInWire, read, readableRelations } from '../dto/index.ts'
import type { ObjectShape, Shape } from '../dto/index.ts'
import { reservedQueryNames } from '../model/index.ts'
import type { BoundModel, ModelFact } from '../model/index.ts'
import { bulkMethods } from './bulk-routes.ts'
import { declarationError } from './declaration-error.ts'
import type { ListDefaults } from './list-query.ts'
import { deepestInclude } from './list-query/includable.ts'
import { isSortable, readableColumns } from './list-query/readable-columns.ts'
import { isSearchable, searchName } from './list-query/search.ts'
import { isBulk } from './operations.ts'
import type { BulkOperation, Operation } from './operations.ts'
import type { ResourceFacts } from './resource-routes.ts'
import type { ResourceOperations, ResourceService } from './resource-service.ts'

interface Declared {
  readonly path: string
  readonly chosen: readonly Operation[]
  readonly put: 'merge' | 'replace' | null
}

interface Wrong {
  readonly problem: string
  readonly remedy: string
}

/** Throws `APP_DECLARATION` with everything that a resource cannot be. */
export function checkResource(facts: ResourceFacts, declared: Declared): void {
  const { service, shapes, list, include } = facts
  const { model } = service
  const problems = [
    ...pathProblems(declared),
    ...keyProblems(model),
    ...operationProblems(model, declared),
    ...putProblems(facts, declared),
    ...preconditionProblems(facts),
    ...idempotencyProblems(facts, declared),
    ...bulkProblems(facts, declared),
    ...limitProblems(list),
    ...sortProblems(facts),
    ...nameProblems(facts),
    ...searchProblems(facts),
    ...(include ?? []).flatMap((path) => includeProblems(model, path)),
    ...[...new Set([shapes.list, shapes.detail])].flatMap((shape) => clashProblems(model, shape, include)),
  ]
  const where = `resource(${model.name}, '${declared.path}')`
  if (problems.length > 0) throw declarationError(...problems.map((problem) => ({ where, ...problem })))
}

function pathProblems({ path }: Declared): readonly Wrong[] {
  return path === '' ? [{ problem: 'it has no path', remedy: 'Give it one, such as /products' }] : []
}

function keyProblems(model: BoundModel): readonly Wrong[] {
  const readable = read(model).fields
  const hidden = model.fact.primaryKey.columns.filter((column) => !readable.has(column))
  return hidden.map((column) => ({
    problem: `its key ${column} is hidden`,
    remedy: 'Show the key, or declare routes of its own',
  }))
}

function operationProblems({ name, fact }: BoundModel, { chosen }: Declared): readonly Wrong[] {
  if (!chosen.includes('restore') || fact.softDelete !== null) return []
  return [{ problem: 'it has nothing to restore', remedy: `Add softDelete() to ${name}` }]
}

function putProblems({ shapes }: ResourceFacts, { chosen, put }: Declared): readonly Wrong[] {
  if (chosen.includes('put') && put === null)
    return [{ problem: 'it is not said what its PUT does', remedy: "Write put: 'merge' or put: 'replace'" }]
  if (put !== 'replace') return []
  if (shapes.replace !== null) return beyondPatch(shapes.replace, shapes.patch)
  return [
    {
      problem: "what creates a row is no shape of columns, so put: 'replace' cannot know what was not sent",
      remedy: "Write put: 'merge', or make the shape with shape({ … })",
    },
  ]
}

/** A replacement goes to `update` as a change does, and must not be a way to change what a change may not. */
function beyondPatch({ fields }: ObjectShape, patch: Shape): readonly Wrong[] {
  if (patch.kind !== 'object') return []
  const beyond = [...fields.keys()].filter((name) => !patch.fields.has(name))
  if (beyond.length === 0) return []
  return [
    {
      problem: `put: 'replace' would set ${beyond.join(', ')}, which its patch leaves out`,
      remedy: "Write put: 'merge', mark what is set once as immutable(), or let the patch take the same properties",
    },
  ]
}

function preconditionProblems({ precondition, service: { model } }: ResourceFacts): readonly Wrong[] {
  if (precondition === 'optional' || model.fact.columns.some(({ stamp }) => stamp === 'version')) return []
  return [
    {
      problem: 'its changes are to name the state they are made of, and its rows have no version',
      remedy: `Add version: version() to ${model.name}`,
    },
  ]
}

function idempotencyProblems({ operations }: ResourceFacts, { chosen }: Declared): readonly Wrong[] {
  return chosen
    .filter((operation) => operation === 'list' || operation === 'get')
    .filter((operation) => (operations[operation]?.idempotency ?? 'off') !== 'off')
    .map((operation) => ({
      problem: `its ${operation} takes an idempotency-key, and changes nothing`,
      remedy: `Leave idempotency out of operations.${operation}`,
    }))
}

/** Items stand in a list, and each names its row beside what is to be changed of it. */
function bulkProblems({ shapes, bulkMax, service }: ResourceFacts, { chosen }: Declared): readonly Wrong[] {
  const bulk = chosen.filter(isBulk)
  if (bulk.length === 0) return []
  const isCounted = Number.isInteger(bulkMax) && bulkMax >= 1
  const count = { problem: `its bulk.max ${bulkMax} is no whole number of at least 1`, remedy: 'Choose one' }
  const shapeOf = { createMany: shapes.create, patchMany: shapes.patch, deleteMany: null }
  return [
    ...(isCounted ? [] : [count]),
    ...bulk
      .filter((operation) => !hasMethod(service, bulkMethods[operation]))
      .map((operation) => noMethod(service, operation)),
    ...bulk.filter((operation) => shapeOf[operation]?.kind === 'foreign').map(foreignItems),
    ...(bulk.includes('patchMany') ? keysIn(shapes.patch, service.model) : []),
  ]
}

function hasMethod({ prototype }: ResourceService, name: keyof ResourceOperations): boolean {
  return typeof prototype[name] === 'function'
}

function noMethod({ name }: ResourceService, operation: BulkOperation): Wrong {
  return {
    problem: `${name} has no ${bulkMethods[operation]}`,
    remedy: 'Make the service by CrudService(model), or leave bulk out',
  }
}

function foreignItems(operation: Operation): Wrong {
  const problem = `the items of ${operation} are described by a hand-written schema`
  return { problem, remedy: `Leave ${operation} out, or describe what is sent by shape({ … })` }
}

function keysIn(patch: Shape, { fact: { columns, primaryKey } }: BoundModel): readonly Wrong[] {
  const version = columns.filter(({ stamp }) => stamp === 'version').map(({ name }) => name)
  const taken = new Set([...primaryKey.columns, ...version])
  const sent = patch.kind === 'object' ? [...patch.fields.values()] : []
  const both = sent.filter(({ name, key }) => taken.has(name) || taken.has(key))
  return both.map(({ key }) => ({
    problem: `its patch has a ${key}, by which an item of patchMany names its row`,
    remedy: 'Name the property otherwise, or leave patchMany out',
  }))
}

function limitProblems({ limit = 20, maxLimit = 100 }: ListDefaults): readonly Wrong[] {
  if (Number.isInteger(limit) && Number.isInteger(maxLimit) && limit >= 1 && limit <= maxLimit) return []
  const problem = `its limit ${limit} is not within 1 to ${maxLimit}`
  return [{ problem, remedy: 'Choose whole numbers with limit ≤ maxLimit' }]
}

function columnsOf({ service, shapes }: ResourceFacts): ReturnType<typeof readableColumns> {
  return readableColumns(service.model.fact, [shapes.list, shapes.detail], 'camel')
}

function sortProblems(facts: ResourceFacts): readonly Wrong[] {
  const sortable = columnsOf(facts)
    .filter(isSortable)
    .map(({ column }) => column.name)
  const unsortable = (facts.list.sort ?? []).filter((term) => !sortable.includes(term.replace(/^-/, '')))
  return unsortable.map((term) => ({
    problem: `its lists cannot be sorted by ${term}`,
    remedy: `Sort by ${sortable.join(', ')}`,
  }))
}

const reservedNames: ReadonlySet<string> = new Set(
  reservedQueryNames.flatMap((name) => [name, nameInWire(name, 'snake')]),
)

/** Models keep clear of these names themselves; shapes made by hand choose their own. */
function nameProblems(facts: ResourceFacts): readonly Wrong[] {
  const names = columnsOf(facts).map(({ filterName }) => filterName)
  const reserved = names.filter((name) => reservedNames.has(name))
  const twice = names.filter((name, at) => names.indexOf(name) < at)
  return [
    ...reserved.map((name) => ({
      problem: `its lists would be filtered by "${name}", which is a parameter of every list`,
      remedy: renamed,
    })),
    ...twice.map((name) => ({
      problem: `its lists would be filtered by two columns under the name "${name}"`,
      remedy: "Name one of the properties otherwise, or filter by it as .filterAs('…')",
    })),
  ]
}

/** Texts that are answered, each once: a word that is found tells of the text. */
function searchProblems(facts: ResourceFacts): readonly Wrong[] {
  const { search } = facts
  if (search.length === 0) return []
  const columns = columnsOf(facts)
  const texts = columns.filter(({ column }) => isSearchable(column)).map(({ column }) => column.name)
  const remedy = texts.length === 0 ? 'Leave search out' : `Search in ${texts.join(', ')}`
  const wrong = search.filter((name, at) => !texts.includes(name) || search.indexOf(name) < at)
  const taken = columns.some(({ filterName }) => filterName === searchName)
  return [
    ...wrong.map((name) => ({ problem: `its lists cannot be searched in ${name}, or not twice`, remedy })),
    ...(taken
      ? [{ problem: `its lists would be filtered by "${searchName}", which searches them`, remedy: renamed }]
      : []),
  ]
}

const renamed = "Name the property otherwise, or filter by it as .filterAs('…')"

function includeProblems({ fact, graph }: BoundModel, path: string): readonly Wrong[] {
  const names = path.split('.')
  if (names.length > deepestInclude)
    return [{ problem: `include '${path}' is deeper than ${deepestInclude} relations`, remedy: 'Include less at once' }]
  let model: ModelFact = fact
  for (const name of names) {
    const relations = readableRelations(model, graph)
    const found = relations.find((relation) => relation.name === name)
    if (found === undefined) {
      const known = relations.map((relation) => relation.name).join(', ') || 'none'
      return [
        {
          problem: `include '${path}': ${model.name} has no relation ${name} whose key may be read`,
          remedy: `Name one of: ${known}`,
        },
      ]
    }
    model = found.target
  }
  return []
}

/** Included rows stand beside the properties of a row; one made by hand may hold a shape in their place. */
function clashProblems(
  { fact, graph }: BoundModel,
  { fields }: ObjectShape,
  include: ResourceFacts['include'],
): readonly Wrong[] {
  const taken = new Set(
    [...fields.values()].filter(({ kind }) => kind !== 'nested').flatMap(({ name, key }) => [name, key]),
  )
  return readableRelations(fact, graph)
    .filter(({ name }) => (include === null || include.some((path) => path.split('.')[0] === name)) && taken.has(name))
    .map(({ name }) => ({
      problem: `the property ${name} stands where included rows would`,
      remedy: `Name it otherwise, or leave ${name} out: include: ['…'] or include: false`,
    }))
}
