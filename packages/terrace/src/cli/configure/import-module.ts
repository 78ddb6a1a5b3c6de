import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { errors, TerraceError } from '../../errors/index.ts'

/**
 * What a module of the project exports. `CLI_CONFIG` where it is not there, cannot be read as code, or throws: with its line. An error of
 * Terrace, as a model that is declared wrongly, is thrown on as it is.
 */
export async function importModule(path: string, shown: string): Promise<Readonly<Record<string, unknown>>> {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isFile() !== true) {
    const problem = found === undefined ? 'there is no such file' : 'it is no file'
    throw errors.CLI_CONFIG({ values: { file: shown, problem, remedy: 'Correct the path' } })
  }
  try {
    // Another version of the file is another module.
    return (await import(`${pathToFileURL(path).href}?changed=${found.mtimeMs}`)) as Readonly<Record<string, unknown>>
  } catch (error) {
    if (error instanceof TerraceError) throw error
    const problem = `${wordsOf(error)}${placeOf(error, path)}`
    throw errors.CLI_CONFIG({ values: { file: shown, problem, remedy: remedyFor(error) }, cause: error })
  }
}

/** The first line: further ones would show the source. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return `${error.name}: ${error.message.trim().split('\n')[0]}`
}

function remedyFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ERR_MODULE_NOT_FOUND')
    return 'Correct the import, which names its file with its ending, or install the package'
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') return 'Run it with Node 22.18 or newer, which reads TypeScript'
  return 'Correct it there'
}

/** ` (line 3)`; nothing where no line of this file is named. */
function placeOf(error: unknown, path: string): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const line = lineIn(stack, path) ?? (error instanceof SyntaxError ? lineIn(checked(path), path) : null)
  return line === null ? '' : ` (line ${line})`
}

function lineIn(text: string, path: string): string | null {
  const names = [pathToFileURL(path).href, path].map((name) =>
    name.replaceAll(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`),
  )
  return new RegExp(`(?:${names.join('|')})(?:\\?changed=[\\d.]+)?:(\\d+)`).exec(text)?.[1] ?? null
}

/** Of a module that is JavaScript already, an error of syntax does not say where it is: Node's own check does. */
function checked(path: string): string {
  return spawnSync(process.execPath, ['--check', path], { encoding: 'utf8', timeout: 10_000 }).stderr
}
