import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, unscoped } from 'terrace/database'
import { availabilityOf, engineNames, freshDatabase, testClient } from 'terrace/testing'
import type { EngineName, TestDatabase } from 'terrace/testing'
import { overSockets } from '../../countonme/test/support/over-sockets.ts'
import { startApp } from '../../countonme/test/support/running-app.ts'
import { app } from '../src/app.ts'
import { UserDao } from '../src/user/user.dao.ts'
import { transcriptOf } from './support/transcript.ts'
import { walk } from './support/walk.ts'
import { giveSecrets } from './support/secrets.ts'

giveSecrets()

const golden = 'golden/walk.txt'
const pathTo = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const source = '--conditions=terrace:source'

// A process takes seconds to start, and so does the embedded PostgreSQL: all of them with `npm run test:blog`.
const isWhole = process.env['TERRACE_TEST_BLOG'] !== undefined
const engines: readonly EngineName[] = isWhole ? engineNames : ['sqliteFile', 'postgres', 'mysql']
const inProcesses: readonly EngineName[] = isWhole ? ['sqliteFile', 'postgres', 'mysql'] : []
const availability = await Promise.all(engines.map(availabilityOf))

for (const found of availability) {
  const reason = found.isAvailable ? '' : ` (skipped: ${found.reason})`
  const mayRun = found.isAvailable || found.isRequired
  describe.skipIf(!mayRun)(`the Blog · ${found.engine}${reason}`, { timeout: 120_000 }, () => {
    let own: TestDatabase

    beforeEach(async () => {
      own = await freshDatabase(found.engine)
    })
    afterEach(() => own.drop())

    it('answers as it is written down, on every engine alike', async () => {
      const database = await openDatabase(own.url, { models: app.models })
      const client = await testClient(app, { database })
      try {
        const transcript = transcriptOf(client)
        await walk(transcript, async (email) => {
          await database.session(unscoped('make-admin'), (session) =>
            session.use(UserDao).updateWhere({ email }, { role: 'admin' }),
          )
        })
        await expect(transcript.text()).toMatchFileSnapshot(golden)
      } finally {
        await client.close()
        await database.close()
      }
    })

    if (!inProcesses.includes(found.engine)) return

    it('answers alike as a process of its own, over sockets, its first admin made at the terminal', async () => {
      const running = await startApp([process.execPath, source, pathTo('../src/main.ts')], own.url)
      try {
        const transcript = transcriptOf(overSockets(running.base))
        await walk(transcript, async (email) => {
          const script = [source, pathTo('../scripts/make-admin.ts'), email]
          const env = { ...process.env, DATABASE_URL: own.url }
          const { stdout } = await promisify(execFile)(process.execPath, script, { env })
          expect(stdout).toBe(`${email} is an admin from the next request on\n`)
        })
        await expect(transcript.text()).toMatchFileSnapshot(golden)
        process.kill(running.pid, 'SIGTERM')
        expect(await running.exit).toBe(0)
      } finally {
        running.kill()
      }
    })
  })
}
