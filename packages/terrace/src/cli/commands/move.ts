import { moveDatabase, shownUrl, type LeftBehind, type MovedTable } from '../../connect/index.ts'
import { defineCommand } from '../command/command.ts'
import { count, list, required } from '../command/flag.ts'
import { databaseFlags, modelFlags } from '../command/shared-flags.ts'
import { lockTimeoutMs } from '../configure/lock-timeout-ms.ts'
import { aligned } from '../print/aligned.ts'
import { counted } from '../print/counted.ts'

interface MoveResult {
  readonly from: string
  readonly to: string
  readonly tables: readonly MovedTable[]
  readonly left: readonly LeftBehind[]
  readonly resumed: boolean
  readonly seconds: number
  readonly rowsPerSecond: number
}

export const moveCommand = defineCommand({
  name: 'db move',
  summary: 'Copies all rows into an empty database of any engine, and compares both.',
  description: [
    'The structure is made from the models, rows are copied in batches, then keys and indexes are made and each table is read again on both',
    'sides: its rows and a checksum that does not depend on their order have to be equal. The source is not changed; who writes to it',
    'meanwhile makes the two differ. What was interrupted goes on where it stopped, when the same command is run again. A database that has',
    'the tables already is refused: nothing is ever overwritten.',
  ],
  arguments: { to: required('The URL of an empty database.') },
  flags: {
    ...databaseFlags,
    ...modelFlags,
    'batch-rows': count('<rows>', 'Rows of one transaction, at the most. Default 1000.'),
    'leave-behind': list(
      '<name>',
      'A table, or a column as `products.kcal`, that is not moved although it has values.',
    ),
  },
  result: {
    from: 'The URL of the source, without its password.',
    to: 'The URL of the target, without its password.',
    tables: '`{ table, rows, checksum }`, equal on both sides, in the order in which they were moved.',
    left: 'What is in the source alone: `{ kind, name }`.',
    resumed: 'Whether an earlier move was continued.',
    seconds: 'How long it took.',
    rowsPerSecond: 'While rows were copied.',
  },
  exits: {
    3: 'refused: the target is not empty, the source has what no model declares, a value has no place in the target, or the two differ',
  },
  examples: [
    { command: 'terrace db move "$NEW_DATABASE_URL"', does: 'From a file, say, to a server.' },
    { command: 'terrace db move "$OLD_DATABASE_URL" --url "$NEW_DATABASE_URL"', does: 'And back.' },
  ],
  interrupted: 'atSafePoint',
  async run({ flags, arguments: { to }, project, report, signal }) {
    const from = project.database()
    const { tables, left, resumed, seconds, rowsPerSecond } = await moveDatabase({
      from,
      to,
      models: await project.models(),
      leaveBehind: flags['leave-behind'],
      ...(flags['batch-rows'] === undefined ? {} : { batchRows: flags['batch-rows'] }),
      ...lockTimeoutMs(flags),
      signal,
      observer: {
        batch: ({ table, rows, of }) => report.progress(`rows of ${table}`, rows, of),
        comparing: (table) => report.progress(`comparing ${table}`, 0),
      },
    })
    const result: MoveResult = { from: shownUrl(from), to: shownUrl(to), tables, left, resumed, seconds, rowsPerSecond }
    return { result }
  },
  show: ({ from, to, tables, left, resumed, seconds }: MoveResult, palette) => {
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    return [
      palette.dim(`${from} → ${to}`),
      palette.good(`moved ${counted(tables.length, 'table')}, ${counted(rows, 'row')}, in ${seconds.toFixed(1)} s`),
      ...aligned(
        tables.map(({ table, rows: moved, checksum }) => [
          table,
          counted(moved, 'row'),
          palette.dim(checksum.slice(0, 16)),
        ]),
        '  ',
      ),
      ...(resumed ? ['an earlier move was continued'] : []),
      ...left.map(({ kind, name }) => palette.warn(`left in the source: ${kind} ${name}`)),
    ]
  },
})
