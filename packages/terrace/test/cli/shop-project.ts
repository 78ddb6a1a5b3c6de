import { readdirSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect } from 'vitest'
import { configText, modelsText, projectFolder, type ProjectFolder } from './project-folder.ts'
import type { Document } from './run-cli.ts'

/** Two products, for the models of the shop. */
export const shopSeeds = `seeds: [{ name: 'Bread', kcal: 265 }, { name: 'Butter', kcal: 717 }]`

/** A project with a shop in a SQLite file, of its own for each test. */
export interface Shop {
  readonly project: ProjectFolder
  /** `terrace db …`, which is a success: what it says in JSON, and nothing on standard error. */
  done(line: string): Promise<Document & { readonly result: Readonly<Record<string, unknown>> }>
  /** `terrace db …`, which is none. */
  refused(words: readonly string[], code?: number): Promise<Document>
  /** SQL that somebody else runs. */
  byHand(sql: string): void
  rows(sql: string): unknown
  /** The copy in `backups`. */
  backupFile(): string
}

/** Makes one before each test of the file, and removes it afterwards. */
export function shopBeforeEach(): Shop {
  let project: ProjectFolder | null = null
  const current = (): ProjectFolder => project as ProjectFolder
  beforeEach(() => {
    project = projectFolder({
      'models.ts': modelsText('kcal: integer().range(0, 900)', shopSeeds),
      'next.ts': modelsText('kcal: integer().range(0, 900), grams: integer().default(100)', shopSeeds),
      'less.ts': modelsText(),
    })
    project.write('terrace.config.ts', configText(project.url))
  })
  afterEach(() => current().remove())
  return {
    get project() {
      return current()
    },
    done: async (line) => {
      const ran = await current().terrace(['db', ...line.split(' '), '--json'])
      expect([line, ran.code, ran.err]).toEqual([line, 0, ''])
      const document = ran.json()
      return { ...document, result: document.result ?? {} }
    },
    refused: async (words, code = 3) => {
      const ran = await current().terrace(['db', ...words, '--json'])
      expect([words, ran.code]).toEqual([words, code])
      return ran.json()
    },
    byHand: (sql) => withFile(current(), (database) => database.exec(sql)),
    rows: (sql) => withFile(current(), (database) => database.prepare(sql).all()),
    backupFile: () => {
      const [file = ''] = readdirSync(current().path('backups')).filter((name) => name.endsWith('.db'))
      return `backups/${file}`
    },
  }
}

function withFile<T>(project: ProjectFolder, work: (database: Sqlite.Database) => T): T {
  const database = new Sqlite(project.path('shop.db'))
  try {
    return work(database)
  } finally {
    database.close()
  }
}
