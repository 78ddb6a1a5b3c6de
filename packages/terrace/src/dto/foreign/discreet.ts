const longestMessage = 200
/** Shorter texts are in many messages by chance. */
const shortestQuote = 4
const mostLookedAt = 1000

/**
 * A validator's own words, unless they quote what was sent: some put the refused value into the message (`was "…"`), and an
 * answer or a log never shows raw input.
 */
export function discreet(message: string, refused: unknown): string {
  return message.length > longestMessage || quotes(message, refused) ? 'does not fit the schema' : message
}

function quotes(message: string, refused: unknown): boolean {
  const waiting = [refused]
  for (let looked = 0; looked < mostLookedAt && waiting.length > 0; looked += 1) {
    const value = waiting.pop()
    if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value).slice(0, mostLookedAt))
    else if (isQuoted(message, value)) return true
  }
  return waiting.length > 0
}

function isQuoted(message: string, value: unknown): boolean {
  if (typeof value === 'string')
    return message.includes(JSON.stringify(value)) || (value.length >= shortestQuote && message.includes(value))
  return typeof value === 'number' && message.split(/[^\d.eE+-]+/).includes(String(value))
}
