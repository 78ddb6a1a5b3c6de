/**
 * What any validator may implement, https://standardschema.dev: version 1 of Standard Schema, and of Standard JSON Schema where
 * it describes itself. Written out here because it is an interface, not a package to depend on.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': StandardProps<Input, Output>
}

interface StandardProps<Input, Output> {
  readonly version: 1
  readonly vendor: string
  readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
  readonly types?: { readonly input: Input; readonly output: Output } | undefined
  /** Optional for the types alone: not every library tells them that it has it. */
  readonly jsonSchema?: {
    readonly input: (options: { readonly target: string }) => Readonly<Record<string, unknown>>
    readonly output: (options: { readonly target: string }) => Readonly<Record<string, unknown>>
  }
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] }

export interface StandardIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

type TypesOf<S extends StandardSchema> = NonNullable<S['~standard']['types']>
/** What is sent, or given by a handler. */
export type StandardInput<S extends StandardSchema> = TypesOf<S>['input']
/** What validation makes of it. */
export type StandardOutput<S extends StandardSchema> = TypesOf<S>['output']
