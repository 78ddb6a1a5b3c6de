import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { backupDatabase, restoreDatabase, verifyDatabase } from '../../src/connect/index.ts'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { itemsIn, prepared } from './prepared-backup.ts'
import { runStatements } from './run-statements.ts'

// Servers make and drop databases in seconds where others use the machine too.
vi.setConfig({ testTimeout: 90_000 })

const folder = mkdtempSync(join(tmpdir(), 'terrace-wrong-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

const engines = ['sqliteFile', 'postgres', 'mysql'] as const

describeEngines(
  'what cannot be restored leaves the database as it was',
  (engine) => {
    test('a file that was cut, edited, of another kind, a folder, or is not there', async () => {
      const { url, file, manifestFile } = await prepared(engine, folder)
      const extension = file.slice(file.indexOf('Z.') + 1)
      const copy = (name: string, edit: (path: string) => void, withManifest = true): string => {
        const path = join(folder, `${engine.name}-${name}${extension}`)
        copyFileSync(file, path)
        if (withManifest) copyFileSync(manifestFile, join(folder, `${engine.name}-${name}.json`))
        edit(path)
        return path
      }
      const half = Math.floor(readFileSync(file).length / 2)
      const flip = (path: string): void => {
        const bytes = readFileSync(path)
        bytes[half] = (bytes[half] ?? 0) ^ 1
        writeFileSync(path, bytes)
      }
      const server = (facts: object) => (path: string) => {
        const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as { readonly server: object }
        const edited = { ...manifest, server: { ...manifest.server, ...facts } }
        writeFileSync(path.replace(extension, '.json'), JSON.stringify(edited))
      }
      // A file of SQLite is read by any version.
      const ofServers: readonly (readonly [string, RegExp])[] = [
        [copy('newer', server({ version: '99.1' })), /was taken from .* 99\.1, and this server is/],
        [copy('product', server({ product: 'Another' })), /was taken from Another, and this is/],
      ]
      const cases: readonly (readonly [string, RegExp])[] = [
        [copy('cut', (path) => truncateSync(path, half)), /bytes, and \d+ by its manifest/],
        [copy('edited', flip), /SHA-256/],
        [copy('other', (path) => writeFileSync(path, 'name,price\n'), false), /does not begin as/],
        [copy('odd-manifest', (path) => writeFileSync(path.replace(extension, '.json'), '{}')), /no manifest/],
        [folder, /no file/],
        [join(folder, 'missing'), /no such file/],
      ]
      for (const [path, words] of engine.name === 'sqliteFile' ? cases : [...cases, ...ofServers]) {
        await expect(restoreDatabase(url, { file: path })).rejects.toMatchObject({
          code: 'BACKUP_FILE',
          message: words,
        })
      }
      // Without a manifest a cut file is found by what it says itself.
      const cut = copy('cut-alone', (path) => truncateSync(path, half), false)
      await expect(restoreDatabase(url, { file: cut })).rejects.toMatchObject({
        code: /^(?:BACKUP_FILE|RESTORE_FAILED)$/,
      })
      expect(await itemsIn(url)).toBe(3)
      expect(await restoreDatabase(url, { file: copy('whole', () => {}, false) })).toMatchObject({
        manifest: null,
        notes: [/no manifest/],
        tables: { items: { rows: 2 } },
      })
    })

    test('a database that somebody has open', async () => {
      const { url, file } = await prepared(engine, folder)
      const { runtime } = await dialectOf(url)
      const other = await runtime.open({ url, pool: {} })
      const connection = await other.acquire({ access: 'write', timeoutMs: 1_000 })
      await connection.execute({ sql: 'select id from items', parameters: [] })
      await expect(restoreDatabase(url, { file })).rejects.toMatchObject({ code: 'RESTORE_IN_USE' })
      expect((await connection.execute({ sql: 'select id from items', parameters: [] })).rows).toHaveLength(3)
      await other.release(connection)
      await other.close()
      await restoreDatabase(url, { file })
      expect(await itemsIn(url)).toBe(2)
    })

    test('a manifest whose rows are others than those of the file is a difference that is told', async () => {
      const { url, file, manifestFile } = await prepared(engine, folder)
      const extension = file.slice(file.indexOf('Z.') + 1)
      const copy = join(folder, `${engine.name}-more-rows${extension}`)
      copyFileSync(file, copy)
      const more = readFileSync(manifestFile, 'utf8').replace('"rows": 2', '"rows": 3')
      writeFileSync(copy.replace(extension, '.json'), more)
      await expect(restoreDatabase(url, { file: copy })).rejects.toMatchObject({
        code: 'RESTORE_DIFFERS',
        message: /table items: 2 rows, and 3 by the manifest/,
      })
    })

    test('a backup that is stopped, or has nowhere to go, leaves no file', async () => {
      const { url } = await prepared(engine, folder)
      const mine = join(folder, `${engine.name}-stopped`)
      const reason = new Error('stopped by hand')
      await expect(backupDatabase(url, { folder: mine, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
      const stopping = new AbortController()
      const running = backupDatabase(url, {
        folder: mine,
        signal: stopping.signal,
        progress: () => stopping.abort(reason),
      })
      setTimeout(() => stopping.abort(reason), 5)
      await expect(running).rejects.toBe(reason)
      expect(existsSync(mine) ? readdirSync(mine) : []).toEqual([])

      writeFileSync(join(folder, 'a-file'), '')
      await expect(backupDatabase(url, { folder: join(folder, 'a-file', 'in') })).rejects.toMatchObject({
        code: 'BACKUP_FAILED',
        message: /a file stands where the folder .* is needed/,
      })
    })
  },
  engines,
)

describeEngines(
  'the name of a file',
  (engine) => {
    test('two backups of one second have two names', async () => {
      const { url } = await prepared(engine, folder)
      vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 17, 30), toFake: ['Date'] })
      try {
        const first = await backupDatabase(url, { folder: join(folder, 'named') })
        const second = await backupDatabase(url, { folder: join(folder, 'named') })
        expect(first.file).toMatch(/-20261121T173000Z\.\w+$/)
        expect(second.file).toMatch(/-20261121T173000Z-2\.\w+$/)
        expect(second.manifest.file.name).toBe(second.file.slice(second.file.lastIndexOf('/') + 1))
      } finally {
        vi.useRealTimers()
      }
    })
  },
  ['sqliteFile'],
)

describe('the file of one engine', () => {
  test.each(['sqlite:app.db', 'postgres://postgres@127.0.0.1:1/none', 'mysql://root@127.0.0.1:1/none', 'pglite:there'])(
    'is no other one’s, which is said before %s is opened',
    async (url) => {
      const { backup } = await dialectOf(url)
      const others = ['SQLite format 3\0', 'PGDMP\x01', '-- MariaDB dump 10.19 ', '\x1f\x8b\x08'].map((text) =>
        Buffer.from(text, 'latin1'),
      )
      expect(others.filter((beginning) => backup.recognizes(beginning, backup.place(url)))).toHaveLength(1)
    },
  )
})

test.each(['sqlite::memory:', 'pglite::memory:'])('%s is refused, with the reason', async (url) => {
  await expect(backupDatabase(url, { folder })).rejects.toMatchObject({ code: 'BACKUP_REFUSED', message: /in memory/ })
  await expect(restoreDatabase(url, { file: 'any' })).rejects.toMatchObject({ code: 'BACKUP_REFUSED' })
})

test('a link to a file stays one', async () => {
  const [real, link] = [join(folder, 'real.db'), join(folder, 'link.db')]
  await runStatements(`sqlite:${real}`, 'create table items (id integer primary key)', 'insert into items values (1)')
  const { file } = await backupDatabase(`sqlite:${real}`, { folder })
  await runStatements(`sqlite:${real}`, 'delete from items')
  symlinkSync(real, link)
  await restoreDatabase(`sqlite:${link}`, { file })
  expect([lstatSync(link).isSymbolicLink(), await itemsIn(`sqlite:${real}`)]).toEqual([true, 1])
})

test('a database that is not there is neither backed up, made nor verified', async () => {
  const path = join(folder, 'nowhere.db')
  await expect(backupDatabase(`sqlite:${path}`, { folder })).rejects.toMatchObject({
    code: 'BACKUP_FAILED',
    message: /no such database/,
  })
  await expect(verifyDatabase(`sqlite:${path}`)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' })
  expect(existsSync(path)).toBe(false)
})
