import { openDatabase, openStructure, shownUrl, withSeeds, type SyncReport } from '../../connect/index.ts'
import type { Drift, LeftAlone, Step } from '../../schema/index.ts'
import { defineCommand, type Call, type Outcome } from '../command/command.ts'
import { list, text, toggle, type FlagValues } from '../command/flag.ts'
import { databaseFlags, modelFlags } from '../command/shared-flags.ts'
import { lockTimeoutMs } from '../configure/lock-timeout-ms.ts'
import { errors } from '../../errors/index.ts'
import { counted } from '../print/counted.ts'
import type { Palette } from '../print/palette.ts'
import { planLines, restLines } from '../print/plan-lines.ts'
import { refusedPlan } from './refused-plan.ts'

interface SyncResult {
  readonly database: string
  readonly dryRun: boolean
  readonly steps: readonly Step[]
  readonly created: readonly string[]
  readonly seeded: readonly { readonly table: string; readonly rows: number }[]
  readonly refused: readonly Drift[]
  readonly frozen: readonly Drift[]
  readonly leftAlone: readonly LeftAlone[]
  readonly orphaned: readonly string[]
  readonly notOwned: readonly string[]
  readonly unusedAllowances: readonly string[]
}

const flags = {
  ...databaseFlags,
  ...modelFlags,
  allow: list('<change>', 'A change that loses or breaks something and is wanted: `drop-column products.kcal`.'),
  maintenance: toggle('Nobody else is at work: what breaks other releases, or blocks them for long, is done too.'),
  seed: text(
    '<when>',
    '`empty` (default): seeds each empty table that has seeds. `once`: unless it was seeded before.',
  ),
  'dry-run': toggle('Shows what would be done and refused, and changes nothing.'),
}

type SyncCall = Call<typeof flags, Readonly<Record<never, never>>>

export const syncCommand = defineCommand({
  name: 'db sync',
  summary: 'Makes the database follow the models, as a start of the app does.',
  description: [
    'Creates what is missing, aligns what differs where the rows that are there prove that nothing is lost, and seeds empty tables.',
    'Where anything else differs nothing is changed, and each difference is told with the way on. What loses values is done',
    `where it is allowed by its name: --allow 'drop-column products.kcal'. It never asks.`,
  ],
  arguments: {},
  flags,
  conflicts: [['dry-run', 'seed']],
  result: {
    database: 'The URL, without its password.',
    dryRun: 'Whether nothing was done.',
    steps: 'The steps that were done, or with `dryRun` would be.',
    created: 'Tables that were created, or would be.',
    seeded: 'Tables that were seeded: `{ table, rows }`.',
    refused: 'With `dryRun`: what is refused. Else empty: a refusal is `STRUCTURE_DRIFT`.',
    frozen: 'Objects that a person has changed, and that were left so.',
    leftAlone: 'What the models do not know, and was left.',
    orphaned: 'Tables of models that are gone: kept. Empty with `dryRun`.',
    notOwned: 'Tables that others have made, and that match. Empty with `dryRun`.',
    unusedAllowances: 'What was allowed and not needed.',
  },
  exits: { 0: 'in sync, now or before', 3: 'something is refused, and nothing was changed' },
  examples: [
    { command: 'terrace db sync', does: 'What the next start would do, now.' },
    { command: 'terrace db sync --dry-run', does: 'Only says it.' },
    { command: `terrace db sync --allow 'drop-column products.kcal'`, does: 'Gives one column up.' },
  ],
  interrupted: 'atSafePoint',
  run: (call) => (call.flags['dry-run'] ? planned(call) : followed(call)),
  show: syncLines,
})

async function planned({ flags: given, project }: SyncCall): Promise<Outcome<SyncResult>> {
  const url = project.database()
  const structure = await openStructure(url, { models: await project.models(), ...lockTimeoutMs(given) })
  try {
    const plan = await structure.plan({ mode: 'startup', allow: given.allow, maintenance: given.maintenance })
    const { steps, drift: refused, frozen, leftAlone, unusedAllowances } = plan
    const created = steps.filter(({ change }) => change === 'createTable').map(({ table }) => table)
    const none = { seeded: [], orphaned: [], notOwned: [] }
    const found = { steps, created, refused, frozen, leftAlone, unusedAllowances }
    return { result: { database: shownUrl(url), dryRun: true, ...none, ...found }, ...refusedPlan(plan) }
  } finally {
    await structure.close()
  }
}

async function followed({ flags: given, project, report }: SyncCall): Promise<Outcome<SyncResult>> {
  const url = project.database()
  const models = withSeeds(await project.models(), project.config.seeds ?? {})
  let done: SyncReport | null = null
  let steps = 0
  const database = await openDatabase(url, {
    models,
    rowLevelSecurity: project.config.rowLevelSecurity ?? false,
    structure: { allow: given.allow, maintenance: given.maintenance, ...seedOf(given), ...lockTimeoutMs(given) },
    structureObserver: {
      waiting: () => report.waiting(),
      applied: () => {
        report.working()
        report.progress('steps', (steps += 1))
      },
      seeded: ({ table, rows }) => report.progress(`seeded ${table}`, rows),
      done: (found) => {
        done = found
      },
    },
  })
  await database.close()
  return { result: resultOf(shownUrl(url), done as unknown as SyncReport) }
}

function resultOf(database: string, report: SyncReport): SyncResult {
  const { steps, created, seeded, frozen, leftAlone, orphaned, notOwned, unusedAllowances } = report
  const left = { frozen, leftAlone, orphaned, notOwned, unusedAllowances }
  return { database, dryRun: false, steps, created: created.tables, seeded, refused: [], ...left }
}

/** `STRUCTURE_OPTION` would name the option and not the flag. */
export function seedOf({ seed }: Pick<FlagValues<typeof flags>, 'seed'>): { readonly seed?: 'empty' | 'once' } {
  if (seed === undefined) return {}
  if (seed === 'empty' || seed === 'once') return { seed }
  throw errors.CLI_USAGE({ values: { problem: `--seed is none of empty, once`, remedy: 'Write --seed once' } })
}

function syncLines(result: SyncResult, palette: Palette): readonly string[] {
  const { database, dryRun, steps, created, seeded, refused } = result
  const rest = { ...result, drift: refused }
  if (dryRun) {
    const plan = { ...rest, hazards: [], renames: [], transactional: false }
    return [palette.dim(database), palette.bold('dry run: nothing was changed'), ...planLines(plan, palette)]
  }
  const changes = steps.filter(({ table }) => !created.includes(table))
  const head = steps.length + seeded.length === 0 ? 'in sync: nothing to do' : 'in sync'
  return [
    palette.dim(database),
    palette.good(head),
    ...created.map((table) => `- created ${table}`),
    ...changes.flatMap((step) => step.changes.map(({ object, live, wanted }) => `- ${object}: ${live} → ${wanted}`)),
    ...seeded.map(({ table, rows }) => `- seeded ${table}: ${counted(rows, 'row')}`),
    ...restLines(rest, palette),
    ...kept('made for models that are gone, and kept', result.orphaned, palette),
    ...kept('made by others, and used as they are', result.notOwned, palette),
  ]
}

function kept(title: string, tables: readonly string[], palette: Palette): readonly string[] {
  return tables.length === 0 ? [] : ['', palette.bold(title), ...tables.map((table) => `- ${table}`)]
}
