import { Client } from 'pg'

/** Lets a server know how its new tables are filled, which it would find out by itself only after a while. */
export async function analyze(databaseUrl: string): Promise<void> {
  if (databaseUrl.startsWith('sqlite:')) return
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}
