import type { Auth, CredentialScheme } from '../authentication.ts'
import type { MountedRoute } from '../route-facts.ts'
import type { OperationObject, SecuritySchemeObject } from './openapi-types.ts'

type Schemes = { readonly [K in CredentialScheme['kind']]: () => SecuritySchemeObject }

const schemes: Schemes = {
  bearer: () => ({ type: 'http', scheme: 'bearer', description: 'A token, as `authorization: Bearer <token>`.' }),
}

/** The schemes of all authentications that some route asks for, by their names. */
export function securitySchemes(routes: readonly MountedRoute[]): Readonly<Record<string, SecuritySchemeObject>> {
  return Object.fromEntries(
    routes.flatMap(({ auth }) => (auth.kind === 'public' ? [] : [[auth.name, schemes[auth.scheme.kind]()]])),
  )
}

/** Each role is an alternative: one of them is enough. */
export function securityOf({
  auth,
  roles,
}: {
  readonly auth: Auth
  readonly roles: readonly string[]
}): OperationObject['security'] {
  if (auth.kind === 'public') return []
  return roles.length === 0 ? [{ [auth.name]: [] }] : roles.map((role) => ({ [auth.name]: [role] }))
}
