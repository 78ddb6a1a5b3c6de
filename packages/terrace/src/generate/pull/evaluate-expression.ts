import {
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  float,
  identity,
  integer,
  json,
  model,
  native,
  oneOf,
  reference,
  smallint,
  text,
  time,
  timestamp,
  uuid,
  type Model,
} from '../../model/index.ts'
import type { Expression } from './expression.ts'

const functions = {
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  float,
  identity,
  integer,
  json,
  model,
  native,
  oneOf,
  reference,
  smallint,
  text,
  time,
  timestamp,
  uuid,
}

type Called = (...given: readonly unknown[]) => unknown

/** The value of an expression, where `models` has the other models that it names. */
export function evaluateExpression(expression: Expression, models: ReadonlyMap<string, Model>): unknown {
  const valueOf = (part: Expression): unknown => evaluateExpression(part, models)
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'list':
      return expression.items.map(valueOf)
    case 'record':
      return Object.fromEntries(expression.entries.map(([key, value]) => [key, valueOf(value)]))
    case 'call':
      return (functions[expression.function as keyof typeof functions] as Called)(...expression.given.map(valueOf))
    case 'method': {
      const target = valueOf(expression.on) as Readonly<Record<string, Called>>
      return Reflect.apply(target[expression.method] as Called, target, expression.given.map(valueOf))
    }
    case 'model':
      return models.get(expression.name)
    case 'now':
      return expression.isText ? () => new Date().toISOString() : () => new Date()
  }
}
