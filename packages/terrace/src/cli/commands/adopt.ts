import { openStructure, shownUrl } from '../../connect/index.ts'
import type { ObjectPath } from '../../schema/index.ts'
import { defineCommand } from '../command/command.ts'
import { several } from '../command/flag.ts'
import { databaseFlags, modelFlags } from '../command/shared-flags.ts'
import { lockTimeoutMs } from '../configure/lock-timeout-ms.ts'
import { counted } from '../print/counted.ts'

interface AdoptResult {
  readonly database: string
  readonly adopted: readonly ObjectPath[]
}

export const adoptCommand = defineCommand({
  name: 'db adopt',
  summary: 'Registers tables that others have made, or that were changed by hand, as they are.',
  description: [
    'What models declare of these tables is followed from then on: their columns, indexes and rules as they are now are entered into',
    'the ledger. No table is changed, and what no model declares stays with whoever made it.',
  ],
  arguments: { table: several('Tables that models declare. Default all of them.') },
  flags: { ...databaseFlags, ...modelFlags },
  result: {
    database: 'The URL, without its password.',
    adopted: 'What was registered: `{ kind, path }`.',
  },
  exits: { 2: 'called or configured wrongly; also a table that no model declares' },
  examples: [
    { command: 'terrace db adopt', does: 'After terrace db pull, all that it has found.' },
    { command: 'terrace db adopt products', does: 'One table, which somebody has altered by hand.' },
  ],
  interrupted: 'atSafePoint',
  async run({ flags, arguments: { table: tables }, project }) {
    const url = project.database()
    const structure = await openStructure(url, { models: await project.models(), ...lockTimeoutMs(flags) })
    try {
      const adopted = await structure.adopt(tables.length === 0 ? undefined : tables)
      return { result: { database: shownUrl(url), adopted } satisfies AdoptResult }
    } finally {
      await structure.close()
    }
  },
  show: ({ database, adopted }, palette) => [
    palette.dim(database),
    adopted.length === 0 ? 'nothing to adopt' : palette.good(`adopted ${counted(adopted.length, 'object')}`),
    ...adopted.map(({ kind, path }) => `- ${kind} ${path}`),
  ],
})
