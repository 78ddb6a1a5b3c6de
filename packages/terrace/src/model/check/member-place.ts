import type { DeclaredGraph, DeclaredModel } from '../bind/declared-graph.ts'
import type { MemberOfSpec } from '../model-spec.ts'

/** One `memberOf(…)` whose tables are known. */
export interface MemberPlace {
  readonly where: string
  readonly spec: MemberOfSpec
  readonly model: DeclaredModel
  readonly group: DeclaredModel
  readonly through: DeclaredModel
  readonly graph: DeclaredGraph
}
