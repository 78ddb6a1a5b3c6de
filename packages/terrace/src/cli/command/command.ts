import type { TerraceError } from '../../errors/index.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { Project } from '../configure/project.ts'
import type { Palette } from '../print/palette.ts'
import type { Report } from '../print/report.ts'
import type { Arguments, ArgumentValues, Flags, FlagValues } from './flag.ts'
import type { commonFlags } from './shared-flags.ts'

/** One command as data: what it is called and takes, what it does, and how its result is shown. */
export interface CommandSpec<F extends Flags, A extends Arguments, R extends object> {
  /** As it is written after `terrace`: `db plan`. */
  readonly name: string
  /** One line. */
  readonly summary: string
  /** Paragraphs. */
  readonly description: readonly string[]
  readonly arguments: A
  /** Besides those that every command has. */
  readonly flags: F
  /** Flags of which at most one may be given. */
  readonly conflicts?: readonly (readonly (keyof F & string)[])[]
  /** The fields of the result in JSON, each with what it is. */
  readonly result: { readonly [K in keyof R]-?: string }
  /** What codes mean here, where that is more than the table says. */
  readonly exits: Readonly<Partial<Record<ExitCode, string>>>
  readonly examples: readonly Example[]
  /**
   * When a signal stops it: `atOnce` where nothing is changed, or what was begun ends with the process; `atSafePoint` where it looks
   * at `signal` by itself, or is short and comes to its end.
   */
  readonly interrupted: 'atOnce' | 'atSafePoint'
  run(call: Call<F, A>): Promise<Outcome<R>>
  /** Lines for people. */
  show(result: R, palette: Palette): readonly string[]
}

export interface Example {
  readonly command: string
  readonly does: string
}

export interface Call<F extends Flags = Flags, A extends Arguments = Arguments> {
  readonly flags: FlagValues<F>
  readonly arguments: ArgumentValues<A>
  readonly project: Project
  readonly report: Report
  /** Aborted by the first SIGINT or SIGTERM, with the error to end with. */
  readonly signal: AbortSignal
}

/** What was found or done; with `refusal`, why that is no success. */
export interface Outcome<R> {
  readonly result: R
  readonly refusal?: TerraceError
}

/** A command without the types of its own flags and result. */
export interface Command extends Omit<CommandSpec<Flags, Arguments, object>, 'run' | 'show' | 'result' | 'conflicts'> {
  readonly conflicts: readonly (readonly string[])[]
  readonly result: Readonly<Record<string, string>>
  execute(call: Call): Promise<Executed>
}

export interface Executed {
  readonly result: object
  readonly refusal: TerraceError | null
  lines(palette: Palette): readonly string[]
}

export type CommonValues = FlagValues<typeof commonFlags>

export function defineCommand<F extends Flags, A extends Arguments, R extends object>(
  spec: CommandSpec<F, A, R>,
): Command {
  const { run, show, ...record } = spec
  return {
    ...record,
    conflicts: spec.conflicts ?? [],
    execute: async (call) => {
      // The flags were read by this very record.
      const { result, refusal = null } = await run(call as Call<F, A>)
      return { result, refusal, lines: (palette) => show(result, palette) }
    },
  }
}
