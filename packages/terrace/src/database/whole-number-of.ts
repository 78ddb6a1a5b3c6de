/** A whole number in a text, as drivers give it: a number up to 2^53 - 1, a bigint beyond. */
export function wholeNumberOf(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}
