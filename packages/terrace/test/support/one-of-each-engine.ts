import { engineNames, type EngineName } from '../../src/testing/servers.ts'

/** One of each kind of engine for what is the same over a file, in memory and embedded; all of them with `TERRACE_TEST_ALL=1`. */
export const oneOfEachEngine: readonly EngineName[] =
  process.env['TERRACE_TEST_ALL'] === '1' ? engineNames : ['sqliteMemory', 'postgres', 'mysql']
