import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { takeLock } from './folder-lock.ts'

async function lockFile(content?: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'terrace-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'data.lock')
  if (content !== undefined) await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const own = { pid: process.pid, timeOrigin: performance.timeOrigin }
// Above the greatest number that Linux gives. Source: man 5 proc, pid_max.
const deadPid = 2 ** 30

test('a lock is held once until it is released, and releasing it again touches nobody else', async () => {
  const file = await lockFile()
  const first = takeLock(file)
  expect(takeLock(file)).toEqual({ kind: 'inUse', pid: process.pid })
  if (first.kind === 'held') first.release()
  expect(takeLock(file).kind).toBe('held')
  if (first.kind === 'held') first.release()
  expect(takeLock(file).kind).toBe('inUse')
})

test.each([
  ['of a process that ended', { ...own, pid: deadPid }],
  ['of an earlier process of the same number', { ...own, timeOrigin: own.timeOrigin - 1 }],
])('a lock %s is taken over, also where one who took it over was ended meanwhile', async (_, stale) => {
  const file = await lockFile(stale)
  await writeFile(`${file}.takeover`, JSON.stringify(stale))
  expect(takeLock(file).kind).toBe('held')
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(own)
  expect(await readdir(join(file, '..'))).toEqual(['data.lock'])
})

test('a lock of a running process is left alone', async () => {
  const file = await lockFile({ ...own, pid: process.ppid })
  expect(takeLock(file)).toEqual({ kind: 'inUse', pid: process.ppid })
})

test('a lock without a name is being written, or was left so long ago', async () => {
  const file = await lockFile('')
  expect(takeLock(file)).toEqual({ kind: 'inUse', pid: null })
  await utimes(file, 1_000, 1_000)
  expect(takeLock(file).kind).toBe('held')
})
