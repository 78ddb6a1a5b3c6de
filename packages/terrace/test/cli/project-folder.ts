import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCli, type Ran, type RunOptions } from './run-cli.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** A folder in which somebody has a project: inside of the repository, where `terrace/…` is found. */
export interface ProjectFolder {
  readonly folder: string
  path(name: string): string
  /** A SQLite file of its own. */
  readonly url: string
  write(name: string, text: string): void
  /** The first occurrence of a text that is there. */
  replace(name: string, text: string, by: string): void
  /** `terrace …`, called there. */
  terrace(words: readonly string[], options?: Partial<RunOptions>): Promise<Ran>
  remove(): void
}

export function projectFolder(files: Readonly<Record<string, string>> = {}): ProjectFolder {
  mkdirSync(join(root, '.vitest'), { recursive: true })
  const folder = mkdtempSync(join(root, '.vitest', 'cli-'))
  const path = (name: string): string => join(folder, name)
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(path(name)), { recursive: true })
    writeFileSync(path(name), text)
  }
  write('package.json', '{ "type": "module" }')
  for (const [name, text] of Object.entries(files)) write(name, text)
  return {
    folder,
    path,
    url: `sqlite:${path('shop.db')}`,
    write,
    replace: (name, text, by) => {
      const before = readFileSync(path(name), 'utf8')
      if (!before.includes(text)) throw new Error(`${name} has no ${text}`)
      writeFileSync(path(name), before.replace(text, by))
    },
    terrace: (words, options = {}) => runCli(words, { cwd: folder, ...options }),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** Models of a shop: `columns` stand behind the id and the name. */
export function modelsText(columns = '', options = ''): string {
  return `
import { boolean, graph, integer, model, shared, text, uuid } from 'terrace/model'

const Product = model(
  'products',
  { id: uuid().primaryKey(), name: text().length(1, 40), ${columns} },
  { access: shared({ write: 'everyone' }), ${options} },
)

export const models = graph({ Product })
`
}

/** A configuration that names the models beside it, and the database that is given. */
export function configText(url: string, more = ''): string {
  return `
import { defineConfig } from 'terrace/cli'
import { models } from './models.ts'

export default defineConfig({ database: ${JSON.stringify(url)}, models, ${more} })
`
}
