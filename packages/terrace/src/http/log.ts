import { pino } from 'pino'
import type { Logger } from 'pino'
import type { Log, LogLevel } from '../observe/index.ts'
import { createCensor } from './redaction/censor.ts'
import type { Censor } from './redaction/censor.ts'
import type { IsSecretName } from './redaction/secret-names.ts'

export type { Log, LogLevel } from '../observe/index.ts'

/** Takes the lines of a log, each with its line end. */
export interface LogTarget {
  write(line: string): void
}

export interface LogOptions {
  /** Default `info`. */
  readonly level?: LogLevel
  /** The names whose values are left out: `secretNames(graph)`. */
  readonly isSecret: IsSecretName
  /** Default standard output. */
  readonly target?: LogTarget
}

/**
 * A log that shows no secrets: values under the names of hidden and write-only columns, credentials, and what a database's
 * driver says of values are left out of every line, the causes of errors included.
 */
export function createLog({ level = 'info', isSecret, target }: LogOptions): Log {
  // Errors are plain facts when they come to pino, whose own serialiser would take them for errors of the class Object.
  const serializers = { err: (facts: unknown): unknown => facts }
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers }
  const logger = target === undefined ? pino(options) : pino(options, target)
  return censoredLog(logger, createCensor(isSecret), [])
}

const levels = ['error', 'warn', 'info', 'debug'] as const

function censoredLog(logger: Logger, censor: Censor, hidden: readonly string[]): Log {
  const write = (level: (typeof levels)[number]): Log['info'] => {
    // Before the facts are looked at: most lines of a quiet log are never written.
    if (!logger.isLevelEnabled(level)) return () => undefined
    return (facts, message) => logger[level](censor(facts, hidden), message)
  }
  return {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    hiding: (texts) => censoredLog(logger, censor, [...hidden, ...texts]),
  }
}
