/** Longer than any token that is issued here; what is longer is not worth decoding. */
const longestToken = 4096

const jwtText = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/**
 * Could this text be an access token that `jwtTokens` issued: three parts in base64url, at most 4,096 characters? For
 * `bearer({ form: isJwtText })`: what fails here is refused without asking the database.
 */
export function isJwtText(text: string): boolean {
  return text.length <= longestToken && jwtText.test(text)
}
