import type { ServerVersion } from '../../schema/index.ts'

/** What a structure may be declared for where no database is asked: the two store some types otherwise. */
export const servers: readonly ServerVersion[] = [
  { product: 'MariaDB', version: '11.4.0' },
  { product: 'MySQL', version: '8.4.0' },
]
