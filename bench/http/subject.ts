/** An app that answers on a port of its own. */
export interface Served {
  readonly port: number
  close(): Promise<void>
}

export interface SubjectOptions {
  readonly databaseUrl: string
  /** Takes the lines of the log, one for each request. Default standard output. */
  readonly logTo?: { write(line: string): void }
}

/** One way to serve the products of devices, from its start on. */
export type StartSubject = (options: SubjectOptions) => Promise<Served>

export const host = '127.0.0.1'

/** Connections to the database, kept open: as many as the load has to the server, so that no request waits for one. */
export const poolSize = 10
