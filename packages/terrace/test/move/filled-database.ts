import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { unscoped } from '../../src/database/index.ts'
import type { BoundModel } from '../../src/model/index.ts'

export type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
type Models = Readonly<Record<string, BoundModel>>

interface AnyDao {
  createMany(rows: readonly object[]): Promise<unknown>
  list(options: object): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>
}

/** Makes the tables of models, and rows by the model's name, in the order of the models. */
export async function fillDatabase(url: string, models: Models, rows: Rows): Promise<void> {
  const database = await openDatabase(url, { models })
  try {
    for (const [name, bound] of Object.entries(models)) {
      await database.session(unscoped('fills a database that is moved'), async (session) => {
        const dao = new (Dao(bound))(session) as unknown as AnyDao
        for (let at = 0; at < (rows[name]?.length ?? 0); at += 500) {
          await dao.createMany(rows[name]?.slice(at, at + 500) ?? [])
        }
      })
    }
  } finally {
    await database.close()
  }
}

/** Rows as the DAO gives them; nothing may be left for a start to do. */
export async function rowsIn(url: string, models: Models): Promise<Rows> {
  const done: unknown[] = []
  const structureObserver = {
    applied: (step: unknown) => void done.push(step),
    seeded: (seed: unknown) => void done.push(seed),
  }
  const database = await openDatabase(url, { models, structureObserver })
  try {
    if (done.length > 0) throw new Error(`the start had something to do: ${JSON.stringify(done)}`)
    const found: Record<string, readonly Readonly<Record<string, unknown>>[]> = {}
    for (const [name, bound] of Object.entries(models)) {
      const key = bound.fact.primaryKey.columns
      const { rows } = await database.session(unscoped('compares databases'), (session) =>
        (new (Dao(bound))(session) as unknown as AnyDao).list({ sort: key, deleted: 'with' }),
      )
      found[name] = rows
    }
    return found
  } finally {
    await database.close()
  }
}
