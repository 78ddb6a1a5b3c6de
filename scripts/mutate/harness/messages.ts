/** What the runner asks of a process that tries mutants. */
export type Request =
  | { readonly kind: 'record'; readonly file: string }
  | {
      readonly kind: 'try'
      readonly mutant: number
      /** It is reached while modules are loaded. */
      readonly isAtLoad: boolean
      readonly plan: readonly PlannedFile[]
      readonly timeoutMs: number
    }

/** Tests of one file by their names. */
export interface PlannedFile {
  readonly file: string
  readonly tests: readonly string[]
}

export type Reply =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'recorded'
      readonly tests: readonly RecordedTest[]
      readonly atLoad: readonly number[]
      readonly failure: string | null
    }
  | { readonly kind: 'tried'; readonly outcome: Outcome; readonly memoryBytes: number }

/** A test without any mutant: how long it takes, and the mutants that it comes past. */
export interface RecordedTest {
  readonly name: string
  readonly ms: number
  readonly failure: string | null
  readonly reached: readonly number[]
}

export type Outcome = Killed | TooLong | { readonly kind: 'survived' }

export interface Killed {
  readonly kind: 'killed'
  readonly file: string
  /** Null where the file could not be loaded. */
  readonly test: string | null
  readonly message: string
}

/** `file` is null where the process gave no answer. */
export interface TooLong {
  readonly kind: 'timeout'
  readonly file: string | null
  readonly test: string | null
}
