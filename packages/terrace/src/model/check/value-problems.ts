import { columnFact } from '../bind/column-facts.ts'
import type { ColumnSpec } from '../column.ts'
import { compileValidator } from '../validate.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

/** Defaults and examples that the column's own type or rules refuse. Expects rules that are sound. */
export function valueProblems(where: string, property: string, spec: ColumnSpec): readonly Problem[] {
  if (spec.type.kind === 'native') return []
  const validate = compileValidator(columnFact(property, { ...spec, default: null, example: undefined }, null))
  const wrong = (what: string, value: unknown): readonly Problem[] => {
    const found = value === undefined ? null : validate(value)
    return found === null
      ? []
      : [
          problemAt(
            where,
            `its ${what} ${found.message}`,
            `Give it ${what === 'default' ? 'a' : 'an'} ${what} that its rules allow`,
          ),
        ]
  }
  return [
    ...(isNullDefault(spec) ? [nullDefault(where)] : wrong('default', fixedDefault(spec))),
    ...wrong('example', spec.example),
  ]
}

function fixedDefault({ default: fact }: ColumnSpec): unknown {
  return fact?.kind === 'value' ? fact.value : undefined
}

function isNullDefault(spec: ColumnSpec): boolean {
  return fixedDefault(spec) === null
}

function nullDefault(where: string): Problem {
  return problemAt(where, 'default(null) says nothing: a nullable column is null when absent', 'Remove default()')
}
