import type { DeclaredGraph, DeclaredModel } from '../bind/declared-graph.ts'
import { isObjectName } from '../reserved-names.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

const includeForm = /^[a-z][A-Za-z0-9]*$/

interface IncludeName {
  readonly name: string
  /** Where it was declared. */
  readonly where: string
  /** What it names, for the message of whoever meets it. */
  readonly what: string
  readonly word: 'as' | 'inverse'
}

/** Names that rows of the model would carry twice: columns, references and inverses share one object. */
export function includeProblems(model: DeclaredModel, graph: DeclaredGraph): readonly Problem[] {
  const taken = new Map([...model.columns.keys()].map((property) => [property, `the column ${model.name}.${property}`]))
  return [...ownNames(model), ...inverseNames(model, graph)].flatMap(({ name, where, what, word }) => {
    if (!includeForm.test(name) || isObjectName(name))
      return [problemAt(where, `"${name}" is no name of an include`, `Give ${word} a camelCase name`)]
    const holder = taken.get(name)
    if (holder === undefined) taken.set(name, what)
    return holder === undefined
      ? []
      : [problemAt(where, `is included as "${name}", which is ${holder}`, `Give it another name with { ${word}: '…' }`)]
  })
}

function ownNames({ name: model, references }: DeclaredModel): readonly IncludeName[] {
  return references.flatMap(({ as, columns }) => {
    const where = `${model}.${columns.join('+')}`
    return as === null ? [] : [{ name: as, where, what: `the include of ${where}`, word: 'as' as const }]
  })
}

function inverseNames(model: DeclaredModel, { models, byTable }: DeclaredGraph): readonly IncludeName[] {
  return models.flatMap((other) =>
    other.references.flatMap(({ inverse, columns, table }) => {
      const where = `${other.name}.${columns.join('+')}`
      const isHere = inverse !== null && byTable.get(table) === model
      return isHere ? [{ name: inverse, where, what: `the inverse of ${where}`, word: 'inverse' as const }] : []
    }),
  )
}
