// Texts, with a backslash or a doubled quote for the quote itself, and quoted names.
const tokens = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)+`/gs

/** A printed expression with a column's new name: the server puts every name between back-quotes. */
export function renameInExpression(expression: string, from: string, to: string): string {
  const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``
  return expression.replaceAll(tokens, (token) =>
    token.toLowerCase() === quoted(from).toLowerCase() ? quoted(to) : token,
  )
}
