import { execFileSync, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'

const root = new URL('..', import.meta.url)

/** `npm start` in a process group of its own, as a terminal or a container starts it. */
async function npmStart() {
  const environment = { ...process.env, DATABASE_URL: 'sqlite::memory:', PORT: '0' }
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const state = { output: '', hasEnded: false }
  npm.stdout.on('data', (bytes) => (state.output += String(bytes)))
  const exit = new Promise<number | string | null>((resolve) =>
    npm.once('close', (code, signal) => {
      state.hasEnded = true
      resolve(code ?? signal)
    }),
  )
  for (let waited = 0; !state.output.includes('"listening"') && !state.hasEnded && waited < 20_000; waited += 20)
    await sleep(20)
  return { id: npm.pid as number, exit }
}

/** The process that npm started: with `exec` in the script it is Node itself, with no shell between. */
function childOf(id: number): number {
  return Number(execFileSync('pgrep', ['-P', String(id)], { encoding: 'utf8' }).trim())
}

test('SIGTERM to npm, to its process group and to node each end npm start with 0', { timeout: 60_000 }, async () => {
  const ends = async (targetOf: (id: number) => number) => {
    const { id, exit } = await npmStart()
    try {
      process.kill(targetOf(id), 'SIGTERM')
      return await exit
    } finally {
      try {
        process.kill(-id, 'SIGKILL')
      } catch {
        // Nothing of the group is left, as it should be.
      }
    }
  }
  expect(await Promise.all([ends((id) => id), ends((id) => -id), ends(childOf)])).toEqual([0, 0, 0])
})
