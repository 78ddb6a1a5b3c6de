import type { Session } from '../database/index.ts'
import { create, list, nestedField, objectShape } from '../dto/index.ts'
import type { ObjectShape, Shape } from '../dto/index.ts'
import { errors, issueText, TerraceError } from '../errors/index.ts'
import type { Issue } from '../errors/index.ts'
import type { BoundModel, InverseColumn, ReferenceFact } from '../model/index.ts'
import { bulkRefused } from './each-item.ts'

/** A service whose rows may be created below others: every class made by `CrudService(model)`. */
export interface NestedService {
  new (session: Session): { createMany(data: never): Promise<readonly Readonly<Record<string, unknown>>[]> }
  readonly model: BoundModel
  readonly shapes: { readonly create: Shape | null }
  readonly nested: NestedServices
}

/** Services of children, by the names under which their rows are sent: those of the inverses, `{ portions: PortionService }`. */
export interface NestedServices {
  readonly [inverse: string]: NestedService
}

/** What the `create` of a service takes. */
type SentTo<S> = S extends new (session: Session) => { create(data: infer C): unknown } ? C : never

type Without<T, K> = T extends unknown ? { readonly [P in keyof T as P extends K ? never : P]: T[P] } : never

/** What is sent to create a row, with the children that go with it: as they are created alone, without the reference to it. */
export type WithNested<C, M extends BoundModel, N> = keyof N extends never
  ? C
  : C & {
      readonly [K in keyof N]?: readonly Without<
        SentTo<N[K]>,
        N[K] extends { readonly model: infer Child extends BoundModel }
          ? InverseColumn<Child['columns'], K, M['table']>
          : never
      >[]
    }

/** One relation along which children are created. */
export interface NestedFact {
  readonly name: string
  readonly service: NestedService
  readonly reference: ReferenceFact
}

/** Relations one below the other. */
const deepest = 3
/** Children under one name of one row. */
const mostChildren = 100
/** Rows below those that one call creates, at all depths together. */
const mostBelow = 500

/** `NESTED_DECLARATION` for what is no list of children, and for more than three levels. */
export function nestedFacts(model: BoundModel, services: NestedServices): readonly NestedFact[] {
  const facts = Object.entries(services).map(([name, service]) => ({
    name,
    service,
    reference: referenceOf(model, name, service),
  }))
  if (depthOf(services) > deepest) throw declared(model, `children are nested more than ${deepest} levels deep`)
  return Object.freeze(facts)
}

function referenceOf({ name: parent, fact }: BoundModel, name: string, { model }: NestedService): ReferenceFact {
  const found = fact.inverses.find((inverse) => inverse.name === name && inverse.reference.model === model.name)
  if (found === undefined || fact.column[name] !== undefined)
    throw declared({ name: parent }, `nested.${name} is no inverse that ${model.name} declares`)
  if (found.reference.isOneToOne) throw declared({ name: parent }, `nested.${name} is one row and no list`)
  return found.reference
}

function depthOf(services: NestedServices): number {
  return Object.values(services).reduce((depth, { nested }) => Math.max(depth, 1 + depthOf(nested)), 0)
}

function declared({ name }: { readonly name: string }, problem: string): TerraceError {
  return errors.NESTED_DECLARATION({ values: { model: name, problem } })
}

/** The shape that creates a row, with a list for each kind of children. */
export function shapeWithNested(model: BoundModel, shape: Shape, facts: readonly NestedFact[]): ObjectShape {
  if (shape.kind !== 'object')
    throw declared(model, 'its create is a hand-written schema, which cannot hold derived children')
  const children = facts.map((fact) =>
    nestedField(fact.name, list(childShape(model, fact), { atMost: mostChildren }), {
      required: false,
      nullable: false,
    }),
  )
  return objectShape(shape.name, [...shape.fields.values(), ...children], shape.variants)
}

