/**
 * A process that follows the models once, as an app does at its start, and prints what it did as JSON. Arguments: the URL
 * of the database, and the number of the statement before which the process is killed (0: never).
 */
import { recorded } from './subject.ts'
import { startedModels } from './graphs.ts'
import { synchronize } from '../../../sync/index.ts'

const [url = '', killBefore = '0'] = process.argv.slice(2)

async function dialectOf(scheme: string) {
  if (scheme === 'sqlite') {
    const { createSchemaDialect: schema, sqliteDialect: dialect } = await import('../../../dialects/sqlite/index.ts')
    return { schema, dialect }
  }
  if (scheme === 'mysql') {
    const { createSchemaDialect: schema, mysqlDialect: dialect } = await import('../../../dialects/mysql/index.ts')
    return { schema, dialect }
  }
  const { createSchemaDialect: schema, postgresDialect: dialect } = await import('../../../dialects/postgres/index.ts')
  return { schema, dialect }
}

const { schema, dialect } = await dialectOf(url.slice(0, url.indexOf(':')))
const real = await dialect.open({ url, pool: {} })
let count = 0
const driver = recorded(real, [], () => {
  count += 1
  if (count === Number(killBefore)) process.kill(process.pid, 'SIGKILL')
})
const { created, seeded, steps } = await synchronize({ driver, dialect, schema, graph: startedModels() })
process.stdout.write(JSON.stringify({ tables: created.tables.length, seeded: seeded.length, steps: steps.length }))
await real.close()
