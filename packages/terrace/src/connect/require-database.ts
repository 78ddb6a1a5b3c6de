import { errors } from '../errors/index.ts'
import type { Dialect } from './dialects.ts'
import { shownUrl } from './shown-url.ts'

/** For whoever only reads: to open a file that is not there would make it. `DATABASE_UNREACHABLE`. */
export function requireDatabase({ backup }: Dialect, url: string): void {
  if (backup.exists(url) !== false) return
  const values = { url: shownUrl(url), reason: 'there is no such database', remedy: 'Correct the URL' }
  throw errors.DATABASE_UNREACHABLE({ values })
}
