/** What became of a password that was compared with a stored hash. */
export type PasswordVerdict =
  | { readonly isRight: false }
  /** `isOutdated`: it is stored by another algorithm or by less work than new ones are, so it should be hashed again. */
  | { readonly isRight: true; readonly isOutdated: boolean }

/** Hashes passwords, off the event loop. Both throw `PASSWORD_QUEUE_FULL` where too many wait already. */
export interface Passwords {
  /** A PHC string: algorithm, parameters, salt and hash. */
  hash(password: string): Promise<string>
  /** Compares with a PHC string. `null`, where there is none, costs the same time as a wrong password. */
  verify(password: string, stored: string | null): Promise<PasswordVerdict>
}
