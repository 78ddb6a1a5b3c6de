import { findTool, ToolMissing, type ToolFailure } from '../../../database/index.ts'
import { errors } from '../../../errors/index.ts'

/** The program, with the number of its release: 15 of `pg_dump (PostgreSQL) 15.20`. `BACKUP_TOOL_MISSING`. */
export async function requireTool(tool: string): Promise<number> {
  try {
    const { version } = await findTool([tool])
    return majorOf(/\) (\d[\d.]*)/.exec(version)?.[1] ?? '')
  } catch (error) {
    if (!(error instanceof ToolMissing)) throw error
    throw missing(tool, 'it is not installed, or not in PATH', error)
  }
}

/** A program that is older than the server does not know what the server keeps, and refuses by itself. */
export function requireAsNew(tool: string, release: number, serverVersion: string): void {
  const server = majorOf(serverVersion)
  if (release >= server) return
  throw missing(tool, `the one in PATH is of release ${release}, older than the server's ${server}`)
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10)
}

function missing(tool: string, problem: string, cause?: unknown): Error {
  const remedy =
    "Install the client programs of PostgreSQL in the server's release or a newer one, and put them into PATH: " +
    'apt install postgresql-client, apk add postgresql-client, brew install libpq'
  return errors.BACKUP_TOOL_MISSING({ values: { tool, problem, remedy }, cause })
}

/** What a program said went wrong: its first error, without the values that the lines below it may show. */
export function toolWords(error: ToolFailure): string {
  const lines = error.words.split('\n').map((line) => line.trim())
  const first = lines.find((line) => /\b(?:error|fatal):/i.test(line)) ?? lines.find((line) => line !== '')
  const words = first?.replace(/^(?:psql|pg_dump|pg_restore):(?:<stdin>:\d+:)? ?/, '').slice(0, 300)
  return `${error.tool} says: ${words ?? `nothing, and ended with ${error.exitCode ?? 'a signal'}`}`
}
