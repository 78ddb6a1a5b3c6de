import type { PGlite } from '@electric-sql/pglite'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import { runtimeDialectContract } from '../../testing/contract/runtime-dialect.ts'
import { createPostgresDialect } from './dialect.ts'

let emptyDatabase: Promise<File | Blob> | undefined

/** A new PGlite takes 1.5 s to lay out its database, a copy of an empty one 0.4 s. */
async function copyOfEmpty(): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite')
  emptyDatabase ??= PGlite.create().then(async (engine) => {
    const dump = await engine.dumpDataDir('none')
    await engine.close()
    return dump
  })
  return PGlite.create({ loadDataDir: await emptyDatabase })
}

async function loadPackage(name: string): Promise<unknown> {
  if (name === 'pg') return import('pg')
  const pglite = await import('@electric-sql/pglite')
  const create = (folder?: string): Promise<PGlite> =>
    folder === undefined ? copyOfEmpty() : pglite.PGlite.create(folder)
  return { ...pglite, PGlite: { create } }
}

describeEngines(
  'runtime dialect',
  (engine) => {
    runtimeDialectContract({
      engine: engine.name,
      createDialect: (load) => createPostgresDialect({ load: load ?? loadPackage }),
      freshUrl: async () => (await engine.fresh()).url,
    })
  },
  ['pglite', 'postgres'],
)
