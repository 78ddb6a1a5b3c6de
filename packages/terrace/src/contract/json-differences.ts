/** Where two values of JSON differ, as `pointer: what`; the order of keys is none. `most` ends the search. */
export function jsonDifferences(before: unknown, now: unknown, most = 20): readonly string[] {
  const found: string[] = []
  compare(before, now, '', (where, what) => {
    found.push(`${where === '' ? '/' : where}: ${what}`)
    return found.length < most
  })
  return found
}

/** False: enough is found. */
type Tell = (where: string, what: string) => boolean

function compare(before: unknown, now: unknown, where: string, tell: Tell): boolean {
  if (Object.is(before, now)) return true
  if (!isContainer(before) || !isContainer(now) || Array.isArray(before) !== Array.isArray(now))
    return tell(where, `is ${shown(before)}, should be ${shown(now)}`)
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const place = `${where}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!Object.hasOwn(now, key)) {
      if (!tell(place, 'should not be there')) return false
    } else if (!Object.hasOwn(before, key)) {
      if (!tell(place, 'is missing')) return false
    } else if (!compare(before[key], now[key], place, tell)) return false
  }
  return true
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
