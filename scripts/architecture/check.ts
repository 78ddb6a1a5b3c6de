import type { Architecture } from '../../architecture.config.ts'
import { checkCircles } from './import-circles.ts'
import { checkImports } from './import-rules.ts'
import { layerMap, placeOf } from './layer-map.ts'
import { checkAllowances, checkDatabaseNames } from './name-rule.ts'
import { checkSizes } from './size-rules.ts'
import { readSourceFacts } from './source-facts.ts'
import type { CheckedFile, Violation } from './violation.ts'

/** Every violation in the given files (path from the repository root → text), ordered by place. Reads no disk. */
export function checkArchitecture(
  architecture: Architecture,
  texts: ReadonlyMap<string, string>,
): readonly Violation[] {
  const context = { architecture, layers: layerMap(architecture) }
  const files = [...texts].map(([path, text]): CheckedFile => ({
    place: placeOf(path, architecture),
    facts: readSourceFacts(path, text),
  }))
  const violations = [
    ...files.flatMap((file) => checkImports(file, context)),
    ...files.flatMap((file) => checkDatabaseNames(file, context)),
    ...files.flatMap((file) => checkSizes(file, context)),
    ...checkCircles(files),
    ...checkAllowances(files, context),
  ]
  return violations.toSorted((a, b) => a.path.localeCompare(b.path) || a.line - b.line)
}
