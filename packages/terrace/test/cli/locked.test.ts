import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { configText, modelsText, projectFolder, type ProjectFolder } from './project-folder.ts'
import { terraceProcess } from './terrace-process.ts'

/** Work in a project whose database another process is changing, while the models want a change too. */
async function whileLocked(work: (project: ProjectFolder) => Promise<void>): Promise<void> {
  const project = projectFolder({ 'models.ts': modelsText(), 'next.ts': modelsText('kcal: integer().default(0)') })
  project.write('terrace.config.ts', configText(project.url))
  await project.terrace(['db', 'sync'])
  const other = new Sqlite(project.path('shop.db'))
  other.exec('begin immediate')
  try {
    await work(project)
  } finally {
    other.close()
    project.remove()
  }
}

const sync = ['db', 'sync', '--models', 'next.ts']

// Each waits for as long as a connection waits before it says so: together.
describe.concurrent('while another process changes the structure', () => {
  test('a command that waits longer than --lock-timeout ends with 4', () =>
    whileLocked(async (project) => {
      const { code, err } = await project.terrace([...sync, '--lock-timeout', '1'])
      expect(code).toBe(4)
      expect(err).toContain('another process changes the structure: waiting for it')
      expect(err).toContain('error STRUCTURE_LOCK_TIMEOUT: ')
    }))

  test.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('a process that waits ends by %s with %i', ([signal, code]) =>
    whileLocked(async (project) => {
      const waiting = terraceProcess([...sync, '--json'], { cwd: project.folder })
      while (!waiting.err().includes('waiting for it')) await sleep(20)
      waiting.child.kill(signal)
      const ended = await waiting.ended
      expect(ended.code).toBe(code)
      expect(JSON.parse(ended.out)).toMatchObject({
        ok: false,
        command: 'db sync',
        error: { code: 'CLI_INTERRUPTED', values: { signal, state: 'nothing was changed' } },
      })
    }),
  )

  test('one that is interrupted before it waits does not begin to', () =>
    whileLocked(async (project) => {
      const signals = new EventEmitter()
      const running = project.terrace(sync, { signals })
      await sleep(200)
      signals.emit('SIGTERM')
      expect((await running).code).toBe(143)
    }))

  test('one that changes nothing ends at once', () =>
    whileLocked(async (project) => {
      const signals = new EventEmitter()
      const running = project.terrace(['db', 'plan', '--models', 'next.ts'], { signals })
      await sleep(200)
      const before = performance.now()
      signals.emit('SIGINT')
      const { code, err } = await running
      expect([code, err]).toEqual([130, expect.stringContaining('Stopped by SIGINT: nothing was changed')])
      expect(performance.now() - before).toBeLessThan(3_000)
      expect(signals.listenerCount('SIGINT') + signals.listenerCount('SIGTERM')).toBe(0)
    }))
})
