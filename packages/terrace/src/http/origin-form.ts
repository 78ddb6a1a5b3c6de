/**
 * A request's target as a path with its query. A client may send the whole URL, and servers must take it (RFC 9112, section
 * 3.2.2): which host it names means nothing here and must not come back in a link.
 */
export function originForm(target: string): string {
  const rest = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1] ?? target
  return rest === '' || rest.startsWith('?') ? `/${rest}` : rest
}
