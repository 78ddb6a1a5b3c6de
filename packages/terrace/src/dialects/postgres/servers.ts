import type { ServerVersion } from '../../schema/index.ts'

/** What a structure may be declared for where no database is asked. */
export const servers: readonly ServerVersion[] = [{ product: 'PostgreSQL', version: '17.0' }]
