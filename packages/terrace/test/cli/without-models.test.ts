import { openMigrations } from 'terrace/database'
import { expect, test } from 'vitest'
import { shopBeforeEach } from './shop-project.ts'

const shop = shopBeforeEach()

test('revisions are listed, shown, run and tried without models, which only those ask for that compare with them', async () => {
  await shop.done('revision -m first')
  shop.project.write('terrace.config.ts', `export default { database: '${shop.project.url}' }`)
  for (const line of ['history', 'heads', 'show', 'upgrade', 'current', 'verify', 'downgrade -1', 'stamp base'])
    await shop.done(line)
  for (const words of [['check'], ['revision', '-m', 'second']])
    expect((await shop.refused(words, 2)).error).toMatchObject({ code: 'CLI_MISSING', values: { what: 'models' } })
})

test('a description is one line, however it was typed', async () => {
  const ran = await shop.project.terrace(['db', 'revision', '-m', 'add\n  products', '--json'])
  expect([ran.code, ran.json().result]).toMatchObject([0, { written: { description: 'add products' } }])
})

test('by program too', async () => {
  const migrations = await openMigrations(shop.project.url, { folder: shop.project.path('migrations') })
  expect((await migrations.history()).revisions).toEqual([])
  await expect(migrations.check()).rejects.toMatchObject({ code: 'MODEL_DECLARATION' })
  await migrations.close()
})
