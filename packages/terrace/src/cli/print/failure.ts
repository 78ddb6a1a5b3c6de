import { TerraceError } from '../../errors/index.ts'
import { inFlags } from './in-flags.ts'
import type { Palette } from './palette.ts'
import { withoutPasswords } from './without-passwords.ts'

/** What `--json` says of a failure. */
export interface FailureDocument {
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly values: Readonly<Record<string, unknown>>
}

const unforeseen = 'This is an error of Terrace, or of code that it was given: report it with its trace'

/** `command` is the one that failed; null where there is none. */
export function failureDocument(error: unknown, command: string | null): FailureDocument {
  if (!(error instanceof TerraceError)) {
    return { code: 'UNEXPECTED', message: withoutPasswords(wordsOf(error)), remedy: unforeseen, values: {} }
  }
  const { code, message, remedy, values } = error
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? withoutPasswords(value) : value,
  ])
  return {
    code,
    message: inFlags(withoutPasswords(message), command),
    remedy: inFlags(withoutPasswords(remedy), command),
    values: Object.fromEntries(shown) as Readonly<Record<string, unknown>>,
  }
}

/** What broke, what to do, and what caused it. No trace of what was foreseen. */
export function failureLines(error: unknown, command: string | null, palette: Palette): readonly string[] {
  if (!(error instanceof TerraceError)) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return [`${palette.bad('error')} ${withoutPasswords(trace)}`, `  ${unforeseen}`]
  }
  const { code, message, remedy } = failureDocument(error, command)
  const issues = error.issues.map(({ path, message: problem }) => `  - ${path} ${problem}`)
  const cause = causeOf(error)
  return [
    `${palette.bad('error')} ${palette.bold(code)}: ${message}`,
    ...issues,
    `  ${palette.good('→')} ${remedy}`,
    ...(cause === null ? [] : [palette.dim(`  cause: ${cause}`)]),
  ]
}

/** In the words of whoever refused it; null where the message has them already. */
function causeOf({ cause, message }: TerraceError): string | null {
  if (cause === undefined || cause === null) return null
  const words = withoutPasswords(wordsOf(cause).trim().split('\n')[0] ?? '')
  return words === '' || message.includes(words) ? null : words
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
