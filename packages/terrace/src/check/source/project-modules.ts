import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { namesOf, type ModuleNames } from './bindings.ts'
import { parseText, type Parser } from './load-parser.ts'
import type { Syntax } from './syntax.ts'

/** One file of the project, read and parsed. */
export interface Module {
  readonly file: string
  readonly text: string
  readonly program: Syntax
  readonly names: ModuleNames
  lineAt(offset: number): number
}

export interface UnparsedModule {
  readonly file: string
  readonly line: number
  readonly message: string
}

const endings = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs']

/** The files of a project, each parsed once, when somebody asks for it. */
export class ProjectModules {
  readonly unparsed: UnparsedModule[] = []
  readonly #parser: Parser
  readonly #modules = new Map<string, Module | null>()
  readonly #found = new Map<string, string | null>()

  constructor(parser: Parser) {
    this.#parser = parser
  }

  get visitorKeys(): Parser['visitorKeys'] {
    return this.#parser.visitorKeys
  }

  /** Null for one that does not parse, which is noted. */
  module(file: string): Module | null {
    const known = this.#modules.get(file)
    if (known !== undefined) return known
    const made = this.#read(file)
    this.#modules.set(file, made)
    return made
  }

  /** The file that one asks for by a path of its own; null for a package, and for what is not there. */
  fileOf(specifier: string, from: string): string | null {
    if (!specifier.startsWith('.') && !specifier.startsWith('#')) return null
    const key = `${dirname(from)}\0${specifier}`
    const known = this.#found.get(key)
    if (known !== undefined) return known
    const path = specifier.startsWith('#') ? importedPath(specifier, from) : resolve(dirname(from), specifier)
    const found = path === null ? null : sourceAt(path)
    this.#found.set(key, found)
    return found
  }

  #read(file: string): Module | null {
    const text = readFileSync(file, 'utf8')
    const parsed = parseText(this.#parser, file, text)
    if (parsed.kind === 'unparsed') {
      this.unparsed.push({ file, line: parsed.line, message: parsed.message })
      return null
    }
    const { program, lineAt } = parsed
    return { file, text, program, lineAt, names: namesOf(program, this.#parser.visitorKeys) }
  }
}

/** As it is written, without its ending, under the ending it has before it is built, or the folder's index. */
function sourceAt(path: string): string | null {
  const source = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2')
  const candidates = [
    source,
    ...endings.map((ending) => `${path}${ending}`),
    ...endings.slice(1).map((ending) => join(path, `index${ending}`)),
  ]
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile()) ?? null
}

/** `#database` by the `imports` of the nearest package.json. Source: Node.js documentation, "Subpath imports". */
function importedPath(specifier: string, from: string): string | null {
  const folder = packageFolder(dirname(from))
  if (folder === null) return null
  const { imports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly imports?: Readonly<Record<string, unknown>>
  }
  for (const [pattern, target] of Object.entries(imports ?? {})) {
    const path = targetPath(target)
    if (path === null) continue
    if (pattern === specifier) return resolve(folder, path)
    const [before = '', after] = pattern.split('*')
    if (after === undefined || !specifier.startsWith(before) || !specifier.endsWith(after)) continue
    const middle = specifier.slice(before.length, specifier.length - after.length)
    return resolve(folder, path.replace('*', middle))
  }
  return null
}

function targetPath(target: unknown): string | null {
  if (typeof target === 'string') return target.startsWith('.') ? target : null
  if (typeof target !== 'object' || target === null) return null
  return (
    Object.values(target)
      .map(targetPath)
      .find((path) => path !== null) ?? null
  )
}

function packageFolder(folder: string): string | null {
  if (existsSync(join(folder, 'package.json'))) return folder
  const outer = dirname(folder)
  return outer === folder ? null : packageFolder(outer)
}
