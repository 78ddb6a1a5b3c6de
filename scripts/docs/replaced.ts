/** A page with a part in the place of what stood there, between `<!-- name -->` and `<!-- /name -->`. */
export function replaced(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`the page has no place for ${name}: ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n\n${part}\n\n${text.slice(to)}`
}
