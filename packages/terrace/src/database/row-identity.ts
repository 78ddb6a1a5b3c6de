/** Whose rows a transaction is for, as the database is told of it: all of it is gone when the transaction ends. */
export interface RowIdentity {
  /** The role that its statements run as; null for the connection's own. */
  readonly role: string | null
  readonly settings: readonly (readonly [name: string, value: string])[]
}
