import type { Drift, HazardClass, LeftAlone, LockLevel, Plan, Step } from '../../schema/index.ts'
import { declaredAt, driftLine } from '../../sync/index.ts'
import { counted } from './counted.ts'
import { inFlags } from './in-flags.ts'
import type { Palette } from './palette.ts'

/** A plan for people: each step with its statements and what stands behind it, then what is refused, left and allowed in vain. */
export function planLines(plan: Plan, palette: Palette): readonly string[] {
  const { steps, transactional } = plan
  const way = transactional ? 'in one transaction' : 'each for itself'
  const head = steps.length === 0 ? 'nothing to do' : `${counted(steps.length, 'step')}, ${way}`
  return [
    palette.bold(head),
    ...steps.flatMap((step) => ['', ...stepLines(step, palette)]),
    ...restLines(plan, palette),
  ]
}

function stepLines(step: Step, palette: Palette): readonly string[] {
  const { n, change, table, source, statements, inverse, hazards, prechecks } = step
  const origin = source === null ? '' : `  ${palette.dim(`[${declaredAt(source)}]`)}`
  return [
    `${palette.bold(`${n}. ${change} ${table}`)}${origin}`,
    ...step.changes.map(({ object, live, wanted }) => `   ${object}: ${live} → ${wanted}`),
    `   ${palette.dim(costOf(step))}`,
    ...distinct(hazards.map((hazard) => `   ${palette.warn(hazardWords[hazard.class])}: ${hazard.reason}`)),
    ...prechecks.map(({ offending }) => `   counted first: ${offending}`),
    ...statements.map((sql) => palette.name(indented(sql))),
    ...(inverse === null ? [] : [palette.dim(`   way back: ${counted(inverse.length, 'statement')}`)]),
  ]
}

const hazardWords: Readonly<Record<HazardClass, string>> = {
  lossy: 'loses values',
  dataDependent: 'depends on the rows',
  blocking: 'blocks',
  breaking: 'breaks the previous release',
  irreversible: 'cannot be undone',
}

const blockWords: Readonly<Record<LockLevel['blocks'], string>> = {
  nothing: 'blocks nobody',
  writes: 'blocks writes',
  everything: 'blocks reads and writes',
}

const workWords: Readonly<Record<LockLevel['work'], string>> = {
  none: 'touches no row',
  scan: 'reads every row',
  rewrite: 'rewrites every row',
}

function costOf({ lock, rows }: Step): string {
  const size = rows === null ? [] : [`about ${counted(rows, 'row')}`]
  return [blockWords[lock.blocks], workWords[lock.work], ...size].join(', ')
}

function indented(sql: string): string {
  return `     ${sql.replaceAll('\n', '\n     ')};`
}

function distinct(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)]
}

type Rest = Pick<Plan, 'drift' | 'frozen' | 'leftAlone' | 'unusedAllowances'>

/** What a plan does not do, and why. */
export function restLines({ drift, frozen, leftAlone, unusedAllowances }: Rest, palette: Palette): readonly string[] {
  return [
    ...section(
      palette.bad(`refused: ${drift.length}`),
      drift.map((each) => inFlags(driftLine(each))),
    ),
    ...section(palette.warn(`changed by hand, and left so: ${frozen.length}`), frozen.map(frozenLine)),
    ...section(palette.bold(`left alone: ${leftAlone.length}`), leftAlone.map(leftLine)),
    ...section(
      palette.warn(`allowed and not needed: ${unusedAllowances.length}`),
      unusedAllowances.map((allowance) => `- ${allowance}`),
    ),
  ]
}

function frozenLine({ object, live, wanted, remedy }: Drift): string {
  return `- ${object}: is ${live}, wanted ${wanted}. ${inFlags(remedy)}.`
}

function leftLine({ object, note }: LeftAlone): string {
  return `- ${object}: ${note}`
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}
