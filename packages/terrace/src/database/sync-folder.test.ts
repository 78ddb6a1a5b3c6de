import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { syncFolder } from './sync-folder.ts'

test('a folder is written through to the disk, and one that is not there is told', async () => {
  await expect(syncFolder(tmpdir())).resolves.toBeUndefined()
  await expect(syncFolder(join(tmpdir(), 'terrace-nowhere'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test.runIf(process.platform === 'linux')(
  'a file system that does not do so for folders is none to fail on',
  async () => {
    await expect(syncFolder('/proc')).resolves.toBeUndefined()
  },
)
