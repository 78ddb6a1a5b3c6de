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

export function securityOf({ auth }: { readonly auth: Auth }): OperationObject['security'] {
  return auth.kind === 'public' ? [] : [{ [auth.name]: [] }]
}
