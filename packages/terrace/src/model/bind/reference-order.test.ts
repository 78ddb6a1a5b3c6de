import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { referenceOrder } from './reference-order.ts'
import type { Edge, Edges } from './reference-order.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const edge = fc.record({ target: fc.constantFrom(...names), isRequired: fc.boolean() })
const graphs: fc.Arbitrary<Edges> = fc
  .array(fc.array(edge, { maxLength: 3 }), { minLength: names.length, maxLength: names.length })
  .map((lists) => new Map(names.map((name, at) => [name, lists[at] ?? []])))

describe('referenceOrder()', () => {
  it('puts each model once, after every target that does not lead back to it', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const order = referenceOrder(edges)
        expect(order.toSorted()).toEqual(names)
        expect(outOfOrder(edges, order, () => true)).toEqual([])
      }),
    )
  })

  it('puts a model after the targets it needs, when these do not need it', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        expect(outOfOrder(edges, referenceOrder(edges), ({ isRequired }) => isRequired)).toEqual([])
      }),
    )
  })

  it('keeps the order of declaration among models that do not refer to each other', () => {
    expect(referenceOrder(new Map(names.map((name) => [name, []])))).toEqual(names)
  })
})

/** Edges of a kind whose target comes later, though no path of that kind leads back. */
function outOfOrder(edges: Edges, order: readonly string[], counts: (edge: Edge) => boolean): readonly string[] {
  return [...edges].flatMap(([name, list]) =>
    list
      .filter(counts)
      .filter(
        ({ target }) => order.indexOf(target) > order.indexOf(name) && !reachable(edges, target, counts).has(name),
      )
      .map(({ target }) => `${name} → ${target}`),
  )
}

function reachable(edges: Edges, from: string, counts: (edge: Edge) => boolean): ReadonlySet<string> {
  const found = new Set([from])
  for (const name of found) for (const { target } of (edges.get(name) ?? []).filter(counts)) found.add(target)
  return found
}
