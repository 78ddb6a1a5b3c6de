import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { beginFile, placeFile, sealFile, writeWhole } from './whole-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'terrace-whole-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('gives a file its name without overwriting another, nor a manifest that stands alone', async () => {
  const at = join(folder, 'named')
  const stems: string[] = []
  for (const text of ['one', 'two']) {
    const partial = await beginFile(at)
    writeFileSync(partial, text)
    stems.push(await placeFile(partial, { folder: at, stem: 'shop', extension: '.db' }))
  }
  await writeWhole(join(at, 'shop-3.json'), at, '{}')
  stems.push(await placeFile(await beginFile(at), { folder: at, stem: 'shop', extension: '.db' }))
  expect(stems).toEqual(['shop', 'shop-2', 'shop-4'])
  expect(readFileSync(join(at, 'shop.db'), 'utf8')).toBe('one')
  expect(readdirSync(at).toSorted()).toEqual(['shop-2.db', 'shop-3.json', 'shop-4.db', 'shop.db'])
})

test('is for its owner alone from the beginning, and knows its size and hash', async () => {
  const partial = await beginFile(join(folder, 'own'))
  expect(statSync(partial).mode & 0o777).toBe(0o600)
  writeFileSync(partial, 'abc')
  expect(await sealFile(partial)).toEqual({
    bytes: 3,
    // Source: FIPS 180-2, appendix B.1.
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  })
})

test('takes away what killed processes have left for more than a day, and nothing else', async () => {
  const at = join(folder, 'swept')
  const [old, young] = [await beginFile(at), await beginFile(at)]
  writeFileSync(join(at, '.partial-mine'), '')
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400
  for (const path of [old, join(at, '.partial-mine')]) utimesSync(path, twoDaysAgo, twoDaysAgo)
  const next = await beginFile(at)
  expect(readdirSync(at).toSorted()).toEqual(
    [young, next, join(at, '.partial-mine')].map((path) => path.slice(at.length + 1)).toSorted(),
  )
})
