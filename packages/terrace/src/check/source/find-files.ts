import { readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const isSource = (name: string): boolean => /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.[cm]?ts$/.test(name)

/** Made by programs, or of others. */
const skipped: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'coverage', 'out'])
const testFolders: ReadonlySet<string> = new Set(['test', 'tests', '__tests__', 'e2e'])
const isTest = (name: string): boolean => /\.(test|spec|test-d|bench)\.[cm]?[jt]sx?$/.test(name)

export interface FindOptions {
  /** Tests too. */
  readonly tests: boolean
}

/** The source files below a folder, or the file itself; without what begins with a dot, and whatever version control ignores. */
export function findFiles(path: string, options: FindOptions): readonly string[] {
  if (statSync(path).isFile()) return [path]
  const found: string[] = []
  for (const entry of readdirSync(path, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name } = entry
    if (name.startsWith('.')) continue
    if (entry.isDirectory()) {
      if (!skipped.has(name) && (options.tests || !testFolders.has(name)))
        found.push(...findFiles(join(path, name), options))
    } else if (entry.isFile() && isSource(name) && (options.tests || !isTest(name))) found.push(join(path, name))
  }
  return found
}

/** With slashes on every system. */
export function shownFrom(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/')
}
