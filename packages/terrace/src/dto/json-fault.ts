interface OpenObject {
  readonly keys: Set<string>
  /** True where the next string is a key. */
  awaitsKey: boolean
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

/**
 * What a valid JSON text must not have though its grammar allows it: a key twice in one object, more levels than `deepest`.
 * Null when there is neither. One pass over the characters; the text must have been parsed before.
 */
export function findJsonFault(text: string, deepest: number): string | null {
  const open: (OpenObject | null)[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === quote) {
      const end = endOfString(text, at)
      if (!addKey(open.at(-1), text.slice(at, end + 1))) return 'a key stands twice in one object'
      at = end
    } else if (character === comma) {
      const object = open.at(-1)
      if (object) object.awaitsKey = true
    } else if (character === openBrace || character === openBracket) {
      open.push(character === openBrace ? { keys: new Set(), awaitsKey: true } : null)
      if (open.length > deepest) return `it is nested deeper than ${deepest} levels`
    } else if (character === closeBrace || character === closeBracket) {
      open.pop()
    }
  }
  return null
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1
  return at
}

/** False when the string is a key that the innermost object has already. */
function addKey(object: OpenObject | null | undefined, quoted: string): boolean {
  if (!object?.awaitsKey) return true
  object.awaitsKey = false
  // Two spellings of one key ("a", "\u0061") are the same key.
  const key = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1)
  if (object.keys.has(key)) return false
  object.keys.add(key)
  return true
}
