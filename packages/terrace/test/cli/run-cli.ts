import { EventEmitter } from 'node:events'
import { main, type ExitCode, type Output, type Terminal } from '../../src/cli/index.ts'

/** What a command has said. */
export interface Ran {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
  /** The only document on standard output. */
  json(): Document
}

export interface Document {
  readonly ok: boolean
  readonly command: string | null
  // What the commands say is what is tested.
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: {
    readonly code: string
    readonly message: string
    readonly remedy: string
    readonly values: Readonly<Record<string, unknown>>
  }
}

export interface RunOptions extends Partial<Pick<Terminal, 'env' | 'signals' | 'exit'>> {
  readonly cwd: string
  readonly isTerminal?: boolean
}

/** A command in this process, with streams of its own and nothing of the environment. */
export async function runCli(words: readonly string[], { isTerminal = false, ...options }: RunOptions): Promise<Ran> {
  const out = new Collected(isTerminal)
  const err = new Collected(isTerminal)
  const code = await main(words, {
    stdout: out,
    stderr: err,
    env: {},
    signals: new EventEmitter(),
    exit: (ended) => {
      throw new Error(`the process would have ended with ${ended}`)
    },
    ...options,
  })
  return { code, out: out.text, err: err.text, json: () => JSON.parse(out.text) as Document }
}

class Collected implements Output {
  text = ''
  readonly isTTY: boolean
  readonly columns = 80

  constructor(isTTY: boolean) {
    this.isTTY = isTTY
  }

  write(text: string, written?: (error?: Error | null) => void): boolean {
    this.text += text
    written?.()
    return true
  }
}
