import { expect, test } from 'vitest'
import { createSchemaDialect as createMysql } from '../src/dialects/mysql/index.ts'
import { createSchemaDialect as createPostgres } from '../src/dialects/postgres/index.ts'
import { createSchemaDialect as createSqlite } from '../src/dialects/sqlite/index.ts'
import { diffSnapshots, planChanges, snapshotFrom, snapshotOf, type LiveStructure } from '../src/schema/index.ts'
import { ownedModels } from '../src/testing/contract/schema-dialect/graphs.ts'

const nothing: LiveStructure = {
  snapshot: snapshotFrom([]),
  estimatedRows: {},
  otherObjects: {},
  opaque: [],
  hasJournal: false,
  leftovers: [],
}

const dialects = [
  createSqlite({ product: 'SQLite', version: '3.53.0' }),
  createPostgres({ product: 'PostgreSQL', version: '15.0' }),
  createMysql({ product: 'MariaDB', version: '10.11.0' }),
  createMysql({ product: 'MySQL', version: '8.4.0' }),
]

test('one graph as the SQL of every dialect', async () => {
  const texts = dialects.map((dialect) => {
    const declared = snapshotOf(ownedModels(), dialect)
    const changes = diffSnapshots(nothing, { declared, canonical: snapshotFrom([]) })
    const { steps } = planChanges(changes, {
      dialect,
      live: nothing,
      renames: [],
      mode: { kind: 'everything', allow: [] },
      online: false,
      isOwned: () => false,
      wasDeclared: () => false,
      holdsType: () => false,
      isHandChanged: () => false,
    })
    const statements = steps.flatMap((step) => step.statements)
    return `-- ${dialect.server.product}\n\n${statements.map((sql) => `${sql};`).join('\n\n')}\n`
  })
  await expect(texts.join('\n')).toMatchFileSnapshot('./golden/structure.sql')
})
