/**
 * What sort of outcome an error is. Closed: whoever maps kinds (only `http/` maps them to statuses) does not compile
 * until a new kind is handled.
 */
export type ErrorKind =
  /** The request could not be read at all: broken syntax, an unknown name. */
  | 'malformed'
  /** Nobody, or nobody known, is asking. */
  | 'authentication'
  /** Somebody known may not do this. */
  | 'permission'
  /** There is no such row for whoever asks. Another owner's row is no different from a missing one. */
  | 'notFound'
  /** The present state of the data stands against it. */
  | 'conflict'
  /** A value breaks a rule of its column or of the domain. */
  | 'validation'
  /** The request is larger than its budget. */
  | 'tooLarge'
  /** It may work in a moment: a queue is full, the database does not answer. */
  | 'unavailable'
  /** What another system answered cannot be used: it refused the request, or its answer is not what was declared. */
  | 'upstream'
  /** Terrace was used against its contract at run time: a defect of the calling code. */
  | 'misuse'
  /** A declaration or a setting is wrong: thrown at declaration or start-up, never during a request. */
  | 'declaration'
  /** The live structure is not what the models say, and start-up may not repair it. */
  | 'structure'
  /** Anything nobody foresaw. */
  | 'internal'
