const mostLinks = 5
const longestLink = 2_000

/** The first addresses of pages in a text, each once: what begins with http or https, up to a blank or what closes a link. */
export function linksIn(body: string): readonly string[] {
  const found = body.match(/https?:\/\/[^\s<>"'`()[\]]+/gi) ?? []
  const links = found.map((text) => text.replace(/[.,;:!?*_]+$/, '')).flatMap(addressOf)
  return [...new Set(links)].slice(0, mostLinks)
}

/** As every reader writes it, without what stands in for a password and without the place on the page. */
function addressOf(text: string): readonly string[] {
  if (!URL.canParse(text)) return []
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.href.length > longestLink) return []
  url.hash = ''
  return [url.href]
}
