import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { moveDatabase, verifyDatabase } from 'terrace/database'
import { pullModels } from 'terrace/generate'
import { graph, model, uuid } from 'terrace/model'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terrace-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const models = graph({ Note: model('notes', { id: uuid().primaryKey() }) })

const readers = {
  pulled: (url: string) => pullModels(url),
  verified: (url: string) => verifyDatabase(url),
  moved: (url: string) => moveDatabase({ from: url, to: `sqlite:${join(folder, 'target.db')}`, models }),
} as const

for (const [what, read] of Object.entries(readers)) {
  for (const scheme of ['sqlite', 'pglite']) {
    test(`a misspelt path of ${scheme}: is not made where a database is to be ${what}`, async () => {
      const path = join(folder, 'mispelt.db')
      await expect(read(`${scheme}:${path}`)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' })
      expect([path, join(folder, 'target.db')].filter((file) => existsSync(file))).toEqual([])
    })
  }
}
