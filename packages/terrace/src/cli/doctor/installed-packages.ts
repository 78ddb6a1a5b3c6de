import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface InstalledPackage {
  readonly name: string
  readonly version: string
  readonly folder: string
}

interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** Every package that is reached from the manifests in these folders as Node would find it, each copy once; nothing is loaded. */
export function installedPackages(folders: readonly string[]): readonly InstalledPackage[] {
  const seen = new Set<string>()
  const found: InstalledPackage[] = []
  const waiting = [...folders]
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (seen.has(folder)) continue
    seen.add(folder)
    const manifest = manifestIn(folder)
    if (manifest === null) continue
    const { name, version, dependencies, optionalDependencies, peerDependencies } = manifest
    if (name !== undefined && version !== undefined) found.push({ name, version, folder })
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const at = folderOf(needed, folder)
      if (at !== null) waiting.push(at)
    }
  }
  return found
}

function manifestIn(folder: string): Manifest | null {
  const file = join(folder, 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : null
}

/** In `node_modules` of the folder, or of one around it. */
function folderOf(name: string, from: string): string | null {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (existsSync(join(folder, 'package.json'))) return folder
    if (dirname(at) === at) return null
  }
}
