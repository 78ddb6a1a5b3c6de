import { expect, test } from 'vitest'
import { graph, identity, model, timestamps } from '../model/index.ts'
import { Dao } from '../dao/index.ts'
import { testDatabase } from '../testing/index.ts'
import { nowOf } from './now-of.ts'
import { unscoped } from './scope.ts'

const models = graph({ Note: model('notes', { id: identity(), ...timestamps() }) })

test("the time of a session is that of all its stamps, and nobody's to change", async () => {
  const database = await testDatabase({ models })
  await database.session(unscoped('test'), async (session) => {
    nowOf(session).setTime(0)
    expect((await session.use(Dao(models.Note)).create({})).createdAt).toEqual(nowOf(session))
    expect(Math.abs(nowOf(session).getTime() - Date.now())).toBeLessThan(60_000)
  })
  await database.close()
})
