/** The file behind the URL of a test database. */
export function sqlitePathOf(url: string): string {
  return url.replace(/^sqlite:/, '')
}
