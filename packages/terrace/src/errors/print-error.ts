import type { InspectOptions } from 'node:util'

type Inspect = (value: unknown, options: InspectOptions) => string

interface PrintedError extends Error {
  readonly code: string
  readonly kind: string
  readonly remedy: string
  readonly issues: readonly {
    readonly in: string
    readonly path: string
    readonly code: string
    readonly message: string
  }[]
}

const shownOtherwise: ReadonlySet<string> = new Set([
  'name',
  'code',
  'kind',
  'values',
  'definition',
  'fields',
  'issues',
  'retryAfterSeconds',
  'stack',
  'message',
  'cause',
])

/** An error as `util.inspect` shows it, and with it a console: what broke, what to do, where, then what caused it. */
export function printError(error: PrintedError, options: InspectOptions, inspect: Inspect): string {
  const head = `${error.name}: ${error.message}`
  const others = Object.entries(error).filter(([name]) => !shownOtherwise.has(name))
  const lines = [
    head,
    `    ${error.code} (${error.kind})`,
    ...error.issues.map((issue) => `    - ${issue.in} ${issue.path} ${issue.message} (${issue.code})`),
    `    What to do: ${error.remedy}`,
    ...framesOf(error.stack),
    ...(others.length === 0 ? [] : [`  ${inspect(Object.fromEntries(others), options)}`]),
    ...(error.cause === undefined ? [] : [`  [cause]: ${indented(inspect(error.cause, deeper(options)))}`]),
  ]
  return lines.join('\n')
}

// An error may be among its own causes.
const mostCauses = 4

const deeper = (options: InspectOptions): InspectOptions => ({
  ...options,
  depth: Math.min(options.depth ?? mostCauses, mostCauses) - 1,
})

const framesOf = (stack: string | undefined): readonly string[] =>
  (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))

const indented = (text: string): string => text.replaceAll('\n', '\n  ')
