/**
 * Whether a text of SQL has a name as a word, in any letter case: bare or as the inside of quotes, whose like within the name may be
 * doubled. It says too often yes, for the word may stand in a text or mean another object; never no where the name is used.
 */
export function mentions(sql: string, name: string): boolean {
  const text = sql.toLowerCase()
  return spellings(name.toLowerCase()).some((spelling) => hasWord(text, spelling))
}

function spellings(name: string): readonly string[] {
  const quotes = ['"', '`', `'`, ']']
  return [name, ...quotes.filter((quote) => name.includes(quote)).map((quote) => name.replaceAll(quote, quote + quote))]
}

function hasWord(text: string, word: string): boolean {
  if (word === '') return false
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isOfWord(text[at - 1]) && !isOfWord(text[at + word.length])) return true
  }
  return false
}

function isOfWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_$]/u.test(character)
}
