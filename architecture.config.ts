/**
 * The layers of `packages/terrace/src`, from the bottom to the top, and what each may import.
 *
 * The order and the permissions are written only here; `npm run check:architecture` reads them. A change of this file
 * needs a note in `decisions/`.
 */
export interface Architecture {
  /** The folder whose sub-folders are the layers, from the repository root. */
  readonly source: string
  /** The library's own package name, which its source never imports. */
  readonly packageName: string
  /** Folders outside the layers whose files must keep to the sizes and be free of import circles. */
  readonly alsoMeasured: readonly string[]
  readonly layers: readonly Layer[]
  readonly packages: readonly PackageHome[]
  readonly databaseNames: DatabaseNames
  readonly limits: Limits
}

export interface Layer {
  /** The folder below `source`; its `index.ts` is the layer's door. */
  readonly folder: string
  /** `downTo` allows each layer from the first one to the named one; `allBut` allows each other layer but these. */
  readonly mayImport: readonly string[] | { readonly downTo: string } | { readonly allBut: readonly string[] }
  readonly holds: string
}

/** A package that only some layers may name. `name/…` and, for a scope that ends in `/`, each of its packages count. */
export interface PackageHome {
  readonly packages: readonly string[]
  readonly layers: readonly string[]
  readonly why: string
}

export interface DatabaseNames {
  /** Matched in identifiers and string literals, in any letter case; comments are free. */
  readonly names: readonly string[]
  /** Layers that exist to know one database. */
  readonly layers: readonly string[]
  /** Single files below `source` that must know the names, each with its reason. An entry without need is reported. */
  readonly allowedFiles: Readonly<Record<string, string>>
  /** Folders below `source` that hold tests shipped to users. */
  readonly testFolders: readonly string[]
}

/** Counted in lines that are neither blank nor only a comment. */
export interface Limits {
  readonly fileLines: number
  readonly functionLines: number
}

const dialects = ['dialects/sqlite', 'dialects/postgres', 'dialects/mysql'] as const
const dialectMayImport = ['errors', 'model', 'schema', 'database'] as const