/** As the child is created alone, without the columns that refer to the row above. */
function childShape(parent: BoundModel, { name, service, reference }: NestedFact): ObjectShape {
  const shape = service.shapes.create ?? create(service.model)
  if (shape.kind !== 'object') throw declared(parent, `what creates nested.${name} is a hand-written schema`)
  const fields = [...shape.fields.values()].filter((field) => !reference.columns.includes(field.name))
  // A variant by the reference is chosen by where it stands; the rules of the rows hold all the same.
  const isWhole = shape.variants.flat().every((column) => !reference.columns.includes(column))
  return objectShape(`${shape.name ?? service.model.name}In${parent.name}`, fields, isWhole ? shape.variants : [])
}

type Values = Readonly<Record<string, unknown>>

/** What was sent for the row itself. */
export function withoutChildren<C>(data: C, facts: readonly NestedFact[]): C {
  const names = new Set(facts.map(({ name }) => name))
  return Object.fromEntries(Object.entries(data as Values).filter(([name]) => !names.has(name))) as C
}

/** `VALIDATION` for more children than are created at once, at all depths. */
export function requireFewChildren(data: unknown, facts: readonly NestedFact[]): void {
  if (rowsBelow(data, facts) > mostBelow) throw tooManyBelow(facts)
}

/** As `requireFewChildren`, of all items together: `BULK_REFUSED` at the first one that goes beyond. */
export function requireFewAmong(items: readonly unknown[], facts: readonly NestedFact[]): void {
  let count = 0
  for (const [at, item] of items.entries()) {
    count += rowsBelow(item, facts)
    if (count > mostBelow) throw bulkRefused(items.length, [{ at, error: tooManyBelow(facts) }])
  }
}

function rowsBelow(data: unknown, facts: readonly NestedFact[]): number {
  return countBelow(
    (data ?? {}) as Values,
    facts.map(({ name, service }) => [name, service] as const),
  )
}

function tooManyBelow(facts: readonly NestedFact[]): TerraceError {
  const { name } = facts[0] as NestedFact
  return errors.VALIDATION({
    issues: [{ in: 'row', path: `/${name}`, ...issueText('rowsBelow', { most: mostBelow }) }],
  })
}

function countBelow(data: Values, services: readonly (readonly [string, NestedService])[]): number {
  let count = 0
  for (const [name, { nested }] of services) {
    const children = data[name]
    if (!Array.isArray(children)) continue
    count += children.length
    const deeper = Object.entries(nested)
    if (deeper.length > 0) for (const child of children) count += countBelow((child ?? {}) as Values, deeper)
  }
  return count
}

/** Creates the children of a row by their own services, in the same session; gives the row with them. */
export async function createChildren<R>(
  session: Session,
  facts: readonly NestedFact[],
  { row, data }: { readonly row: R; readonly data: unknown },
): Promise<R> {
  const made: Record<string, unknown> = {}
  for (const fact of facts) {
    const sent = (data as Values)[fact.name] ?? []
    if (!Array.isArray(sent)) throw refused(fact, [{ in: 'row', path: '', ...issueText('array') }])
    made[fact.name] = await childrenOf(session, fact, { row: row as Values, sent })
  }
  return { ...row, ...made }
}

async function childrenOf(
  session: Session,
  fact: NestedFact,
  { row, sent }: { readonly row: Values; readonly sent: readonly Values[] },
): Promise<readonly Values[]> {
  if (sent.length === 0) return []
  const { columns, targetColumns } = fact.reference
  const above = Object.fromEntries(columns.map((column, at) => [column, row[targetColumns[at] as string]]))
  try {
    return await session.use(fact.service).createMany(sent.map((child) => ({ ...child, ...above })) as never)
  } catch (error) {
    if (error instanceof TerraceError && error.code === errors.BULK_REFUSED.code)
      throw refused(fact, error.issues, error)
    throw error
  }
}

/** What stands against children is said of the body that they came in: `/portions/1/grams`. */
function refused({ name }: NestedFact, issues: readonly Issue[], cause?: unknown): TerraceError {
  return errors.VALIDATION({
    fields: [name],
    issues: issues.map((issue) => ({ ...issue, path: `/${name}${issue.path}` })),
    cause,
  })
}
