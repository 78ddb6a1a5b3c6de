import type { Session } from '../database/index.ts'
import type { BoundModel } from '../model/index.ts'

/** Somebody is about to try a password. */
export interface LoginAttempt {
  /** Whose it is, as one text for one account: an e-mail without case (`foldCase`), whether or not there is such a user. */
  readonly account: string
  /** The address that it comes from; without it, only the account is counted. */
  readonly address?: string | undefined
}

/** A place that an attempt has taken among those that are allowed. */
export interface AttemptPlace {
  /** The password was right: the place is given back, and failures of this caller at this account are forgotten. */
  succeeded(): Promise<void>
  /** Nothing was checked, for others had filled the queue: the place is given back when the session has been rolled back for it. */
  untried(): void
}

/** How often a password may be tried. */
export interface AttemptLimit {
  /**
   * Takes a place before anything is hashed, so that attempts at the same time cannot be more than are allowed. It survives the
   * failure of the session, and is asked before the session's first statement. `TOO_MANY_ATTEMPTS` where no place is left.
   */
  reserve(attempt: LoginAttempt, session: Session): Promise<AttemptPlace>
  /** Of the rows that it counts in, where it does so in the database. */
  readonly model?: BoundModel
  /** Called when an app stops that has used it; another one may go on. */
  close?(): Promise<void>
}
