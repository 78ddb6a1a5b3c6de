import type { App, StartOptions } from '../app/index.ts'
import type { RowLevelSecurity } from '../connect/index.ts'
import type { BoundModel, SeedSource } from '../model/index.ts'

/** What `terrace.config.ts` exports by default. */
export interface TerraceConfig {
  /** A URL; `DATABASE_URL` and `--url` go before it. */
  readonly database?: string
  /** What `graph({ … })` returned. `--models <module>` goes before it. */
  readonly models?: Readonly<Record<string, BoundModel>>
  /**
   * What `createApp({ … })` returned, or a function that gives it, which only the commands that need the app call:
   * `() => import('./src/app.ts').then(({ app }) => app)`. `--app <module>` goes before it. Its models are taken where `models` is not given.
   */
  readonly app?: App | (() => App | Promise<App>)
  /** What `serve(app, …)` is given besides, where that is more than nothing: `terrace doctor` looks at it. */
  readonly start?: StartOptions
  /** The folder of revisions, from the file's own. Default `migrations`. */
  readonly migrations?: string
  /** The folder of backups, from the file's own. Default `backups`. */
  readonly backups?: string
  /** Rows for empty tables, by the model's name: before what the model itself declares. */
  readonly seeds?: Readonly<Record<string, SeedSource>>
  /** As `openDatabase` has it: what follows the structure also makes the policies on rows. Default false. */
  readonly rowLevelSecurity?: RowLevelSecurity
  /** Nothing is tried out beside the database: `scratch` has to be given. Default false. */
  readonly production?: boolean
  /** An empty database on which revisions are tried out. */
  readonly scratch?: string
  /** For a user who may change the structure, and past a pooler. */
  readonly adminDatabase?: string
}

/** Gives the configuration back as it is: for its types. */
export function defineConfig(config: TerraceConfig): TerraceConfig {
  return config
}
