import { openPolicies, shownUrl, type PolicyReport } from '../../connect/index.ts'
import { defineCommand, type Call } from '../command/command.ts'
import { toggle } from '../command/flag.ts'
import { databaseFlags, modelFlags } from '../command/shared-flags.ts'
import { lockTimeoutMs } from '../configure/lock-timeout-ms.ts'
import { counted } from '../print/counted.ts'
import type { Palette } from '../print/palette.ts'

interface PoliciesResult extends PolicyReport {
  readonly database: string
}

const flags = {
  ...databaseFlags,
  ...modelFlags,
  apply: toggle('Runs the statements, in one transaction under the lock of the structure.'),
  drop: toggle('Takes away every policy that was made, also of models that are gone.'),
}
type PoliciesCall = Call<typeof flags, Readonly<Record<never, never>>>

export const policiesCommand = defineCommand({
  name: 'db policies',
  summary: 'Prints, makes or takes away the policies by which the database itself holds rows to their owners.',
  description: [
    'Policies on rows are the second wall behind the scope of sessions, where `rowLevelSecurity` asks for it. Without flags it prints',
    'the statements that are missing, and changes nothing. Run it as the owner of the tables. Policies of others are left alone; one',
    'that opens a table further is told. With `rowLevelSecurity: { role }` in the configuration, `--apply` also proves that they hold',
    'that role.',
  ],
  arguments: {},
  flags,
  conflicts: [['apply', 'drop']],
  result: {
    database: 'The URL, without its password.',
    statements: 'In their order: what it takes, or what was done.',
    problems: 'A line for each table that was not limited as the models want it.',
    applied: 'Whether the statements were run.',
  },
  exits: { 3: 'with `--apply`: policies of others are in the way, or none holds the role' },
  examples: [
    { command: 'terrace db policies', does: 'What it takes, for review or for another to run.' },
    { command: 'terrace db policies --apply', does: 'After terrace db upgrade, in a deployment.' },
    { command: 'terrace db policies --drop', does: 'Leaves the scope of sessions as the only wall.' },
  ],
  interrupted: 'atSafePoint',
  async run(call) {
    const url = call.project.database()
    return { result: { database: shownUrl(url), ...(await worked(call, url)) } satisfies PoliciesResult }
  },
  show: policyLines,
})

async function worked({ flags: given, project, report }: PoliciesCall, url: string): Promise<PolicyReport> {
  const { rowLevelSecurity = false } = project.config
  return openPolicies(url, {
    models: await project.models(),
    work: given.drop ? 'drop' : given.apply ? 'apply' : 'plan',
    ...(typeof rowLevelSecurity === 'object' ? { role: rowLevelSecurity.role } : {}),
    ...lockTimeoutMs(given),
    waiting: () => report.waiting(),
  })
}

function policyLines({ database, statements, problems, applied }: PoliciesResult, palette: Palette): readonly string[] {
  const count = counted(statements.length, 'statement')
  const head = applied ? `${count} run` : `${count} missing`
  return [
    palette.dim(database),
    statements.length + problems.length === 0 ? palette.good('nothing to do') : palette.bold(head),
    ...problems.map((line) => palette.dim(`-- ${line}`)),
    ...statements.map((sql) => `${sql};`),
  ]
}
