import { inWire, list, nameInWire, nestedField, objectShape, readableRelations } from '../../dto/index.ts'
import type { ObjectShape, ReadableRelation } from '../../dto/index.ts'
import type { ModelFact, ModelGraph } from '../../model/index.ts'
import type { WireContext } from '../wire-context.ts'

/** Relations one inside the other: `portions.product.device` has three. */
export const deepestInclude = 3

/** Which paths may be included, by their names in process: null for every readable one. */
export type IncludePaths = readonly string[] | null

/** One relation that was asked for, and what was asked for with its rows. */
export interface Included {
  readonly relation: ReadableRelation
  readonly deeper: IncludeTree
}

export type IncludeTree = Map<string, Included>

/** What may be included with the rows of one model, and the rows of what is included. */
export class Includable {
  readonly #model: ModelFact
  readonly #graph: ModelGraph
  readonly #wire: WireContext
  readonly #paths: ReadonlySet<string> | null
  /** Every path, as it travels: `portions`, `portions.product`; the first ones where there are too many to list. */
  readonly paths: readonly string[]
  /** Whether `paths` are all that may be included. */
  readonly isListed: boolean
  readonly #byModel = new Map<string, ReadonlyMap<string, ReadableRelation>>()

  constructor(model: { readonly fact: ModelFact; readonly graph: ModelGraph }, paths: IncludePaths, wire: WireContext) {
    this.#model = model.fact
    this.#graph = model.graph
    this.#wire = wire
    this.#paths = paths === null ? null : new Set(paths.flatMap(prefixesOf))
    const found = this.#pathsFrom([{ model: model.fact, keys: [], names: [] }], 1)
    this.isListed = found.length <= mostPaths
    this.paths = found.slice(0, mostPaths)
  }

  /** The relations of the model itself. */
  get relations(): readonly ReadableRelation[] {
    return this.#allowedOf(this.#model, []).map(([, relation]) => relation)
  }

  /** Their names, as they travel. */
  get keys(): readonly string[] {
    return this.#allowedOf(this.#model, []).map(([key]) => key)
  }

  /** The relations of rows of `model` that are reached by these names in process. */
  relationsAt(model: ModelFact, names: readonly string[]): readonly ReadableRelation[] {
    return this.#allowedOf(model, names).map(([, relation]) => relation)
  }

  #allowedOf(model: ModelFact, names: readonly string[]): readonly (readonly [string, ReadableRelation])[] {
    return [...this.#relationsOf(model)].filter(([, { name }]) => this.#isAllowed([...names, name]))
  }

  /** Level by level; one more than may be listed where there are more. */
  #pathsFrom(starts: readonly Step[], depth: number): readonly string[] {
    const steps: Step[] = []
    for (const { model, keys, names } of starts) {
      if (steps.length > mostPaths) break
      for (const [key, { name, target }] of this.#allowedOf(model, names))
        steps.push({ model: target, keys: [...keys, key], names: [...names, name] })
    }
    const paths = steps.map(({ keys }) => keys.join('.'))
    if (steps.length === 0 || steps.length > mostPaths || depth === deepestInclude) return paths
    return [...paths, ...this.#pathsFrom(steps, depth + 1)]
  }

  /** Adds a path as it travels to a tree; false where a name on it is hidden or unknown. */
  add(tree: IncludeTree, path: readonly string[]): boolean {
    let [model, at] = [this.#model, tree]
    const names: string[] = []
    for (const key of path) {
      const relation = this.#relationsOf(model).get(key)
      if (relation === undefined || !this.#isAllowed([...names, relation.name])) return false
      const included = at.get(key) ?? { relation, deeper: new Map() }
      at.set(key, included)
      names.push(relation.name)
      ;[model, at] = [relation.target, included.deeper]
    }
    return true
  }

  /** A shape as it travels, with what was included beside its own properties. */
  shapeWith(shape: ObjectShape, tree: IncludeTree): ObjectShape {
    if (tree.size === 0) return shape
    const nested = [...tree].map(([key, { relation, deeper }]) => {
      const { name, target, isMany } = relation
      const row = this.shapeWith(inWire(this.#wire.shapeOf(target), this.#wire.names), deeper)
      return { ...nestedField(name, isMany ? list(row) : row, { required: true, nullable: !isMany }), key }
    })
    return objectShape(shape.name, [...shape.fields.values(), ...nested])
  }

  #isAllowed(names: readonly string[]): boolean {
    return this.#paths === null || this.#paths.has(names.join('.'))
  }

  #relationsOf(model: ModelFact): ReadonlyMap<string, ReadableRelation> {
    const known = this.#byModel.get(model.name)
    if (known !== undefined) return known
    const relations = readableRelations(model, this.#graph).filter((relation) => this.#isShown(model, relation))
    const made = new Map(relations.map((relation) => [nameInWire(relation.name, this.#wire.names), relation]))
    this.#byModel.set(model.name, made)
    return made
  }

  /** The key that joins the two may be read; shown by a hand-made shape, or the relation is named on purpose. */
  #isShown(model: ModelFact, { name, target }: ReadableRelation): boolean {
    if (this.#paths !== null) return true
    const own = model.references.find((reference) => reference.as === name && reference.target === target.name)
    const other = model.inverses.find((inverse) => inverse.name === name && inverse.reference.model === target.name)
    const [holder, columns] = own === undefined ? [target, other?.reference.columns ?? []] : [model, own.columns]
    if (!isFilledByRows(this.#wire.shapeOf(target), target)) return false
    const { fields } = this.#wire.shapeOf(holder)
    return columns.every((column) => fields.get(column)?.kind === 'column')
  }
}

/** Whether rows as they are stored hold all that their shape has: a service may add parts of its own, which are not there for rows that are included. */
function isFilledByRows({ fields }: ObjectShape, { column }: ModelFact): boolean {
  return [...fields.values()].every(
    ({ kind, name, required, omittable = false }) =>
      kind === 'computed' || omittable || (kind === 'nested' ? !required : Object.hasOwn(column, name)),
  )
}

const mostPaths = 50

/** Where a path has led to. */
interface Step {
  readonly model: ModelFact
  readonly keys: readonly string[]
  readonly names: readonly string[]
}

/** `portions.product` → `portions`, `portions.product` */
function prefixesOf(path: string): readonly string[] {
  const names = path.split('.')
  return names.map((_, at) => names.slice(0, at + 1).join('.'))
}
