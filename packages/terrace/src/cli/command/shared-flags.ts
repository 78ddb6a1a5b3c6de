import { count, text, toggle } from './flag.ts'

/** Every command has them. */
export const commonFlags = {
  config: text('<file>', 'The configuration. Default terrace.config.ts, .mts, .js or .mjs in the working directory.'),
  json: toggle('One JSON document on standard output, of a success and of a failure.'),
  quiet: toggle('No progress and no notes on standard error; errors are told.', 'q'),
  'no-color': toggle('No colours, also on a terminal.'),
  help: toggle('What the command does, and each flag.', 'h'),
} as const

/** Those that open a database. */
export const databaseFlags = {
  url: text('<url>', 'The database: before DATABASE_URL, which is before the configuration.'),
  'lock-timeout': count('<seconds>', 'How long to wait while another process changes the structure. Default 60.'),
} as const

export const modelFlags = {
  models: text('<module>', 'Exports what graph({ … }) returned, by default or as `models`. Before the configuration.'),
} as const

export const appFlags = {
  app: text('<module>', 'Exports what createApp({ … }) returned, by default or as `app`. Before the configuration.'),
} as const

export const folderFlags = {
  migrations: text('<folder>', 'Holds a folder of revisions for each engine. Default `migrations`.'),
} as const

/** Those that try revisions out. */
export const migrationFlags = {
  ...folderFlags,
  scratch: text('<url>', 'An empty database to try revisions out on. Default: one made for it, and dropped.'),
} as const
