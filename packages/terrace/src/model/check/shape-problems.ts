import type { Models } from '../bound-model.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'

/** What is no model or no column at all, as code without types can write; nothing else can be checked until it is. */
export function shapeProblems(models: Models): readonly Problem[] {
  return Object.entries(models).flatMap(([name, model]) =>
    isModel(model)
      ? columnShapes(name, model.columns)
      : [problemAt(name, 'is not a model', "Declare it with model('table', { … })")],
  )
}

function columnShapes(name: string, columns: object): readonly Problem[] {
  return Object.entries(columns)
    .filter(([, column]) => !hasObject(column, 'spec'))
    .map(([property, column]) => {
      const remedy =
        typeof column === 'function'
          ? 'Call the column function: text(), not text'
          : 'Declare it with a column function, like text()'
      return problemAt(`${name}.${property}`, 'is not a column', remedy)
    })
}

function isModel(model: unknown): model is Models[string] {
  return (
    hasObject(model, 'columns') && hasObject(model, 'options') && typeof (model as Models[string]).table === 'string'
  )
}

function hasObject(value: unknown, property: string): boolean {
  if (typeof value !== 'object' || value === null) return false
  const part = (value as Readonly<Record<string, unknown>>)[property]
  return typeof part === 'object' && part !== null
}
