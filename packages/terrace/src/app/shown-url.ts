/** A database's URL as it may be shown: without password and without parameters, which may hold one too. */
export function shownUrl(url: string): string {
  const withoutParameters = url.split('?')[0] as string
  // By text, not by URL(): it rewrites URLs that name a file.
  return withoutParameters.replace(/\/\/([^/@]*)@/, (_all, user: string) => `//${user.split(':')[0]}@`)
}
