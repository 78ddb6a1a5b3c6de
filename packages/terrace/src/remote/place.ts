/** Which operation of which source: all that a text of an error says about a request. */
export interface Place {
  readonly source: string
  readonly operation: string
}
