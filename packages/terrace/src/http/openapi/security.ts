import { authenticationsOf } from '../authentication.ts'
import type { Auth, CredentialScheme } from '../authentication.ts'
import type { MountedRoute } from '../route-facts.ts'
import type { OperationObject, SecuritySchemeObject } from './openapi-types.ts'

type Schemes = { readonly [K in CredentialScheme['kind']]: (scheme: CredentialScheme) => SecuritySchemeObject }

const schemes: Schemes = {
  bearer: ({ format }) => ({
    type: 'http',
    scheme: 'bearer',
    ...(format === undefined ? {} : { bearerFormat: format }),
    description: 'A token, as `authorization: Bearer <token>`.',
  }),
  header: ({ header = 'Authorization' }) => ({
    type: 'apiKey',
    in: 'header',
    name: header,
    description: `A key, as \`${header}: <key>\`.`,
  }),
}

/** The schemes of all authentications that some route asks for, by their names. */
export function securitySchemes(routes: readonly MountedRoute[]): Readonly<Record<string, SecuritySchemeObject>> {
  return Object.fromEntries(
    routes.flatMap(({ auth }) =>
      authenticationsOf(auth).map(({ name, scheme }) => [name, schemes[scheme.kind](scheme)] as const),
    ),
  )
}

/** One of these; none where anybody may call. */
export function securityOf({ auth }: { readonly auth: Auth }): OperationObject['security'] {
  return authenticationsOf(auth).map(({ name }) => ({ [name]: [] }))
}
