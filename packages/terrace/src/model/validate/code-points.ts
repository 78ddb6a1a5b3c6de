const surrogatePairs = /[\ud800-\udbff][\udc00-\udfff]/g

/** The length of a text as databases count it: an emoji outside the basic plane is one. */
export function countCodePoints(text: string): number {
  return text.length - (text.match(surrogatePairs)?.length ?? 0)
}

/** Whether the count lies within both bounds; counts only where the length in UTF-16 does not decide. */
export function hasLengthBetween(text: string, min: number, max: number): boolean {
  if (text.length < min || text.length > max * 2) return false
  if (text.length <= max && text.length >= min * 2) return true
  const count = countCodePoints(text)
  return count >= min && count <= max
}
