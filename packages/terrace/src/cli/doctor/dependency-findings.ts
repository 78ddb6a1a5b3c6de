import { problem, type Finding } from './finding.ts'
import type { InstalledPackage } from './installed-packages.ts'

/** The first version of each package without the defects that are known of earlier ones. */
const floors: Readonly<Record<string, string>> = {
  fastify: '5.12.5',
  kysely: '0.28.17',
  'find-my-way': '9.6.1',
  'fast-uri': '3.1.8',
}

/** Packages that are older than a defect of theirs was mended. */
export function dependencyFindings(installed: readonly InstalledPackage[]): readonly Finding[] {
  return installed.flatMap(({ name, version, folder }) => {
    const floor = Object.hasOwn(floors, name) ? floors[name] : undefined
    if (floor === undefined || !isBelow(version, floor)) return []
    const why = `${version} in ${folder} has a defect that is known and mended in ${floor}`
    const remedy = `npm update ${name}, or an override in package.json where another package holds it back`
    return [problem('DEPENDENCY_OLD', name, { why, remedy })]
  })
}

/** By the three numbers; a version before a release (`5.12.5-rc.1`) is below it. */
export function isBelow(version: string, floor: string): boolean {
  const [one, other] = [numbersOf(version), numbersOf(floor)]
  for (let at = 0; at < 3; at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return version.split('+')[0]?.includes('-') === true && !floor.includes('-')
}

function numbersOf(version: string): readonly number[] {
  return (version.split(/[-+]/)[0] ?? '').split('.').map(Number)
}
