import { engineNames } from '../../src/testing/servers.ts'
import type { EngineName } from '../../src/testing/servers.ts'

/** One engine of each dialect; all of them where everything is to be tried: `TERRACE_TEST_ALL=1`. */
export const pageEngines: readonly EngineName[] =
  process.env['TERRACE_TEST_ALL'] === undefined ? ['sqliteMemory', 'postgres', 'mysql'] : engineNames
