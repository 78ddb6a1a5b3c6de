import { graph, graphOf, type ModelGraph, type Models } from '../../../src/model/index.ts'
import { releases, type Release } from './depot-changes.ts'
import { goods } from './depot-goods.ts'
import { people } from './depot-people.ts'
import { places } from './depot-places.ts'
import { trade } from './depot-trade.ts'

/** The models of a depot: 42 of release 1, five of them with seeds; `depot-changes.ts` says what the others change. */
export function depotModels(release: Release) {
  const has = releases[release]
  const place = places(has)
  const good = goods(has, place)
  return graph({ ...people(has), ...place, ...good, ...trade(has, good) } as Models)
}

export function depotGraph(release: Release): ModelGraph {
  return graphOf(depotModels(release))
}
