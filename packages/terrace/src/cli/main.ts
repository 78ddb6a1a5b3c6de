import { readFileSync } from 'node:fs'
import { findCommand, type Asked } from './command/find-command.ts'
import type { Command, Executed } from './command/command.ts'
import { commandHelp, overview } from './command/help.ts'
import { readArguments } from './command/read-arguments.ts'
import { commands } from './commands/commands.ts'
import { openProject, type ProjectFlags } from './configure/project.ts'
import { exitCodeOf, type ExitCode } from './exit-codes.ts'
import { failureDocument, failureLines } from './print/failure.ts'
import { paletteFor } from './print/palette.ts'
import { shownText } from './print/shown-text.ts'
import { TerminalReport } from './print/report.ts'
import { stoppedBySignals } from './stopped-by-signals.ts'
import { processTerminal, writeAll, type Terminal } from './terminal.ts'

/**
 * Runs what a command line asks for and gives the exit code: 0 done, 1 failed, 2 called or configured wrongly, 3 differs or refused by a
 * rule, 4 unavailable, 130 and 143 interrupted. It rejects for nothing: what went wrong is written to standard error, and with `--json`
 * to standard output, as one document.
 *
 * ```ts
 * process.exitCode = await main(['db', 'plan', '--json'])
 * ```
 */
export async function main(words: readonly string[], surroundings: Partial<Terminal> = {}): Promise<ExitCode> {
  const terminal: Terminal = { ...processTerminal(), ...surroundings }
  const style = styleOf(words, terminal)
  let name: string | null = null
  try {
    const asked = findCommand(commands, words)
    if (asked.kind !== 'command') return await writeText(terminal, textOf(asked, terminal, style))
    name = asked.command.name
    if (asksHelp(asked.words))
      return await writeText(terminal, commandHelp(asked.command, paletteFor(terminal.stdout, style)))
    const executed = await execute(asked.command, asked.words, { terminal, style })
    return await writeExecuted(executed, name, { terminal, style })
  } catch (error) {
    await writeFailure(error, name, { terminal, style })
    return exitCodeOf(error)
  }
}

interface Style {
  readonly isJson: boolean
  readonly isPlain: boolean
  readonly env: Terminal['env']
}

interface Writing {
  readonly terminal: Terminal
  readonly style: Style
}

/** Known before the words are read: what is wrong about them is told in the same way. */
function styleOf(words: readonly string[], { env }: Terminal): Style {
  const flags = flagsOf(words)
  return { isJson: flags.includes('--json'), isPlain: flags.includes('--no-color'), env }
}

function asksHelp(words: readonly string[]): boolean {
  const flags = flagsOf(words)
  return flags.includes('--help') || flags.includes('-h')
}

/** Behind `--` are arguments. */
function flagsOf(words: readonly string[]): readonly string[] {
  return words.slice(0, words.includes('--') ? words.indexOf('--') : words.length)
}

function textOf(asked: Exclude<Asked, { readonly kind: 'command' }>, { stdout }: Terminal, style: Style): string {
  return asked.kind === 'version' ? versionOf() : overview(commands, asked.group, paletteFor(stdout, style))
}

function versionOf(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return manifest.version
}

async function execute(command: Command, words: readonly string[], { terminal, style }: Writing): Promise<Executed> {
  const given = readArguments(command, words)
  const { stderr } = terminal
  const report = new TerminalReport({ output: stderr, palette: paletteFor(stderr, style), isQuiet: given.flags.quiet })
  try {
    return await stoppedBySignals({ terminal, report, interrupted: command.interrupted }, async (signal) => {
      const project = await openProject(given.flags as ProjectFlags, terminal)
      return command.execute({ ...given, project, report, signal })
    })
  } finally {
    report.clear()
  }
}

async function writeExecuted(
  { result, refusal, lines }: Executed,
  command: string,
  { terminal, style }: Writing,
): Promise<ExitCode> {
  const { stdout } = terminal
  if (style.isJson) {
    const error = refusal === null ? {} : { error: failureDocument(refusal, command) }
    await writeAll(stdout, documentText({ ok: refusal === null, command, ...error, result }))
  } else {
    const palette = paletteFor(stdout, style)
    await writeAll(stdout, shownText(lines(palette), palette))
  }
  if (refusal === null) return 0
  if (!style.isJson) await writeFailureLines(refusal, command, { terminal, style })
  return exitCodeOf(refusal)
}

async function writeText({ stdout }: Terminal, text: string): Promise<0> {
  await writeAll(stdout, `${text}\n`)
  return 0
}

async function writeFailure(error: unknown, command: string | null, { terminal, style }: Writing): Promise<void> {
  const { stdout } = terminal
  if (style.isJson) await writeAll(stdout, documentText({ ok: false, command, error: failureDocument(error, command) }))
  // The trace of what nobody foresaw has no place in the document.
  if (style.isJson && exitCodeOf(error) !== 1) return
  await writeFailureLines(error, command, { terminal, style })
}

async function writeFailureLines(error: unknown, command: string | null, writing: Writing): Promise<void> {
  const { stderr } = writing.terminal
  const palette = paletteFor(stderr, writing.style)
  await writeAll(stderr, shownText(failureLines(error, command, palette), palette))
}

function documentText(document: object): string {
  const text = JSON.stringify(
    document,
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    2,
  )
  return `${text}\n`
}
