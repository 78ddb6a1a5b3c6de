import { openStructure, shownUrl } from '../../connect/index.ts'
import type { Plan } from '../../schema/index.ts'
import { defineCommand } from '../command/command.ts'
import { list, toggle } from '../command/flag.ts'
import { databaseFlags, modelFlags } from '../command/shared-flags.ts'
import { lockTimeoutMs } from '../configure/lock-timeout-ms.ts'
import { planLines } from '../print/plan-lines.ts'
import { refusedPlan } from './refused-plan.ts'

interface PlanResult {
  readonly database: string
  readonly mode: 'everything' | 'startup'
  readonly plan: Plan
}

export const planCommand = defineCommand({
  name: 'db plan',
  summary: 'Shows what it would take to make the database what the models say.',
  description: [
    'Reads the database, compares it with the models and prints each step: its statements, what makes it dangerous, the lock it takes,',
    'the rows concerned and the model fact behind it. Changes nothing. What was not made by Terrace is left alone and told.',
    'By default everything is planned, for a person to look at. --startup plans what a start would do, and shows what it would refuse.',
  ],
  arguments: {},
  flags: {
    ...databaseFlags,
    ...modelFlags,
    startup: toggle('What a start would do, and refuse.'),
    allow: list('<change>', 'A change that loses or breaks something and is wanted: `drop-column products.kcal`.'),
    maintenance: toggle('With --startup: nobody else is at work.'),
    online: toggle('Prefer ways that keep others working, in steps outside of a transaction.'),
  },
  conflicts: [
    ['startup', 'online'],
    ['maintenance', 'online'],
  ],
  result: {
    database: 'The URL, without its password.',
    mode: '`everything`, or `startup`.',
    plan: 'The plan as data: `steps`, `drift` (what is refused), `frozen`, `leftAlone`, `hazards`, `renames`, `unusedAllowances`, `transactional`.',
  },
  exits: { 0: 'planned, also where there is nothing to do', 3: 'planned, and some of it is refused' },
  examples: [
    { command: 'terrace db plan', does: 'What differs, and the statements.' },
    { command: 'terrace db plan --startup --json', does: 'What a start would do, for a program.' },
    {
      command: `terrace db plan --startup --allow 'drop-column products.kcal'`,
      does: 'The same with one loss allowed.',
    },
  ],
  interrupted: 'atOnce',
  async run({ flags, project }) {
    const url = project.database()
    const structure = await openStructure(url, { models: await project.models(), ...lockTimeoutMs(flags) })
    try {
      const mode = flags.startup ? 'startup' : 'everything'
      const { allow, maintenance, online } = flags
      const plan = await structure.plan({ mode, allow, maintenance, online })
      const result: PlanResult = { database: shownUrl(url), mode, plan }
      return { result, ...refusedPlan(plan) }
    } finally {
      await structure.close()
    }
  },
  show: ({ database, plan }, palette) => [palette.dim(database), ...planLines(plan, palette)],
})
