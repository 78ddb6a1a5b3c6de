/** Packages that send statements to a database. */
export const driverPackages: ReadonlySet<string> = new Set([
  '@electric-sql/pglite',
  'better-sqlite3',
  'mariadb',
  'mysql',
  'mysql2',
  'mysql2/promise',
  'node:sqlite',
  'pg',
  'pg-native',
  'postgres',
])
