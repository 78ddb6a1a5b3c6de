import type { InspectOptions } from 'node:util'
import type { ErrorKind } from './error-kind.ts'
import { fillTemplate } from './fill-template.ts'
import { printError } from './print-error.ts'

/** The languages that every message and remedy is written in. */
export type Language = 'en' | 'zh'

/** Values that a message shows. Never a secret, never raw input. */
export type ErrorValues = Readonly<Record<string, string | number | bigint | boolean>>

/** One entry of the register of errors. `{name}` in a text is replaced by the value of that name. */
export interface ErrorDefinition {
  readonly kind: ErrorKind
  readonly en: string
  readonly zh: string
  /** What to do next, in English; may use the same `{name}` places. */
  readonly remedy: string
  /** The same in Chinese. Default the English one; those of Terrace itself all have it. */
  readonly remedyZh?: string
  /** An example of each value the texts use; the types of the values follow from it. */
  readonly values: ErrorValues
}

/** One that Terrace itself raises: in both languages, whole. */
export interface RegisteredDefinition extends ErrorDefinition {
  readonly remedyZh: string
}

/** Where one value broke one rule. `path` is a JSON pointer into the place that `in` names. */
export interface Issue {
  readonly in: 'body' | 'query' | 'path' | 'header' | 'row'
  readonly path: string
  /** The rule's own code: `RANGE`, `LENGTH`, `REQUIRED`, `UNKNOWN`, `TYPE`, … */
  readonly code: string
  readonly message: string
  /** The message in Chinese. What leaves has one message, in the language of the request. */
  readonly zh?: string
}

export interface ErrorDetails {
  /** Names of the model's columns concerned. */
  readonly fields?: readonly string[]
  readonly issues?: readonly Issue[]
  /** When trying again may help, in seconds. */
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
  /** Where it happened, in a few words: stands behind the message, and in no message that leaves. */
  readonly place?: string
}

/**
 * The one error class of Terrace. `code` is stable and registered, `message` carries the values, `remedy` says what to
 * do next. It knows nothing of HTTP.
 */
export class TerraceError extends Error {
  readonly code: string
  readonly kind: ErrorKind
  readonly values: ErrorValues
  /** Not enumerable: loggers copy what is, and this is texts of other languages and samples of values. */
  declare readonly definition: ErrorDefinition
  readonly fields: readonly string[]
  readonly issues: readonly Issue[]
  readonly retryAfterSeconds: number | undefined

  constructor(code: string, definition: ErrorDefinition, values: ErrorValues, details: ErrorDetails = {}) {
    const text = fillTemplate(definition.en, values)
    const message = details.place === undefined ? text : `${text} (${details.place})`
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.code = code
    this.kind = definition.kind
    this.values = values
    Object.defineProperty(this, 'definition', { value: definition })
    this.fields = details.fields ?? []
    this.issues = details.issues ?? []
    this.retryAfterSeconds = details.retryAfterSeconds
  }

  /** How `console.error` shows it. Of an uncaught one Node prints the enumerable properties instead. */
  [Symbol.for('nodejs.util.inspect.custom')](
    depth: number,
    options: InspectOptions,
    inspect: (value: unknown, options: InspectOptions) => string,
  ): string {
    return depth < 0 ? `[${this.name}: ${this.message}]` : printError(this, options, inspect)
  }

  /** What to do next. */
  get remedy(): string {
    return this.remedyIn('en')
  }

  /** The same error with the place where it happened. */
  at(place: string): TerraceError {
    const { code, definition, values, fields, issues, retryAfterSeconds, cause } = this
    const seconds = retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
    return new TerraceError(code, definition, values, { fields, issues, ...seconds, cause, place })
  }

  messageIn(language: Language): string {
    return fillTemplate(this.definition[language], this.values)
  }

  remedyIn(language: Language): string {
    const text = language === 'zh' ? (this.definition.remedyZh ?? this.definition.remedy) : this.definition.remedy
    return fillTemplate(text, this.values)
  }
}
