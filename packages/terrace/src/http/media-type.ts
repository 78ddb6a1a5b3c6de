import { errors } from '../errors/index.ts'
import type { Method } from './route-facts.ts'

type Headers = Readonly<Record<string, string | string[] | undefined>>

const json = ['application/json'] as const
const jsonOrMergePatch = ['application/json', 'application/merge-patch+json'] as const

/** `UNSUPPORTED_MEDIA_TYPE` unless what is sent says that it is JSON in UTF-8. Asked before a byte of it is read. */
export function checkMediaType(headers: Headers, method: Method): void {
  if (!hasBody(headers)) return
  const accepted: readonly string[] = method === 'PATCH' ? jsonOrMergePatch : json
  const [type = '', ...parameters] = String(headers['content-type'] ?? '').split(';')
  const isAccepted = accepted.includes(type.trim().toLowerCase()) && parameters.every(isHarmless)
  const encoding = String(headers['content-encoding'] ?? 'identity').toLowerCase()
  if (isAccepted && encoding === 'identity') return
  throw errors.UNSUPPORTED_MEDIA_TYPE({ values: { accepted: accepted.join(' or ') } })
}

function hasBody(headers: Headers): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/** JSON is UTF-8 (RFC 8259, section 8.1): another charset would be read wrongly, other parameters mean nothing. */
function isHarmless(parameter: string): boolean {
  const [name = '', value = ''] = parameter.split('=').map((part) => part.trim().toLowerCase())
  return name !== 'charset' || value.replaceAll('"', '') === 'utf-8'
}
