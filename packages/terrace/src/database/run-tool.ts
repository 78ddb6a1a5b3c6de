import { spawn } from 'node:child_process'
import { PassThrough, type Readable, type Writable } from 'node:stream'

export interface ToolCall {
  /** A program's name, looked for in PATH. */
  readonly tool: string
  /** Anybody on the machine can read these: no password. */
  readonly arguments: readonly string[]
  /** Beside this process's own; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal | undefined
}

export interface RunningTool {
  readonly input: Writable
  readonly output: Readable
  /** Rejects with `ToolMissing`, `ToolFailure`, or the signal's reason once the program has ended. */
  readonly done: Promise<void>
  stop(): void
}

/** No such program in PATH. */
export class ToolMissing extends Error {
  readonly tool: string

  constructor(tool: string, cause: unknown) {
    super(`${tool} is not there`, { cause })
    this.tool = tool
  }
}

/** A program ended with an error. */
export class ToolFailure extends Error {
  readonly tool: string
  readonly exitCode: number | null
  /** The end of what it wrote to stderr. */
  readonly words: string

  constructor(tool: string, exitCode: number | null, words: string) {
    super(`${tool} ended with ${exitCode ?? 'a signal'}`)
    this.tool = tool
    this.exitCode = exitCode
    this.words = words
  }
}

const wordsKept = 8_000
const killAfterMs = 3_000

/** Starts a program of the system, without a shell. Take what it writes, and end what it reads. */
export function startTool({ tool, arguments: args, environment = {}, signal }: ToolCall): RunningTool {
  // Messages in English, which are read here.
  const env = { ...process.env, LC_ALL: 'C', LANGUAGE: 'C', ...environment }
  const child = spawn(tool, [...args], { env, stdio: 'pipe', windowsHide: true })
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-wordsKept)
  })
  // Taken at once: what a program has written that ends before anybody reads is thrown away by Node.
  const output = child.stdout.pipe(new PassThrough())
  // Whoever stops reading would leave the program waiting for ever; so it finds nobody there and ends.
  output.once('close', () => child.stdout.destroy())
  // Who ends early closes its input; its exit code says why.
  child.stdin.on('error', () => undefined)
  const stop = (): void => {
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref()
  }
  if (signal?.aborted === true) stop()
  signal?.addEventListener('abort', stop, { once: true })
  const done = new Promise<void>((resolve, reject) => {
    child.on('error', (error: Error & { readonly code?: string }) =>
      reject(error.code === 'ENOENT' ? new ToolMissing(tool, error) : error),
    )
    child.on('close', (exitCode) => {
      if (signal?.aborted === true) reject(signal.reason)
      else if (exitCode === 0) resolve()
      else reject(new ToolFailure(tool, exitCode, words))
    })
  }).finally(() => signal?.removeEventListener('abort', stop))
  // Whoever waits for the output first must not end the process meanwhile.
  done.catch(() => undefined)
  return { input: child.stdin, output, done, stop }
}

/** Runs one whose output is of no use. */
export async function runTool(call: ToolCall): Promise<void> {
  const { input, output, done } = startTool(call)
  input.end()
  output.resume()
  await done
}

/** The first of these programs that is there, and what it says of its version. `ToolMissing` where none is. */
export async function findTool(tools: readonly string[]): Promise<{ readonly tool: string; readonly version: string }> {
  let missing: unknown = new ToolMissing(tools[0] ?? '', undefined)
  for (const tool of tools) {
    try {
      return { tool, version: await versionOf(tool) }
    } catch (error) {
      if (!(error instanceof ToolMissing)) throw error
      missing = error
    }
  }
  throw missing
}

async function versionOf(tool: string): Promise<string> {
  const { input, output, done } = startTool({ tool, arguments: ['--version'] })
  input.end()
  let text = ''
  output.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await done
  return text.trim()
}