export const architecture: Architecture = {
  source: 'packages/terrace/src',
  packageName: 'terrace',
  alsoMeasured: ['packages', 'apps', 'bench', 'scripts'],

  layers: [
    { folder: 'errors', mayImport: [], holds: 'the register of error codes, domain error classes' },
    { folder: 'config', mayImport: ['errors'], holds: 'settings' },
    { folder: 'observe', mayImport: ['errors'], holds: 'interfaces of logs, metrics and spans' },
    { folder: 'model', mayImport: ['errors'], holds: 'the declaration DSL and the frozen model graph' },
    { folder: 'dto', mayImport: ['errors', 'model'], holds: 'request and response shapes, validators' },
    {
      folder: 'contract',
      mayImport: ['errors', 'dto'],
      holds: 'OpenAPI documents: what changes break, types for clients',
    },
    { folder: 'client', mayImport: [], holds: 'what a generated client runs with, in a browser too' },
    { folder: 'schema', mayImport: ['errors', 'model'], holds: 'snapshot, diff, plan, safety: pure' },
    { folder: 'database', mayImport: ['errors', 'model'], holds: 'driver contract, session, scope compiler' },
    { folder: 'dialects/sqlite', mayImport: dialectMayImport, holds: 'SQLite behind both dialect contracts' },
    { folder: 'dialects/postgres', mayImport: dialectMayImport, holds: 'PostgreSQL behind both dialect contracts' },
    { folder: 'dialects/mysql', mayImport: dialectMayImport, holds: 'MySQL and MariaDB behind both dialect contracts' },
    { folder: 'sync', mayImport: ['errors', 'model', 'schema', 'database'], holds: 'the effects of schema' },
    { folder: 'connect', mayImport: { downTo: 'sync' }, holds: 'URL to dialect, openDatabase' },
    { folder: 'dao', mayImport: ['errors', 'model', 'database'], holds: 'repositories: the only writer of queries' },
    {
      folder: 'rate',
      mayImport: ['errors', 'observe', 'model', 'database', 'dao'],
      holds: 'limits of rate, and where they are counted',
    },
    { folder: 'service', mayImport: ['errors', 'model', 'dto', 'database', 'dao'], holds: 'services, policies' },
    { folder: 'remote', mayImport: ['errors', 'dto', 'observe'], holds: 'repositories over HTTP APIs' },
    { folder: 'auth', mayImport: { downTo: 'service' }, holds: 'devices, users, tokens' },
    {
      folder: 'http',
      mayImport: ['errors', 'observe', 'model', 'dto', 'database', 'rate', 'service', 'auth'],
      holds: 'router derivation, envelopes, OpenAPI, server life',
    },
    { folder: 'studio', mayImport: { downTo: 'http' }, holds: 'the endpoints behind /studio' },
    { folder: 'app', mayImport: { downTo: 'studio' }, holds: 'createApp: the composition root' },
    { folder: 'check', mayImport: ['errors'], holds: 'what the source of a project does' },
    {
      folder: 'generate',
      mayImport: ['errors', 'model', 'dto', 'schema', 'sync', 'connect'],
      holds: 'pull, eject and generate',
    },
    { folder: 'cli', mayImport: { downTo: 'generate' }, holds: 'one command per file' },
    { folder: 'testing', mayImport: { allBut: ['cli'] }, holds: 'test databases, clients, factories, contract suites' },
  ],

  packages: [
    {
      packages: ['fastify', '@fastify/'],
      layers: ['http'],
      why: 'The web server can be replaced only while one layer knows it.',
    },
    {
      packages: ['kysely'],
      layers: ['database', ...dialects, 'sync', 'dao'],
      why: 'Scope is enforced where queries are compiled; a query built elsewhere could go around it.',
    },
    {
      packages: ['oxc-parser'],
      layers: ['check'],
      why: 'An optional peer: only who reads source may load it.',
    },
    {
      packages: ['jose'],
      layers: ['auth'],
      why: 'What is checked of a token is decided in one place.',
    },
    {
      packages: ['openapi-fetch'],
      layers: ['client'],
      why: 'An optional peer: only who calls an API by its document may load it.',
    },
    {
      packages: ['undici', 'cockatiel'],
      layers: ['remote'],
      why: 'Optional peers: only who calls other APIs may load them.',
    },
    {
      packages: ['ioredis'],
      layers: ['rate'],
      why: 'An optional peer: only who counts for several instances may load it.',
    },
    {
      packages: ['prom-client'],
      layers: ['app'],
      why: 'Whoever measures knows the interfaces of observe/ alone; how it is shown is the composition root’s affair.',
    },
    {
      packages: ['better-sqlite3'],
      layers: ['dialects/sqlite'],
      why: 'A driver is an optional peer: only its dialect may load it.',
    },
    {
      packages: ['pg', '@electric-sql/pglite'],
      layers: ['dialects/postgres'],
      why: 'A driver is an optional peer: only its dialect may load it.',
    },
    {
      packages: ['mysql2'],
      layers: ['dialects/mysql'],
      why: 'A driver is an optional peer: only its dialect may load it.',
    },
  ],

  databaseNames: {
    names: ['sqlite', 'postgres', 'mysql', 'mariadb', 'pglite'],
    layers: dialects,
    allowedFiles: {
      'model/reserved-names.ts':
        'A table name that one engine keeps for itself is refused on all: models are portable.',
      'check/scope/rules/driver-packages.ts':
        'Source that reaches a database past Terrace is told by the driver’s package that it imports.',
      'connect/dialects.ts': 'Somewhere a URL must say which engine it means.',
      'testing/test-database.ts': 'A database in memory for each test is one engine’s, by choice.',
      'testing/servers.ts': 'A test says on which engines it runs.',
      'testing/server-engines.ts': 'Each server makes and drops databases in its own SQL.',
    },
    testFolders: ['testing/contract'],
  },

  limits: { fileLines: 400, functionLines: 60 },
}
