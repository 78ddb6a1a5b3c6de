import type { Migration } from './migration.ts'

export function migration(declared: Migration): Migration {
  return declared
}
