import type { Palette } from './palette.ts'
import type { ShownRevision, ShownStep } from './shown-revision.ts'

/** `20261121093000a1b2 add barcode`, and which came before. */
export function revisionCells({ revision, description, parents }: ShownRevision, palette: Palette): readonly string[] {
  const before = parents.length === 0 ? '(the first)' : `after ${parents.join(' and ')}`
  return [palette.name(revision), description, palette.dim(before)]
}

export function stepLines(steps: readonly ShownStep[], palette: Palette): readonly string[] {
  if (steps.length === 0) return ['  (no steps)']
  return steps.flatMap((step, at) => {
    const number = `  ${at + 1}. `
    if ('irreversible' in step) return [`${number}${palette.warn('no way back')}: ${step.irreversible}`]
    if ('data' in step) return [`${number}rows by the function ${step.data}, version ${step.version}`]
    const outside = step.transaction ? [] : [palette.dim('     outside of a transaction')]
    const refusals = step.refuseIf.map(({ rows }) => palette.dim(`     refused where there are ${rows}`))
    const [first = '', ...rest] = step.sql
    return [`${number}${statement(first)}`, ...rest.map((sql) => `     ${statement(sql)}`), ...refusals, ...outside]
  })
}

function statement(sql: string): string {
  return `${sql.trim().replaceAll('\n', '\n     ').replace(/;$/, '')};`
}
