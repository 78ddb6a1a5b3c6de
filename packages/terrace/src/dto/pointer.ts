/** The JSON pointer (RFC 6901) to a property or an item of what `parent` points to. */
export function pointerTo(parent: string, name: string): string {
  return `${parent}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
