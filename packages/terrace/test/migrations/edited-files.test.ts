import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openMigrations } from '../../src/connect/index.ts'
import { graph, model, shared, text, uuid } from '../../src/model/index.ts'

const Product = model('products', { id: uuid().primaryKey(), name: text() }, { access: shared({ write: 'everyone' }) })
const models = graph({ Product })

const folder = mkdtempSync(join(tmpdir(), 'terrace-edited-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a file that is edited after it was applied is refused, and is right again restored, or stamped', async () => {
  const migrations = await openMigrations(`sqlite:${join(folder, 'shop.db')}`, {
    models,
    folder: join(folder, 'migrations'),
  })
  try {
    const written = await migrations.revision({ description: 'the beginning' })
    const file = written?.revision.file ?? ''
    await migrations.upgrade()
    const before = readFileSync(file, 'utf8')
    const refusal = { code: 'MIGRATION_EDITED', message: expect.stringContaining('step 1 of its up is another one') }

    writeFileSync(file, `// a comment\n${before.replace("description: 'the beginning'", "description:\n    'first'")}`)
    expect(await migrations.upgrade()).toEqual([])

    writeFileSync(file, before.replace('create table', 'CREATE TABLE'))
    await expect(migrations.upgrade()).rejects.toMatchObject(refusal)
    await expect(migrations.downgrade('base')).rejects.toMatchObject(refusal)
    expect((await migrations.stamp('head')).map(({ revision }) => revision)).toEqual([written?.revision.revision])
    expect(await migrations.upgrade()).toEqual([])

    writeFileSync(file, before)
    await expect(migrations.upgrade()).rejects.toMatchObject(refusal)
    await migrations.stamp('head')
    rmSync(file)
    rmSync(file.replace(/ts$/, 'json'))
    await expect(migrations.upgrade()).rejects.toMatchObject({
      code: 'MIGRATION_MISSING',
      message: expect.stringMatching(/nothing was changed: 1\n- \w+ \(the beginning\), the first one$/),
    })
  } finally {
    await migrations.close()
  }
})
