import { expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { unscoped } from '../../src/database/index.ts'
import { graph, model, text, uuid, version } from '../../src/model/index.ts'
import { describeEngines, type EngineUnderTest } from '../support/describe-engines.ts'

const columns = { id: uuid().primaryKey(), title: text().length(1, 20) }
const before = graph({ Note: model('notes', columns) })
const after = graph({ Note: model('notes', { ...columns, version: version() }) })

describeEngines('a version that is added to a table with rows', addsIt, ['sqliteFile', 'postgres', 'mysql'])

function addsIt(engine: EngineUnderTest): void {
  test('is 1 in each of them after the next start, which asks nobody, and goes up from there', async () => {
    const { url } = await engine.fresh()
    const old = await openDatabase(url, { models: before })
    const { id } = await old.session(unscoped('test'), (session) =>
      session.use(Dao(before.Note)).create({ title: 'kept' }),
    )
    await old.close()
    const database = await openDatabase(url, { models: after })
    const rows = await database.session(unscoped('test'), async (session) => [
      await session.use(Dao(after.Note)).get(id),
      await session.use(Dao(after.Note)).update(id, { title: 'changed' }, { version: 1 }),
      await session.use(Dao(after.Note)).create({ title: 'new' }),
    ])
    expect(rows).toMatchObject([{ title: 'kept', version: 1 }, { title: 'changed', version: 2 }, { version: 1 }])
    await database.close()
    const again = await openDatabase(url, { models: after })
    await again.close()
  })
}
