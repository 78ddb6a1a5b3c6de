import { errors } from '../errors/index.ts'
import { columnFactsOf, compileValidator, text } from '../model/index.ts'
import type { Built } from '../model/index.ts'

const mostCharacters = 128

/**
 * A new password where it is sent: 8 to 128 characters, of any kind, in any mixture (NIST SP 800-63B, 5.1.1.2), never trimmed. For
 * shapes of routes: `shape({ email, password: newPassword() })`.
 */
export function newPassword(): Built<'text', string, never, null> {
  return text().length(8, mostCharacters).describe('8 to 128 characters')
}

/** A password that is sent to be compared. One of fewer characters may have been stored under another rule. */
export function knownPassword(): Built<'text', string, never, null> {
  return text().length(1, mostCharacters)
}

/** Refuses what no password may be: `VALIDATION`, with the name under which it was sent. */
export function checkNewPassword(password: string, name: string): void {
  const [column] = columnFactsOf({ [name]: newPassword() })
  const violation = column === undefined ? null : compileValidator(column)(password)
  if (violation !== null) throw errors.VALIDATION({ fields: [name], issues: [{ in: 'row', ...violation }] })
}

/** Whether this could be somebody's password: what is longer is none, and is not hashed. */
export function isPasswordText(password: string): boolean {
  return password.length > 0 && password.length <= 2 * mostCharacters && password.isWellFormed()
}
