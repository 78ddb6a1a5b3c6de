/**
 * A script of MySQL's command-line client as texts that its driver takes: what stands between two lines `DELIMITER …` is cut at
 * that delimiter; the rest stays as it is, several statements in one text.
 */
export function splitDelimited(script: string): readonly string[] {
  const [first = '', ...sections] = script.split(/^[ \t]*delimiter[ \t]+/im)
  const cut = sections.flatMap((section) => {
    const [delimiter = ';', ...lines] = section.split('\n')
    const body = lines.join('\n')
    return delimiter.trim() === ';' ? [body] : body.split(delimiter.trim())
  })
  return [first, ...cut].map((text) => text.trim()).filter((text) => text !== '')
}
