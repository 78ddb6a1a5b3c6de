import { DriverError } from '../../database/index.ts'
import { TerraceError } from '../../errors/index.ts'
import { hiddenMark } from './mask-text.ts'

type Facts = Readonly<Record<string, unknown>>

export interface CensorContext {
  /** Any value, with what is secret by its name taken out. */
  readonly value: (value: unknown) => unknown
  readonly text: (text: string) => string
}

/** Causes beyond these are left out: an error may be among its own. */
const mostCauses = 5

/** Written from other properties, or nothing that a reader needs. */
const shownOtherwise: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors'])

/**
 * An error as a log may show it. Of what a database's driver reported only its codes: the text has the values that broke a rule
 * (`Key (email)=(…) already exists`), and so has its stack.
 */
export function censorError(error: Error, context: CensorContext, depth = 0): Facts {
  const facts = isFromEngine(error) ? engineFacts(error) : ownFacts(error, context)
  if (depth >= mostCauses) return facts
  const inner = (cause: unknown): unknown => innerCause(error, cause, { context, depth })
  return {
    ...facts,
    ...(error.cause === undefined ? {} : { cause: inner(error.cause) }),
    ...(error instanceof AggregateError && Array.isArray(error.errors)
      ? { errors: error.errors.slice(0, mostCauses).map(inner) }
      : {}),
  }
}

function innerCause(
  outer: Error,
  cause: unknown,
  { context, depth }: { readonly context: CensorContext; readonly depth: number },
): unknown {
  if (!(cause instanceof Error)) return outer instanceof DriverError ? hiddenMark : context.value(cause)
  return outer instanceof DriverError ? engineFacts(cause) : censorError(cause, context, depth + 1)
}

function ownFacts(error: Error, { value, text }: CensorContext): Facts {
  const own = Object.entries(error).filter(([name]) => !shownOtherwise.has(name))
  // Libraries, and what prepares stacks for a debugger, write other things than texts to them.
  const message = text(String(error.message))
  const name = String(error.name)
  return {
    type: name,
    message,
    ...(error instanceof TerraceError ? { remedy: text(error.remedy) } : {}),
    ...(value(Object.fromEntries(own)) as Facts),
    stack: [`${name}: ${message}`, ...framesOf(error)].join('\n'),
  }
}

/** The frames alone: what stands before them is the message, which may have lines of its own. */
function framesOf({ stack, message }: Error): readonly string[] {
  if (typeof stack !== 'string') return []
  const at = stack.indexOf(message)
  const behind = at === -1 ? stack : stack.slice(at + message.length)
  return behind.split('\n').filter((line) => /^\s+at /.test(line))
}

/** As the drivers of servers report a statement that failed, whoever called them. */
function isFromEngine(error: Error): boolean {
  return 'sqlMessage' in error || ('severity' in error && 'routine' in error)
}

/** Codes and names of the engine's own; nothing that a statement could have put into them. */
const engineProperties = ['code', 'errno', 'sqlState', 'severity', 'routine', 'table', 'constraint', 'column'] as const

function engineFacts(error: Error): Facts {
  const known = engineProperties.flatMap((name) => {
    const value: unknown = (error as Partial<Record<typeof name, unknown>>)[name]
    return typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : []
  })
  return { type: String(error.name), message: withoutQuoted(String(error.message)), ...Object.fromEntries(known) }
}

/**
 * Engines quote the values that they complain about. From the first quote to the last, since a value may have quotes in it;
 * of several lines the first, since a value may have lines.
 */
function withoutQuoted(message: string): string {
  const quotes = [...message.matchAll(/["'`]/g)].map(({ index }) => index)
  const [first] = quotes
  const last = quotes.at(-1)
  const shown =
    first === undefined || last === undefined
      ? message
      : `${message.slice(0, first)}${hiddenMark}${message.slice(last + 1)}`
  return shown.split('\n')[0] as string
}
