import type { ErrorKind } from './error-kind.ts'
import { TerraceError } from './terrace-error.ts'

/** No such row for whoever asks. */
export class NotFoundError extends TerraceError {}
/** The present state of the data stands against it: a duplicate, a restricted delete, a version mismatch. */
export class ConflictError extends TerraceError {}
/** One or more values break a rule; `issues` says which, where and why. */
export class ValidationError extends TerraceError {}
/** Somebody known may not do this. */
export class PermissionError extends TerraceError {}
/** Nobody, or nobody known, is asking. */
export class AuthenticationError extends TerraceError {}
/** It may work in a moment; `retryAfterSeconds` says when. */
export class UnavailableError extends TerraceError {}
/** What another system answered cannot be used. */
export class UpstreamError extends TerraceError {}
/** Terrace was used against its contract: a defect of the calling code. */
export class MisuseError extends TerraceError {}
/** A model, a graph, an app or a setting is declared wrongly. */
export class DeclarationError extends TerraceError {}
/** The live structure is not what the models say. */
export class StructureError extends TerraceError {}

type ErrorClass = typeof TerraceError

const classByKind: Readonly<Record<ErrorKind, ErrorClass>> = {
  malformed: TerraceError,
  authentication: AuthenticationError,
  permission: PermissionError,
  notFound: NotFoundError,
  conflict: ConflictError,
  validation: ValidationError,
  tooLarge: TerraceError,
  unavailable: UnavailableError,
  upstream: UpstreamError,
  misuse: MisuseError,
  declaration: DeclarationError,
  structure: StructureError,
  internal: TerraceError,
}

/** The class that an error of this kind is an instance of. */
export function errorClassOf(kind: ErrorKind): ErrorClass {
  return classByKind[kind]
}
