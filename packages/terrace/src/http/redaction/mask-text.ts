/** What stands in a log instead of a secret. */
export const hiddenMark = '[hidden]'

/** A password in a URL, up to the last @ before a space: it may have any character. */
const urlPassword = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):\S*@/gi

/** A credential as HTTP writes it. */
const credential = /\b(bearer|basic)\s+[\w.~+/=-]+/gi

/** A text without passwords in URLs, credentials, and the texts that are given. */
export function maskText(text: string, hidden: readonly string[]): string {
  const masked = text.replace(urlPassword, `$1:${hiddenMark}@`).replace(credential, `$1 ${hiddenMark}`)
  return hidden.reduce((shown, secret) => shown.replaceAll(secret, hiddenMark), masked)
}
