import { seedDatabase, shownUrl, type SeededTable } from '../../connect/index.ts'
import { defineCommand } from '../command/command.ts'
import { toggle } from '../command/flag.ts'
import { databaseFlags, modelFlags } from '../command/shared-flags.ts'
import { lockTimeoutMs } from '../configure/lock-timeout-ms.ts'
import { counted } from '../print/counted.ts'

interface SeedResult {
  readonly database: string
  readonly seeded: readonly SeededTable[]
}

export const seedCommand = defineCommand({
  name: 'db seed',
  summary: 'Fills empty tables with the seeds of their models, and leaves the structure alone.',
  description: [
    'Rows are those under `seeds` of the configuration, else of the model: in the order of references, in one transaction for each',
    'table. A table with any row is not touched; rows in the trash are rows.',
  ],
  arguments: {},
  flags: {
    ...databaseFlags,
    ...modelFlags,
    once: toggle('Not what was seeded before, also when the rows are gone.'),
  },
  result: {
    database: 'The URL, without its password.',
    seeded: 'Tables that got rows: `{ table, rows }`.',
  },
  exits: { 1: 'a row breaks a rule, or the database refuses it', 3: 'a table of the seeds is not there' },
  examples: [{ command: 'terrace db seed', does: 'After terrace db upgrade, which makes tables and no rows.' }],
  interrupted: 'atSafePoint',
  async run({ flags, project, report }) {
    const url = project.database()
    const seeded = await seedDatabase(url, {
      models: await project.models(),
      seeds: project.config.seeds ?? {},
      seed: flags.once ? 'once' : 'empty',
      ...lockTimeoutMs(flags),
      observer: {
        waiting: () => report.waiting(),
        seeded: ({ table, rows }) => {
          report.working()
          report.progress(`seeded ${table}`, rows)
        },
      },
    })
    return { result: { database: shownUrl(url), seeded } satisfies SeedResult }
  },
  show: ({ database, seeded }, palette) => [
    palette.dim(database),
    ...(seeded.length === 0 ? ['nothing to seed: no table with seeds is empty'] : []),
    ...seeded.map(({ table, rows }) => `seeded ${table}: ${counted(rows, 'row')}`),
  ],
})
