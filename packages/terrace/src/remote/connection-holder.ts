/** The unit of work that a call is made in, as far as a call has to do with it. */
export interface ConnectionHolder {
  /** Gives the connection back until the next statement; false inside a transaction, which keeps it. */
  releaseConnection(): Promise<boolean>
}
