import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** A role that every policy holds: no superuser, no BYPASSRLS. It may log in, and make tables in the database. */
export interface LimitedRole {
  readonly name: string
  /** The database, as that role. */
  readonly url: string
  /** A statement as the server's own user. */
  asServer(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** A statement as the role, by the driver alone: with no setting, or with those given, in one transaction. */
  alone(sql: string, settings?: Readonly<Record<string, string>>): Promise<readonly Readonly<Record<string, unknown>>[]>
  drop(): Promise<void>
}

export async function limitedRole(serverUrl: string): Promise<LimitedRole> {
  const name = `terrace_rls_${randomBytes(6).toString('hex')}`
  const asServer = (sql: string) => once(serverUrl, (client) => client.query(sql))
  await asServer(`create role ${name} login nosuperuser nobypassrls`)
  await asServer(`grant usage, create on schema public to ${name}`)
  const place = new URL(serverUrl)
  place.username = name
  return {
    name,
    url: place.href,
    asServer,
    alone: (sql, settings = {}) =>
      once(place.href, async (client) => {
        await client.query('begin')
        for (const [key, value] of Object.entries(settings))
          await client.query('select set_config($1, $2, true)', [key, value])
        const result = await client.query(sql)
        await client.query('commit')
        return result
      }),
    drop: async () => {
      await asServer(`drop owned by ${name} cascade`)
      await asServer(`drop role ${name}`)
    },
  }
}

async function once(
  url: string,
  work: (client: pg.Client) => Promise<pg.QueryResult>,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await work(client)).rows as readonly Readonly<Record<string, unknown>>[]
  } finally {
    await client.end()
  }
}
