/** What the routes of a resource do, in the order in which they are declared. */
export const operations = ['list', 'get', 'create', 'patch', 'put', 'delete', 'restore'] as const

export type Operation = (typeof operations)[number]
