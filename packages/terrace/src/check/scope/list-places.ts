import { resolve } from 'node:path'
import { errors } from '../../errors/index.ts'
import { findFiles, shownFrom } from '../source/find-files.ts'
import { loadParser, type ImportParser } from '../source/load-parser.ts'
import { ProjectModules } from '../source/project-modules.ts'
import { existsSync } from 'node:fs'
import { findPlaces } from './find-places.ts'
import type { Place } from './place.ts'

export interface ListOptions {
  /** What files are named from. */
  readonly folder: string
  /** Folders and files; default the whole folder. */
  readonly paths?: readonly string[]
  /** Tests too. Default false. */
  readonly tests?: boolean
  /** In place of the import of the parser. */
  readonly importParser?: ImportParser
}

/** A file of which nothing is known, because it does not parse. */
export interface Unparsed {
  readonly file: string
  readonly line: number
  readonly message: string
}

export interface Listed {
  /** How many were read. */
  readonly files: number
  readonly places: readonly Place[]
  readonly unparsed: readonly Unparsed[]
}

/**
 * Every place of a project's source that steps outside the scope. Read are the files below `paths`, and what they import from the
 * project, wherever it lies. A file that does not parse is told, and the others are read all the same.
 *
 * Errors: `CHECK_PARSER_MISSING`, `CHECK_PATH`.
 */
export async function listPlaces({ folder, paths = ['.'], tests = false, importParser }: ListOptions): Promise<Listed> {
  const modules = new ProjectModules(await loadParser(importParser))
  const files = paths.flatMap((path) => filesAt(resolve(folder, path), path, tests))
  const wanted = [...new Set(files)]
  const places: Place[] = []
  // Grows while it is walked: whoever is imported is read too.
  const seen = new Set(wanted)
  for (const file of wanted) {
    const module = modules.module(file)
    if (module === null) continue
    places.push(...findPlaces(module, modules, shownFrom(folder, file)))
    for (const { module: asked } of module.names.asks) {
      const found = modules.fileOf(asked, file)
      if (found === null || seen.has(found) || !isCode(found)) continue
      seen.add(found)
      wanted.push(found)
    }
  }
  const unparsed = modules.unparsed.map((each) => ({ ...each, file: shownFrom(folder, each.file) }))
  return { files: wanted.length, places: inOrder(places), unparsed }
}

function filesAt(path: string, given: string, tests: boolean): readonly string[] {
  if (!existsSync(path)) throw errors.CHECK_PATH({ values: { path: given } })
  return findFiles(path, { tests })
}

const isCode = (file: string): boolean => /\.[cm]?[jt]sx?$/.test(file) && !file.includes('/node_modules/')

const inOrder = (places: readonly Place[]): readonly Place[] =>
  places.toSorted((one, other) => (one.file === other.file ? one.line - other.line : one.file < other.file ? -1 : 1))
