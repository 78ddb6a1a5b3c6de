/** A database's URL as it may be shown: without password and without parameters, which may hold one too. */
export function shownUrl(url: string): string {
  // By text, not by URL(): that rewrites URLs that name a file. The last @ ends the password, which may have any character.
  const [, scheme, credentials, rest] = /^([^:]+:\/\/)(?:(.*)@)?(.*)$/.exec(url) ?? []
  if (scheme === undefined) return withoutParameters(url)
  const user = credentials === undefined ? '' : `${credentials.split(':')[0]}@`
  return `${scheme}${user}${withoutParameters(rest ?? '')}`
}

function withoutParameters(text: string): string {
  return text.split('?')[0] as string
}
