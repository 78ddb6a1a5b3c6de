import { join } from 'node:path'
import { openStructure, shownUrl } from '../../connect/index.ts'
import { errors } from '../../errors/index.ts'
import { defineCommand, type Call, type Outcome } from '../command/command.ts'
import { databaseFlags, folderFlags, modelFlags } from '../command/shared-flags.ts'
import { lockTimeoutMs } from '../configure/lock-timeout-ms.ts'
import { withModelMigrations } from '../configure/with-migrations.ts'

interface CheckResult {
  readonly against: 'head' | 'database'
  readonly of: string
  readonly differences: readonly string[]
}

const flags = { ...databaseFlags, ...modelFlags, ...folderFlags }
type CheckCall = Call<typeof flags, Readonly<Record<never, never>>>

export const checkCommand = defineCommand({
  name: 'db check',
  summary: 'Fails where the models differ from the head of the revisions, or from the database.',
  description: [
    'With a folder of revisions, the models are compared with the structure after its head: for a pipeline that refuses a change of the',
    'models without its revision. Without one, they are compared with the database, where anything differs that a start would have to',
    'do, or that was changed by hand. It says which of the two it was.',
  ],
  arguments: {},
  flags,
  result: {
    against: '`head`: the folder of revisions; `database`: there are none for this engine.',
    of: 'The folder, or the URL without its password.',
    differences: 'A line for each; empty where nothing differs.',
  },
  exits: { 0: 'nothing differs', 3: 'the models differ from the head, or from the database' },
  examples: [{ command: 'terrace db check', does: 'In a pipeline: exit code 3 where a revision is missing.' }],
  interrupted: 'atOnce',
  run: async (call) => (await againstHead(call)) ?? againstDatabase(call),
  show: ({ against, of, differences }: CheckResult, palette) => {
    const side = against === 'head' ? `the head of ${of}` : `the database ${of}`
    if (differences.length > 0) return [palette.bad(`the models differ from ${side}`)]
    return [palette.good(`the models are what ${side} has`)]
  },
})

/** Null where this engine has no revisions. */
async function againstHead(call: CheckCall): Promise<Outcome<CheckResult> | null> {
  if (!call.project.hasMigrations()) return null
  return withModelMigrations(call, async (migrations) => {
    const { folder, dialect, revisions } = await migrations.history()
    if (revisions.length === 0) return null
    const differences = await migrations.check()
    const remedy = 'Write the revision that leads there: terrace db revision -m "…"'
    return outcome({ against: 'head', of: call.project.shown(join(folder, dialect)), differences }, remedy)
  })
}

async function againstDatabase({ flags: given, project }: CheckCall): Promise<Outcome<CheckResult>> {
  const url = project.database()
  const structure = await openStructure(url, { models: await project.models(), ...lockTimeoutMs(given) })
  try {
    const { steps, drift, frozen } = await structure.plan()
    const changes = [...drift, ...frozen, ...steps.flatMap((step) => step.changes)]
    const differences = [...new Set(changes.map(({ object, live, wanted }) => `${object}: ${live} → ${wanted}`))]
    const remedy = 'terrace db plan says what it takes, terrace db sync does it where nothing is lost'
    return outcome({ against: 'database', of: shownUrl(url), differences }, remedy)
  } finally {
    await structure.close()
  }
}

function outcome(result: CheckResult, remedy: string): Outcome<CheckResult> {
  const { against, of, differences } = result
  if (differences.length === 0) return { result }
  const side = against === 'head' ? `the head of ${of}` : `the database ${of}`
  const list = differences.map((line) => `- ${line}`).join('\n')
  return { result, refusal: errors.CLI_DIFFERS({ values: { side, count: differences.length, list, remedy } }) }
}
