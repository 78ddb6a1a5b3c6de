/** What stands in a log instead of a secret. */
export const hiddenMark = '[hidden]'

/** Where the password of a URL begins: behind its user. */
const urlUser = /:\/\/[^\s:@/]*:/

/** A credential as HTTP writes it. */
const credential = /\b(bearer|basic)\s+[\w.~+/=-]+/gi

/** A text without passwords in URLs, credentials, and the texts that are given. */
export function maskText(text: string, hidden: readonly string[]): string {
  const masked = text.replace(/\S+/g, withoutPassword).replace(credential, `$1 ${hiddenMark}`)
  return hidden.reduce((shown, secret) => shown.replaceAll(secret, hiddenMark), masked)
}

/** Up to the last @, since a password may have any character. By its places: a pattern for all of it takes the square of its length. */
function withoutPassword(word: string): string {
  const user = urlUser.exec(word)
  if (user === null) return word
  const from = user.index + user[0].length
  const to = word.lastIndexOf('@')
  return to < from ? word : `${word.slice(0, from)}${hiddenMark}${word.slice(to)}`
}
