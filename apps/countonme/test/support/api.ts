// CountOnMe API 1.0.0. Written by `terrace client`: change the app, and run it again.
import { apiClient, type ApiClient, type ApiClientOptions } from 'terrace/client'

/** Operations that take an `Idempotency-Key`: sent twice, they are carried out once. */
const idempotent: readonly string[] = []

/** Foods, products and what a device has eaten, counted in kcal. Register a device first: its token is the key. */
export function openClient(options: ApiClientOptions): ApiClient<paths> {
  return apiClient<paths>(options, { idempotent })
}

export interface paths {
  '/v1/auth/register': {
    /** Register a device; its token is shown this once */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': DeviceRegistration
        }
      }
      responses: {
        /** Created */
        201: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': DeviceToken
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        408: responses['RequestTimeout']
        409: responses['DeviceRegistered']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/foods': {
    /** List Foods */
    get: {
      parameters: {
        query?: {
          /**
           * Rows at once; default 50
           * Whole number, 1 to 100.
           */
          limit?: number
          /**
           * Rows left out at the beginning; default 0
           * Whole number, 0 to 2147483647.
           */
          offset?: number
          /**
           * The page, from 1; instead of offset; default 1
           * Whole number, 1 to 2147483647.
           */
          page?: number
          /**
           * Rows on a page; instead of limit; default 50
           * Whole number, 1 to 100.
           */
          pageSize?: number
          /**
           * Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone
           * At most 4096 characters.
           */
          cursor?: string
          /** Columns, joined by commas, each once, - for descending, the key last: id, name, kcal100g, source, createdAt, updatedAt */
          sort?: string
          /** Whether all rows are counted; default true, by cursor false */
          total?: boolean
          /**
           * Equal to it
           * Uuid.
           */
          id?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'id[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'id[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'id[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'id[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'id[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'id[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'id[lte]'?: string
          /** Equal to it */
          name?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'name[in]'?: string[]
          /** The text stands in it, letter for letter */
          'name[contains]'?: string
          /**
           * Equal to it
           * Whole number, -2147483648 to 2147483647.
           */
          kcal100g?: number
          /**
           * Another value, and not null
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'kcal100g[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'kcal100g[notIn]'?: number[]
          /**
           * Greater, or later
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[gt]'?: number
          /**
           * Equal to it, greater, or later
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[gte]'?: number
          /**
           * Less, or earlier
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[lt]'?: number
          /**
           * Equal to it, less, or earlier
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[lte]'?: number
          /** Equal to it */
          source?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'source[in]'?: string[]
          /**
           * Equal to it
           * Date-time.
           */
          createdAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'createdAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'createdAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'createdAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'createdAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'createdAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'createdAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'createdAt[lte]'?: string
          /**
           * Equal to it
           * Date-time.
           */
          updatedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'updatedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'updatedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'updatedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'updatedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'updatedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'updatedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'updatedAt[lte]'?: string
          /** Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte */
          and?: Record<string, string | number | boolean>
          /** Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together */
          or?: Record<string, string | number | boolean>
          /** Conditions that do not hold together: not[condition]=value. Groups go 3 deep */
          not?: Record<string, string | number | boolean>
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** One page of the rows of Food that the caller sees. */
        200: {
          headers: {
            'X-Request-Id': string
            'X-Total-Count'?: number
            Link?: string
            'X-Next-Cursor'?: string
            ETag?: string
          }
          content: {
            'application/json': Food[]
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestCursorInvalidPreconditionMalformed']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
  }
  '/v1/foods/{id}': {
    /** Get a Food */
    get: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** The Food. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': Food
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestPreconditionMalformed']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
  }
  '/v1/products': {
    /** List Products */
    get: {
      parameters: {
        query?: {
          /**
           * Rows at once; default 50
           * Whole number, 1 to 100.
           */
          limit?: number
          /**
           * Rows left out at the beginning; default 0
           * Whole number, 0 to 2147483647.
           */
          offset?: number
          /**
           * The page, from 1; instead of offset; default 1
           * Whole number, 1 to 2147483647.
           */
          page?: number
          /**
           * Rows on a page; instead of limit; default 50
           * Whole number, 1 to 100.
           */
          pageSize?: number
          /**
           * Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone
           * At most 4096 characters.
           */
          cursor?: string
          /** Columns, joined by commas, each once, - for descending, the key last: id, name, kcal100g, createdAt, updatedAt */
          sort?: string
          /** Whether all rows are counted; default true, by cursor false */
          total?: boolean
          /** Related rows to answer too, joined by commas: portions, portions.product, portions.product.portions */
          include?: string
          /**
           * Equal to it
           * Uuid.
           */
          id?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'id[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'id[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'id[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'id[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'id[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'id[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'id[lte]'?: string
          /** Equal to it */
          name?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'name[in]'?: string[]
          /** The text stands in it, letter for letter */
          'name[contains]'?: string
          /**
           * Equal to it
           * Whole number, -2147483648 to 2147483647.
           */
          kcal100g?: number
          /**
           * Another value, and not null
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'kcal100g[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'kcal100g[notIn]'?: number[]
          /**
           * Greater, or later
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[gt]'?: number
          /**
           * Equal to it, greater, or later
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[gte]'?: number
          /**
           * Less, or earlier
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[lt]'?: number
          /**
           * Equal to it, less, or earlier
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[lte]'?: number
          /**
           * Equal to it
           * Date-time.
           */
          createdAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'createdAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'createdAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'createdAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'createdAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'createdAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'createdAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'createdAt[lte]'?: string
          /**
           * Equal to it
           * Date-time.
           */
          updatedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'updatedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'updatedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'updatedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'updatedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'updatedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'updatedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'updatedAt[lte]'?: string
          /** Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte */
          and?: Record<string, string | number | boolean>
          /** Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together */
          or?: Record<string, string | number | boolean>
          /** Conditions that do not hold together: not[condition]=value. Groups go 3 deep */
          not?: Record<string, string | number | boolean>
          /** What is asked of its portions: portions[some.condition]=value, none or every; portions[some]=false where there are none */
          portions?: Record<string, string | number | boolean>
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** One page of the rows of Product that the caller sees. */
        200: {
          headers: {
            'X-Request-Id': string
            'X-Total-Count'?: number
            Link?: string
            'X-Next-Cursor'?: string
            ETag?: string
          }
          content: {
            'application/json': Product[]
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestCursorInvalidPreconditionMalformed']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Create a Product */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': ProductCreate
        }
      }
      responses: {
        /** The Product as it was created. */
        201: {
          headers: {
            'X-Request-Id': string
            Location: string
          }
          content: {
            'application/json': Product
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/products/{id}': {
    /** Get a Product */
    get: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
        query?: {
          /** Related rows to answer too, joined by commas: portions, portions.product, portions.product.portions */
          include?: string
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** The Product. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': Product
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestPreconditionMalformed']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Change a Product */
    put: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': ProductPatch
        }
      }
      responses: {
        /** The Product as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Product
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
    /** Delete a Product */
    delete: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** The Product is deleted. */
        204: {
          headers: {
            'X-Request-Id': string
          }
          content?: never
        }
        400: responses['BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
    /** Patch a Product */
    patch: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': ProductPatch
          'application/merge-patch+json': ProductPatch
        }
      }
      responses: {
        /** The Product as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Product
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/products/{id}/restore': {
    /** Restore a Product */
    post: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** The Product as it is again. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Product
          }
        }
        400: responses['BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/portions': {
    /** List Portions */
    get: {
      parameters: {
        query?: {
          /**
           * Rows at once; default 50
           * Whole number, 1 to 100.
           */
          limit?: number
          /**
           * Rows left out at the beginning; default 0
           * Whole number, 0 to 2147483647.
           */
          offset?: number
          /**
           * The page, from 1; instead of offset; default 1
           * Whole number, 1 to 2147483647.
           */
          page?: number
          /**
           * Rows on a page; instead of limit; default 50
           * Whole number, 1 to 100.
           */
          pageSize?: number
          /**
           * Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone
           * At most 4096 characters.
           */
          cursor?: string
          /** Columns, joined by commas, each once, - for descending, the key last: id, productId, name, grams, isDefault, createdAt, updatedAt */
          sort?: string
          /** Whether all rows are counted; default true, by cursor false */
          total?: boolean
          /** Related rows to answer too, joined by commas: product, product.portions, product.portions.product */
          include?: string
          /**
           * Equal to it
           * Uuid.
           */
          id?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'id[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'id[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'id[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'id[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'id[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'id[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'id[lte]'?: string
          /**
           * Equal to it
           * Uuid.
           */
          productId?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'productId[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'productId[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'productId[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'productId[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'productId[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'productId[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'productId[lte]'?: string
          /** Equal to it */
          name?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'name[in]'?: string[]
          /**
           * Equal to it
           * Whole number, -2147483648 to 2147483647.
           */
          grams?: number
          /**
           * Another value, and not null
           * Whole number, -2147483648 to 2147483647.
           */
          'grams[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'grams[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'grams[notIn]'?: number[]
          /**
           * Greater, or later
           * Whole number, -2147483648 to 2147483647.
           */
          'grams[gt]'?: number
          /**
           * Equal to it, greater, or later
           * Whole number, -2147483648 to 2147483647.
           */
          'grams[gte]'?: number
          /**
           * Less, or earlier
           * Whole number, -2147483648 to 2147483647.
           */
          'grams[lt]'?: number
          /**
           * Equal to it, less, or earlier
           * Whole number, -2147483648 to 2147483647.
           */
          'grams[lte]'?: number
          /** Equal to it */
          isDefault?: boolean
          /** Another value, and not null */
          'isDefault[not]'?: boolean
          /**
           * Equal to it
           * Date-time.
           */
          createdAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'createdAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'createdAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'createdAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'createdAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'createdAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'createdAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'createdAt[lte]'?: string
          /**
           * Equal to it
           * Date-time.
           */
          updatedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'updatedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'updatedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'updatedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'updatedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'updatedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'updatedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'updatedAt[lte]'?: string
          /** Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte */
          and?: Record<string, string | number | boolean>
          /** Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together */
          or?: Record<string, string | number | boolean>
          /** Conditions that do not hold together: not[condition]=value. Groups go 3 deep */
          not?: Record<string, string | number | boolean>
          /** What is asked of its product: product[condition]=value */
          product?: Record<string, string | number | boolean>
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** One page of the rows of Portion that the caller sees. */
        200: {
          headers: {
            'X-Request-Id': string
            'X-Total-Count'?: number
            Link?: string
            'X-Next-Cursor'?: string
            ETag?: string
          }
          content: {
            'application/json': Portion[]
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestCursorInvalidPreconditionMalformed']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Create a Portion */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': PortionCreate
        }
      }
      responses: {
        /** The Portion as it was created. */
        201: {
          headers: {
            'X-Request-Id': string
            Location: string
          }
          content: {
            'application/json': Portion
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        409: responses['Unique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/portions/{id}': {
    /** Get a Portion */
    get: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
        query?: {
          /** Related rows to answer too, joined by commas: product, product.portions, product.portions.product */
          include?: string
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** The Portion. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': Portion
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestPreconditionMalformed']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Change a Portion */
    put: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': PortionPatch
        }
      }
      responses: {
        /** The Portion as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Portion
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        409: responses['DefaultPortionNeededOrUnique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
    /** Delete a Portion */
    delete: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** The Portion is deleted. */
        204: {
          headers: {
            'X-Request-Id': string
          }
          content?: never
        }
        400: responses['BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        409: responses['DefaultPortionNeeded']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
    /** Patch a Portion */
    patch: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': PortionPatch
          'application/merge-patch+json': PortionPatch
        }
      }
      responses: {
        /** The Portion as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Portion
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        409: responses['DefaultPortionNeededOrUnique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/portions/{id}/restore': {
    /** Restore a Portion */
    post: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** The Portion as it is again. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Portion
          }
        }
        400: responses['BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        409: responses['RestoreParentDeletedOrUnique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/food-entries': {
    /** List FoodEntries */
    get: {
      parameters: {
        query?: {
          /**
           * Rows at once; default 50
           * Whole number, 1 to 100.
           */
          limit?: number
          /**
           * Rows left out at the beginning; default 0
           * Whole number, 0 to 2147483647.
           */
          offset?: number
          /**
           * The page, from 1; instead of offset; default 1
           * Whole number, 1 to 2147483647.
           */
          page?: number
          /**
           * Rows on a page; instead of limit; default 50
           * Whole number, 1 to 100.
           */
          pageSize?: number
          /**
           * Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone
           * At most 4096 characters.
           */
          cursor?: string
          /** Columns, joined by commas, each once, - for descending, the key last: id, date, productId, foodId, portionId, quantity, grams, name, kcal100g, createdAt, updatedAt */
          sort?: string
          /** Whether all rows are counted; default true, by cursor false */
          total?: boolean
          /** Related rows to answer too, joined by commas: product, food, portion, product.portions, portion.product, product.portions.product, portion.product.portions */
          include?: string
          /**
           * Equal to it
           * Uuid.
           */
          id?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'id[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'id[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'id[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'id[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'id[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'id[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'id[lte]'?: string
          /**
           * Equal to it
           * Date.
           */
          date?: string
          /**
           * Another value, and not null
           * Date.
           */
          'date[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'date[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'date[notIn]'?: string[]
          /**
           * Greater, or later
           * Date.
           */
          'date[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date.
           */
          'date[gte]'?: string
          /**
           * Less, or earlier
           * Date.
           */
          'date[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date.
           */
          'date[lte]'?: string
          /**
           * Equal to it
           * Uuid.
           */
          productId?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'productId[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'productId[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'productId[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'productId[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'productId[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'productId[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'productId[lte]'?: string
          /** Whether it is null */
          'productId[null]'?: boolean
          /**
           * Equal to it
           * Uuid.
           */
          foodId?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'foodId[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'foodId[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'foodId[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'foodId[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'foodId[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'foodId[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'foodId[lte]'?: string
          /** Whether it is null */
          'foodId[null]'?: boolean
          /**
           * Equal to it
           * Uuid.
           */
          portionId?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'portionId[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'portionId[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'portionId[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'portionId[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'portionId[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'portionId[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'portionId[lte]'?: string
          /** Whether it is null */
          'portionId[null]'?: boolean
          /** Equal to it */
          quantity?: number
          /** Another value, and not null */
          'quantity[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'quantity[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'quantity[notIn]'?: number[]
          /** Greater, or later */
          'quantity[gt]'?: number
          /** Equal to it, greater, or later */
          'quantity[gte]'?: number
          /** Less, or earlier */
          'quantity[lt]'?: number
          /** Equal to it, less, or earlier */
          'quantity[lte]'?: number
          /** Whether it is null */
          'quantity[null]'?: boolean
          /** Equal to it */
          grams?: number
          /** Another value, and not null */
          'grams[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'grams[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'grams[notIn]'?: number[]
          /** Greater, or later */
          'grams[gt]'?: number
          /** Equal to it, greater, or later */
          'grams[gte]'?: number
          /** Less, or earlier */
          'grams[lt]'?: number
          /** Equal to it, less, or earlier */
          'grams[lte]'?: number
          /** Equal to it */
          name?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'name[in]'?: string[]
          /**
           * Equal to it
           * Whole number, -2147483648 to 2147483647.
           */
          kcal100g?: number
          /**
           * Another value, and not null
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'kcal100g[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'kcal100g[notIn]'?: number[]
          /**
           * Greater, or later
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[gt]'?: number
          /**
           * Equal to it, greater, or later
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[gte]'?: number
          /**
           * Less, or earlier
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[lt]'?: number
          /**
           * Equal to it, less, or earlier
           * Whole number, -2147483648 to 2147483647.
           */
          'kcal100g[lte]'?: number
          /**
           * Equal to it
           * Date-time.
           */
          createdAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'createdAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'createdAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'createdAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'createdAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'createdAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'createdAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'createdAt[lte]'?: string
          /**
           * Equal to it
           * Date-time.
           */
          updatedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'updatedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'updatedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'updatedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'updatedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'updatedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'updatedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'updatedAt[lte]'?: string
          /** Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte */
          and?: Record<string, string | number | boolean>
          /** Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together */
          or?: Record<string, string | number | boolean>
          /** Conditions that do not hold together: not[condition]=value. Groups go 3 deep */
          not?: Record<string, string | number | boolean>
          /** What is asked of its product: product[condition]=value */
          product?: Record<string, string | number | boolean>
          /** What is asked of its food: food[condition]=value */
          food?: Record<string, string | number | boolean>
          /** What is asked of its portion: portion[condition]=value */
          portion?: Record<string, string | number | boolean>
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** One page of the rows of FoodEntry that the caller sees. */
        200: {
          headers: {
            'X-Request-Id': string
            'X-Total-Count'?: number
            Link?: string
            'X-Next-Cursor'?: string
            ETag?: string
          }
          content: {
            'application/json': FoodEntry[]
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestCursorInvalidPreconditionMalformed']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Create a FoodEntry */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': FoodEntryCreate
        }
      }
      responses: {
        /** The FoodEntry as it was created. */
        201: {
          headers: {
            'X-Request-Id': string
            Location: string
          }
          content: {
            'application/json': FoodEntry
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/food-entries/{id}': {
    /** Get a FoodEntry */
    get: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
        query?: {
          /** Related rows to answer too, joined by commas: product, food, portion, product.portions, portion.product, product.portions.product, portion.product.portions */
          include?: string
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** The FoodEntry. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': FoodEntry
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestPreconditionMalformed']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Change a FoodEntry */
    put: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': FoodEntryPatch
        }
      }
      responses: {
        /** The FoodEntry as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': FoodEntry
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
    /** Delete a FoodEntry */
    delete: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** The FoodEntry is deleted. */
        204: {
          headers: {
            'X-Request-Id': string
          }
          content?: never
        }
        400: responses['BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
    /** Patch a FoodEntry */
    patch: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': FoodEntryPatch
          'application/merge-patch+json': FoodEntryPatch
        }
      }
      responses: {
        /** The FoodEntry as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': FoodEntry
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/food-entries/{id}/restore': {
    /** Restore a FoodEntry */
    post: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** The FoodEntry as it is again. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': FoodEntry
          }
        }
        400: responses['BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/food-entries/summary': {
    /**
     * Energy of each day
     *
     * At most 366 days at once; days on which nothing was eaten are left out.
     */
    get: {
      parameters: {
        query: {
          /**
           * Included
           * Date.
           */
          from: string
          /**
           * Included
           * Date.
           */
          to: string
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': DayEnergy[]
          }
        }
        400: responses['BadRequest']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
  }
}

export interface DayEnergy {
  /** Date. */
  date: string
  /** Energy, kcal, one decimal */
  kcal: number
}

export interface DeviceRegistration {
  /**
   * Chosen by the client
   * 1 to 64 characters.
   */
  deviceId: string
}

export interface DeviceToken {
  token: string
}

export interface Food {
  /** Uuid. */
  id: string
  /**
   * Food name
   * 1 to 100 characters.
   */
  name: string
  /**
   * Energy, kcal per 100 g
   * Whole number, 0 to 1000.
   */
  kcal100g: number
  /**
   * Where the figure was published
   * 1 to 200 characters.
   */
  source: string
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
}

export interface FoodEntry {
  /** Uuid. */
  id: string
  /**
   * Day on which it was eaten
   * Date.
   */
  date: string
  /** Uuid. */
  productId: string | null
  /** Uuid. */
  foodId: string | null
  /** Uuid. */
  portionId: string | null
  /**
   * How many of the portion, at most two decimals
   * 0.01 to 1000.
   */
  quantity: number | null
  /**
   * Weight, g, at most two decimals
   * 0.01 to 10000000.
   */
  grams: number
  /**
   * What it was called
   * 1 to 100 characters.
   */
  name: string
  /**
   * Energy, kcal per 100 g
   * Whole number, 0 to 1000.
   */
  kcal100g: number
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
  /** Energy, kcal, one decimal */
  kcal: number
  product?: Product | null
  food?: Food | null
  portion?: Portion | null
}

export type FoodEntryCreate = {
  /**
   * Day on which it was eaten
   * Date.
   */
  date: string
  /** Uuid. */
  productId?: string | null
  /** Uuid. */
  foodId?: string | null
  /** Uuid. */
  portionId?: string | null
  /**
   * How many of the portion, at most two decimals
   * 0.01 to 1000.
   */
  quantity?: number | null
  /**
   * Weight, g, at most two decimals
   * 0.01 to 10000000.
   */
  grams?: number | null
} & (
  | {
      /** Uuid. */
      productId: string
      foodId?: null
      portionId?: null
      quantity?: null
      /**
       * Weight, g, at most two decimals
       * 0.01 to 10000000.
       */
      grams: number
    }
  | {
      /** Uuid. */
      productId: string
      foodId?: null
      /** Uuid. */
      portionId: string
      /**
       * How many of the portion, at most two decimals
       * 0.01 to 1000.
       */
      quantity: number
      grams?: null
    }
  | {
      productId?: null
      /** Uuid. */
      foodId: string
      portionId?: null
      quantity?: null
      /**
       * Weight, g, at most two decimals
       * 0.01 to 10000000.
       */
      grams: number
    }
)

/** The properties that the parameter `fields` asked for. */
export interface FoodEntryPartial {
  /** Uuid. */
  id?: string
  /**
   * Day on which it was eaten
   * Date.
   */
  date?: string
  /** Uuid. */
  productId?: string | null
  /** Uuid. */
  foodId?: string | null
  /** Uuid. */
  portionId?: string | null
  /**
   * How many of the portion, at most two decimals
   * 0.01 to 1000.
   */
  quantity?: number | null
  /**
   * Weight, g, at most two decimals
   * 0.01 to 10000000.
   */
  grams?: number
  /**
   * What it was called
   * 1 to 100 characters.
   */
  name?: string
  /**
   * Energy, kcal per 100 g
   * Whole number, 0 to 1000.
   */
  kcal100g?: number
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
  /** Energy, kcal, one decimal */
  kcal?: number
  product?: Product | null
  food?: Food | null
  portion?: Portion | null
}

export interface FoodEntryPatch {
  /**
   * Day on which it was eaten
   * Date.
   */
  date?: string
  /**
   * How many of the portion, at most two decimals
   * 0.01 to 1000.
   */
  quantity?: number | null
  /**
   * Weight, g, at most two decimals
   * 0.01 to 10000000.
   */
  grams?: number
}

/** The properties that the parameter `fields` asked for. */
export interface FoodPartial {
  /** Uuid. */
  id?: string
  /**
   * Food name
   * 1 to 100 characters.
   */
  name?: string
  /**
   * Energy, kcal per 100 g
   * Whole number, 0 to 1000.
   */
  kcal100g?: number
  /**
   * Where the figure was published
   * 1 to 200 characters.
   */
  source?: string
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
}

export interface Portion {
  /** Uuid. */
  id: string
  /** Uuid. */
  productId: string
  /**
   * Portion name
   * 1 to 100 characters.
   */
  name: string
  /**
   * Weight of one portion, g
   * Whole number, 1 to 10000.
   */
  grams: number
  /** Offered first; setting it takes it from the former default */
  isDefault: boolean
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
  product?: Product | null
}

export interface PortionCreate {
  /** Uuid. */
  productId: string
  /**
   * Portion name
   * 1 to 100 characters.
   */
  name: string
  /**
   * Weight of one portion, g
   * Whole number, 1 to 10000.
   */
  grams: number
  /** Offered first; setting it takes it from the former default */
  isDefault?: boolean
}

/** The properties that the parameter `fields` asked for. */
export interface PortionPartial {
  /** Uuid. */
  id?: string
  /** Uuid. */
  productId?: string
  /**
   * Portion name
   * 1 to 100 characters.
   */
  name?: string
  /**
   * Weight of one portion, g
   * Whole number, 1 to 10000.
   */
  grams?: number
  /** Offered first; setting it takes it from the former default */
  isDefault?: boolean
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
  product?: Product | null
}

export interface PortionPatch {
  /**
   * Portion name
   * 1 to 100 characters.
   */
  name?: string
  /**
   * Weight of one portion, g
   * Whole number, 1 to 10000.
   */
  grams?: number
  /** Offered first; setting it takes it from the former default */
  isDefault?: boolean
}

export interface Product {
  /** Uuid. */
  id: string
  /**
   * Product name
   * 1 to 100 characters.
   */
  name: string
  /**
   * Energy, kcal per 100 g
   * Whole number, 0 to 1000.
   */
  kcal100g: number
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
  portions?: Portion[]
}

export interface ProductCreate {
  /**
   * Product name
   * 1 to 100 characters.
   */
  name: string
  /**
   * Energy, kcal per 100 g
   * Whole number, 0 to 1000.
   */
  kcal100g: number
}

/** The properties that the parameter `fields` asked for. */
export interface ProductPartial {
  /** Uuid. */
  id?: string
  /**
   * Product name
   * 1 to 100 characters.
   */
  name?: string
  /**
   * Energy, kcal per 100 g
   * Whole number, 0 to 1000.
   */
  kcal100g?: number
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
  portions?: Portion[]
}

export interface ProductPatch {
  /**
   * Product name
   * 1 to 100 characters.
   */
  name?: string
  /**
   * Energy, kcal per 100 g
   * Whole number, 0 to 1000.
   */
  kcal100g?: number
}

export interface ValidationIssue {
  in: 'body' | 'query' | 'path' | 'header'
  path: string
  code: string
  message: string
}

/** Answers that several operations have in common. */
export interface responses {
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequest: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'REQUEST_MALFORMED' | 'UNKNOWN_QUERY' | 'URL_MALFORMED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestBodyIncompleteMalformedJson: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'BODY_INCOMPLETE' | 'MALFORMED_JSON' | 'REQUEST_MALFORMED' | 'UNKNOWN_QUERY' | 'URL_MALFORMED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code:
          | 'BODY_INCOMPLETE'
          | 'MALFORMED_JSON'
          | 'PRECONDITION_MALFORMED'
          | 'PRECONDITION_UNSUPPORTED'
          | 'REQUEST_MALFORMED'
          | 'UNKNOWN_QUERY'
          | 'URL_MALFORMED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code:
          | 'BODY_INCOMPLETE'
          | 'PRECONDITION_MALFORMED'
          | 'PRECONDITION_UNSUPPORTED'
          | 'REQUEST_MALFORMED'
          | 'UNKNOWN_QUERY'
          | 'URL_MALFORMED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestCursorInvalidPreconditionMalformed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'CURSOR_INVALID' | 'PRECONDITION_MALFORMED' | 'REQUEST_MALFORMED' | 'UNKNOWN_QUERY' | 'URL_MALFORMED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestPreconditionMalformed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'PRECONDITION_MALFORMED' | 'REQUEST_MALFORMED' | 'UNKNOWN_QUERY' | 'URL_MALFORMED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The body is larger than the server reads. */
  BodyTooLarge: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'BODY_TOO_LARGE'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The present state of the data stands against it. */
  DefaultPortionNeeded: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'DEFAULT_PORTION_NEEDED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The present state of the data stands against it. */
  DefaultPortionNeededOrUnique: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'DEFAULT_PORTION_NEEDED' | 'UNIQUE'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The present state of the data stands against it. */
  DeviceRegistered: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'DEVICE_REGISTERED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request expects something that no server here does. */
  ExpectationFailed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'EXPECTATION_FAILED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The server failed; the log has the reason under the id of the request. */
  InternalServerError: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'INTERNAL'
        errors?: ValidationIssue[]
      }
    }
  }
  /** There is no such thing for whoever asks. */
  NotFound: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'NOT_FOUND'
        errors?: ValidationIssue[]
      }
    }
  }
  /** Values break rules; the errors say which. */
  ReferenceMissingOrValidation: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'REFERENCE_MISSING' | 'VALIDATION'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The headers are larger than the server reads. */
  RequestHeaderFieldsTooLarge: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'HEADERS_TOO_LARGE'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request did not arrive in time. */
  RequestTimeout: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'REQUEST_TIMEOUT'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The present state of the data stands against it. */
  RestoreParentDeletedOrUnique: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'RESTORE_PARENT_DELETED' | 'UNIQUE'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The database does not answer at the moment; trying again may help. */
  ServiceUnavailable: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'Retry-After'?: number
    }
    content: {
      'application/json': {
        detail: string
        code: 'DATABASE_BUSY' | 'DATABASE_CLOSED' | 'DATABASE_TIMEOUT' | 'DATABASE_UNAVAILABLE' | 'POOL_TIMEOUT'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The database does not answer at the moment; trying again may help. */
  ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'Retry-After'?: number
    }
    content: {
      'application/json': {
        detail: string
        code:
          | 'COMMIT_UNKNOWN'
          | 'DATABASE_BUSY'
          | 'DATABASE_CLOSED'
          | 'DATABASE_READ_ONLY'
          | 'DATABASE_TIMEOUT'
          | 'DATABASE_UNAVAILABLE'
          | 'POOL_TIMEOUT'
          | 'STORAGE_FULL'
        errors?: ValidationIssue[]
      }
    }
  }
  /** Too many requests came from there. */
  TooManyRequests: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'Retry-After'?: number
    }
    content: {
      'application/json': {
        detail: string
        code: 'RATE_LIMITED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The URL is longer than the server reads. */
  URITooLong: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'URL_TOO_LONG'
        errors?: ValidationIssue[]
      }
    }
  }
  /** Nobody known is asking: the credential is missing, wrong or expired. */
  Unauthenticated: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'WWW-Authenticate': string
    }
    content: {
      'application/json': {
        detail: string
        code: 'UNAUTHENTICATED'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The present state of the data stands against it. */
  Unique: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'UNIQUE'
        errors?: ValidationIssue[]
      }
    }
  }
  /** The body is not sent as one of the media types that are read. */
  UnsupportedMediaType: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'UNSUPPORTED_MEDIA_TYPE'
        errors?: ValidationIssue[]
      }
    }
  }
  /** Values break rules; the errors say which. */
  Validation: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/json': {
        detail: string
        code: 'VALIDATION'
        errors?: ValidationIssue[]
      }
    }
  }
}

/** Every code that an error of this API may have; later versions may have more. */
export type ErrorCode =
  | 'BODY_INCOMPLETE'
  | 'BODY_TOO_LARGE'
  | 'COMMIT_UNKNOWN'
  | 'CURSOR_INVALID'
  | 'DATABASE_BUSY'
  | 'DATABASE_CLOSED'
  | 'DATABASE_READ_ONLY'
  | 'DATABASE_TIMEOUT'
  | 'DATABASE_UNAVAILABLE'
  | 'DEFAULT_PORTION_NEEDED'
  | 'DEVICE_REGISTERED'
  | 'EXPECTATION_FAILED'
  | 'HEADERS_TOO_LARGE'
  | 'INTERNAL'
  | 'MALFORMED_JSON'
  | 'NOT_FOUND'
  | 'POOL_TIMEOUT'
  | 'PRECONDITION_MALFORMED'
  | 'PRECONDITION_UNSUPPORTED'
  | 'RATE_LIMITED'
  | 'REFERENCE_MISSING'
  | 'REQUEST_MALFORMED'
  | 'REQUEST_TIMEOUT'
  | 'RESTORE_PARENT_DELETED'
  | 'STORAGE_FULL'
  | 'UNAUTHENTICATED'
  | 'UNIQUE'
  | 'UNKNOWN_QUERY'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'URL_MALFORMED'
  | 'URL_TOO_LONG'
  | 'VALIDATION'
