import { inWire, list, nameInWire } from '../dto/index.ts'
import type { ObjectShape, Shape } from '../dto/index.ts'
import { Includable } from './list-query/includable.ts'
import type { IncludeTree } from './list-query/includable.ts'
import type { QueryTexts } from './query-string.ts'
import { refuseUnknownNames } from './query-values.ts'
import type { QuerySource } from './query-values.ts'
import type { ChildServices, ResourceService } from './resource-service.ts'

type Row = Readonly<Record<string, unknown>>

/** How rows that were created with children are answered: the children as they leave anywhere else. */
export interface CreatedProjection {
  one(row: Row): Shape
  many(rows: readonly Row[]): Shape
}

/**
 * The projection of rows that came with children, known once it is known how the children's rows leave: by their own resource's shape.
 * The query itself has no names. Null where the service creates none.
 */
export function createdProjection({ model, nested = {} }: ResourceService, shape: ObjectShape): QuerySource | null {
  if (Object.keys(nested).length === 0) return null
  return (wire) => {
    const includable = new Includable(model, pathsOf(nested), wire)
    const whole = inWire(shape, wire.names)
    const shapeOf = (rows: readonly Row[]): ObjectShape => {
      const tree: IncludeTree = new Map()
      for (const path of pathsIn(rows, nested))
        includable.add(
          tree,
          path.split('.').map((name) => nameInWire(name, wire.names)),
        )
      return includable.shapeWith(whole, tree)
    }
    const projection: CreatedProjection = { one: (row) => shapeOf([row]), many: (rows) => list(shapeOf(rows)) }
    const read = (texts: QueryTexts): CreatedProjection => {
      refuseUnknownNames(texts, noNames)
      return projection
    }
    return { parameters: [], selection: { shape: whole, relations: includable.relations, hasFields: false }, read }
  }
}

const noNames: ReadonlySet<string> = new Set()

/** `portions`, `portions.pieces` */
function pathsOf(services: ChildServices): readonly string[] {
  return Object.entries(services).flatMap(([name, { nested = {} }]) => [
    name,
    ...pathsOf(nested).map((path) => `${name}.${path}`),
  ])
}

/** Those that every row has: whoever overrides `create` may answer rows without their children. */
function pathsIn(rows: readonly Row[], services: ChildServices): readonly string[] {
  return Object.entries(services).flatMap(([name, { nested = {} }]) => {
    const children = rows.map((row) => row[name])
    if (!children.every(Array.isArray)) return []
    return [name, ...pathsIn((children as Row[][]).flat(), nested).map((path) => `${name}.${path}`)]
  })
}
