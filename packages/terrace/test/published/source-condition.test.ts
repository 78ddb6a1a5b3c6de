import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { graph, model, text } from 'terrace/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { userEnvironment } from './user-environment.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const environment = { ...userEnvironment(), DATABASE_URL: 'sqlite::memory:', PORT: '0' }

// A copy of the repository with a build that must not be run. Inside of it, where packages are found.
let copy: string
beforeAll(() => {
  mkdirSync(join(root, '.vitest'), { recursive: true })
  copy = mkdtempSync(join(root, '.vitest', 'stale-'))
  for (const path of ['package.json', '.npmrc', 'scripts', 'apps/countonme', 'packages/terrace'])
    cpSync(join(root, path), join(copy, path), { recursive: true, filter: isSource })
  mkdirSync(join(copy, 'node_modules'))
  symlinkSync('../packages/terrace', join(copy, 'node_modules/terrace'))
  const ownModules = join(root, 'packages/terrace/node_modules')
  if (existsSync(ownModules)) symlinkSync(ownModules, join(copy, 'packages/terrace/node_modules'))
  for (const file of builtFiles()) {
    mkdirSync(dirname(join(copy, 'packages/terrace', file)), { recursive: true })
    writeFileSync(join(copy, 'packages/terrace', file), `throw new Error('a stale build was run')`)
  }
})
afterAll(() => rmSync(copy, { recursive: true }))

function isSource(path: string): boolean {
  return !['node_modules', 'dist', 'test'].includes(basename(path))
}

function builtFiles(): readonly string[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'packages/terrace/package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly default: string }>>
  }
  return Object.values(exports).flatMap((target) => (typeof target === 'string' ? [] : [target.default]))
}

test('the tests of this repository run its source', () => {
  const stackOf = () => {
    try {
      return graph({ Note: model('notes', { title: text() }) })
    } catch (error) {
      return (error as Error).stack
    }
  }
  expect(stackOf()).toContain('/packages/terrace/src/model/')
  expect(stackOf()).not.toContain('/terrace/dist/')
})

test('npm start runs the source, also where a build stands beside it', { timeout: 120_000 }, async () => {
  const npm = spawn('npm', ['start'], { cwd: copy, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = new Promise<number | null>((resolve) => npm.once('close', resolve))
  let printed = ''
  npm.stderr.on('data', (bytes) => (printed += String(bytes)))
  npm.stdout.on('data', (bytes) => {
    printed += String(bytes)
    if (printed.includes('"listening"')) npm.kill('SIGTERM')
  })
  expect([await exit, printed]).toEqual([0, expect.stringContaining('"listening"')])
})

test('a process that does not ask for the source runs the build', { timeout: 120_000 }, () => {
  const run = (...conditions: string[]) =>
    spawnSync(process.execPath, [...conditions, '--eval', `import('terrace/model')`], {
      cwd: copy,
      env: environment,
      encoding: 'utf8',
    })
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('a stale build was run') })
  expect(run('--conditions=terrace:source')).toMatchObject({ status: 0, stderr: '' })
})
