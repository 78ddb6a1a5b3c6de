import type { EventEmitter } from 'node:events'

/** Where lines go. */
export interface Output {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string, written?: (error?: Error | null) => void): unknown
}

/** What surrounds a command: a process's own, unless a program or a test gives others. */
export interface Terminal {
  readonly stdout: Output
  readonly stderr: Output
  /** Configuration, models and folders are looked for from here. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Emits `SIGINT` and `SIGTERM`. */
  readonly signals: Pick<EventEmitter, 'on' | 'off'>
  /** Ends everything at once: for the second signal. */
  exit(code: number): void
}

export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr])
    if (!stream.listeners('error').includes(ignoreClosedPipe)) stream.on('error', ignoreClosedPipe)
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    env: process.env,
    signals: process,
    exit: (code) => process.exit(code),
  }
}

/** Waits until a text is out: a process that ends before would cut it. Who reads may have gone (`| head`): that is no failure. */
export function writeAll(output: Output, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => {
      if (error === undefined || error === null || isClosedPipe(error)) resolve()
      else reject(error)
    })
  })
}

/** Without a listener Node would end the process with a trace, also where the writer was told. */
function ignoreClosedPipe(error: Error): void {
  if (!isClosedPipe(error)) throw error
}

function isClosedPipe(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE'
}
