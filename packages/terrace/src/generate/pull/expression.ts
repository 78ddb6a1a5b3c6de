/**
 * What stands in a file of models: printed to be read, and evaluated to look what it declares. One description for both, so that a
 * file never says anything else than what was looked at.
 */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | bigint | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | {
      readonly kind: 'record'
      readonly entries: readonly (readonly [key: string, value: Expression])[]
      /** Each entry on a line of its own, however short they are. */
      readonly isOpen: boolean
    }
  /** A function of `terrace/model`. */
  | { readonly kind: 'call'; readonly function: string; readonly given: readonly Expression[] }
  | {
      readonly kind: 'method'
      readonly on: Expression
      readonly method: string
      readonly given: readonly Expression[]
    }
  /** Another model, as a value. */
  | { readonly kind: 'model'; readonly name: string }
  /** A function that makes the present instant, as a `Date` or as text. */
  | { readonly kind: 'now'; readonly isText: boolean }

export function call(name: string, ...given: readonly Expression[]): Expression {
  return { kind: 'call', function: name, given }
}

export function method(on: Expression, name: string, ...given: readonly Expression[]): Expression {
  return { kind: 'method', on, method: name, given }
}

/** Plain data as an expression; properties that are undefined are left out. */
export function plain(value: unknown): Expression {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(plain) }
  if (typeof value === 'object' && value !== null) {
    const given = Object.entries(value).filter(([, part]) => part !== undefined)
    return record(given.map(([key, part]) => [key, plain(part)]))
  }
  return { kind: 'literal', value: value as string | number | bigint | boolean | null }
}

export function record(entries: readonly (readonly [string, Expression])[]): Expression {
  return { kind: 'record', entries, isOpen: false }
}

export function openRecord(entries: readonly (readonly [string, Expression])[]): Expression {
  return { kind: 'record', entries, isOpen: true }
}

/** Every expression within one, itself included. */
export function partsOf(expression: Expression): readonly Expression[] {
  const within = (parts: readonly Expression[]): readonly Expression[] => [expression, ...parts.flatMap(partsOf)]
  switch (expression.kind) {
    case 'list':
      return within(expression.items)
    case 'record':
      return within(expression.entries.map(([, value]) => value))
    case 'call':
      return within(expression.given)
    case 'method':
      return within([expression.on, ...expression.given])
    default:
      return [expression]
  }
}
