import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from 'terrace/database'
import { availabilityOf, engineNames, freshDatabase, testClient } from 'terrace/testing'
import type { EngineName, TestDatabase } from 'terrace/testing'
import { app } from '../src/app.ts'
import { overSockets } from './support/over-sockets.ts'
import { nodeMain, startApp } from './support/running-app.ts'
import { transcriptOf } from './support/transcript.ts'
import { walk } from './support/walk.ts'

const golden = 'golden/walk.txt'
const inProcesses: readonly EngineName[] = ['sqliteFile', 'postgres', 'mysql']
const availability = await Promise.all(engineNames.map(availabilityOf))

for (const found of availability) {
  const reason = found.isAvailable ? '' : ` (skipped: ${found.reason})`
  const mayRun = found.isAvailable || found.isRequired
  describe.skipIf(!mayRun)(`a day with CountOnMe · ${found.engine}${reason}`, { timeout: 60_000 }, () => {
    let own: TestDatabase

    beforeEach(async () => {
      own = await freshDatabase(found.engine)
    })
    afterEach(() => own.drop())

    it('is answered as it is written down, on every engine alike', async () => {
      const database = await openDatabase(own.url, { models: app.models })
      const client = await testClient(app, { database })
      try {
        const transcript = transcriptOf(client)
        await walk(transcript)
        await expect(transcript.text()).toMatchFileSnapshot(golden)
      } finally {
        await client.close()
        await database.close()
      }
    })

    // A process takes a second to start; that the engine makes no difference to the app in it is shown above.
    if (!inProcesses.includes(found.engine)) return

    it('is answered alike by a process of its own, over sockets', async () => {
      const running = await startApp(nodeMain, own.url)
      try {
        const transcript = transcriptOf(overSockets(running.base))
        await walk(transcript)
        await expect(transcript.text()).toMatchFileSnapshot(golden)
        process.kill(running.pid, 'SIGTERM')
        expect(await running.exit).toBe(0)
      } finally {
        running.kill()
      }
    })
  })
}
