import { posix } from 'node:path'
import type { Architecture, Layer } from '../../architecture.config.ts'

export interface LayerMap {
  readonly folders: readonly string[]
  /** The layers that a layer may import, itself not among them. */
  readonly allowed: ReadonlyMap<string, ReadonlySet<string>>
}

/** Where a file of the repository stands, by its path from the root. */
export interface Place {
  readonly path: string
  readonly isTest: boolean
  /** The path below the library's source, or null for a file elsewhere. */
  readonly inSource: string | null
  /** The layer it belongs to, or null when it is outside the source or in no known layer. */
  readonly layer: string | null
}

/** Resolves `downTo` and `allBut` to plain sets; throws when a layer allows one that is unknown or stands above it. */
export function layerMap(architecture: Architecture): LayerMap {
  const folders = architecture.layers.map((layer) => layer.folder)
  const allowed = new Map(architecture.layers.map((layer) => [layer.folder, allowedOf(layer, folders)]))
  return { folders, allowed }
}

function allowedOf(layer: Layer, folders: readonly string[]): ReadonlySet<string> {
  const below = folders.slice(0, folders.indexOf(layer.folder))
  for (const folder of namedLayers(layer.mayImport)) {
    if (folders.includes(folder)) continue
    throw new Error(`architecture.config.ts: ${layer.folder} names the unknown layer ${folder}`)
  }
  const allowed = expand(layer.mayImport, below)
  const above = allowed.find((folder) => !below.includes(folder))
  if (above === undefined) return new Set(allowed)
  throw new Error(`architecture.config.ts: ${layer.folder} allows ${above}, which does not stand below it`)
}

function namedLayers(mayImport: Layer['mayImport']): readonly string[] {
  if ('downTo' in mayImport) return [mayImport.downTo]
  return 'allBut' in mayImport ? mayImport.allBut : mayImport
}

function expand(mayImport: Layer['mayImport'], below: readonly string[]): readonly string[] {
  if ('downTo' in mayImport) return below.slice(0, below.indexOf(mayImport.downTo) + 1)
  if ('allBut' in mayImport) return below.filter((folder) => !mayImport.allBut.includes(folder))
  return mayImport
}

export function placeOf(path: string, architecture: Architecture): Place {
  const prefix = `${architecture.source}/`
  const inSource = path.startsWith(prefix) ? path.slice(prefix.length) : null
  return { path, inSource, layer: layerOf(inSource, architecture), isTest: isTest(path, inSource, architecture) }
}

function layerOf(inSource: string | null, architecture: Architecture): string | null {
  if (inSource === null) return null
  return architecture.layers.find((layer) => inSource.startsWith(`${layer.folder}/`))?.folder ?? null
}

function isTest(path: string, inSource: string | null, architecture: Architecture): boolean {
  if (/\.(test|test-d)\.m?ts$/.test(path)) return true
  if (inSource === null) return /(^|\/)test\//.test(path)
  return architecture.databaseNames.testFolders.some((folder) => inSource.startsWith(`${folder}/`))
}

/** The repository path that a relative import leads to, or null for a package. */
export function resolveRelative(fromPath: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null
  return posix.join(posix.dirname(fromPath), specifier)
}
