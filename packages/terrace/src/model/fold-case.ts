/**
 * The text by which an `ignoreCase()` column is compared: NFKC, lower case, NFKC again, since `J̌` is two characters and `ǰ`
 * one. By Unicode's rules and no language's, so that every machine and engine agrees; `ß` and `ss` stay different. May be
 * longer than the text: NFKC writes some single characters as up to 18.
 */
export function foldCase(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC')
}
