import type { Architecture } from '../../architecture.config.ts'
import type { LayerMap, Place } from './layer-map.ts'
import type { SourceFacts } from './source-facts.ts'

export type Rule =
  | 'layer-order'
  | 'own-door'
  | 'inner-import'
  | 'inner-index'
  | 'no-layer'
  | 'computed-import'
  | 'import-circle'
  | 'package-home'
  | 'database-name'
  | 'unneeded-allowance'
  | 'file-size'
  | 'function-size'

export interface Violation {
  readonly rule: Rule
  readonly path: string
  readonly line: number
  readonly found: string
  readonly why: string
  readonly remedy: string
}

/** One file with everything a rule may ask about it. */
export interface CheckedFile {
  readonly place: Place
  readonly facts: SourceFacts
}

export interface RuleContext {
  readonly architecture: Architecture
  readonly layers: LayerMap
}

export function violationText(violation: Violation): string {
  const { path, line, rule, found, why, remedy } = violation
  return `${path}:${line}  ${rule}\n  ${found}\n  why: ${why}\n  do:  ${remedy}\n`
}
