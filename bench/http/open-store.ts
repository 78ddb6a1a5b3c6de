import { postgresStore } from './postgres-store.ts'
import { sqliteStore } from './sqlite-store.ts'
import type { Store } from './store.ts'

/** The store at a URL as `openDatabase` takes it. */
export function openStore(databaseUrl: string): Store {
  return databaseUrl.startsWith('sqlite:')
    ? sqliteStore(databaseUrl.slice('sqlite:'.length))
    : postgresStore(databaseUrl)
}
