/**
 * What every answer of an API says to browsers. Of Helmet's defaults those that mean something for JSON: whoever opens an answer as
 * a page may load, frame and run nothing. An answer that is a page (documentation) gives its own policy, which wins.
 *
 * `strict-transport-security` counts only over TLS (RFC 6797, section 8.1), so it does no harm in development.
 */
export const securityHeaders = Object.freeze({
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
})
