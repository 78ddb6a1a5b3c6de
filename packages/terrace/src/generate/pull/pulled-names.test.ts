import { expect, test } from 'vitest'
import { fileName, modelNames, propertyNames } from './pulled-names.ts'

test('a column is a property in camelCase, whatever its own case', () => {
  const names = [
    'first_name',
    'LastName',
    'UPPER_CASE',
    'XMLDoc',
    'address2',
    'address_2',
    'a-b',
    'e-mail address',
    'customerID',
  ]
  expect(Object.fromEntries(propertyNames(names))).toEqual({
    first_name: 'firstName',
    LastName: 'lastName',
    UPPER_CASE: 'upperCase',
    XMLDoc: 'xmlDoc',
    address2: 'address2',
    address_2: 'address22',
    'a-b': 'aB',
    'e-mail address': 'eMailAddress',
    customerID: 'customerId',
  })
})

test('accents are left out, other scripts and leading digits have a word in front', () => {
  const names = ['Größe', 'façade', 'Ærø', '名前', '?', '2fa']
  expect([...propertyNames(names).values()]).toEqual(['grosse', 'facade', 'aero', 'column6', 'column2', 'column2fa'])
})

test('of columns that would be called alike, the one that the convention gives keeps the name', () => {
  for (const names of [
    ['a b', 'a_b', 'aB'],
    ['aB', 'a_b', 'a b'],
  ])
    expect(Object.fromEntries(propertyNames(names))).toEqual({ a_b: 'aB2', aB: 'aB', 'a b': 'aB3' })
})

test('no property is a name of every object, and no two are equal', () => {
  const names = ['constructor', 'to_string', '__proto__', 'prototype', 'hasOwnProperty', 'has_own_property']
  const properties = [...propertyNames(names).values()]
  expect(properties.filter((name) => name in {})).toEqual([])
  expect(new Set(properties).size).toBe(names.length)
})

test('a table is a model in PascalCase, and none has the name of a global', () => {
  const names = [
    'film_actor',
    'PlaylistTrack',
    '_CategoryToPost',
    'object',
    'map',
    '2024',
    'order items',
    'order_items',
  ]
  expect(Object.fromEntries(modelNames(names))).toEqual({
    film_actor: 'FilmActor',
    PlaylistTrack: 'PlaylistTrack',
    _CategoryToPost: 'CategoryToPost',
    object: 'ObjectRow',
    map: 'MapRow',
    '2024': 'Table2024',
    'order items': 'OrderItems2',
    order_items: 'OrderItems',
  })
  expect(fileName('FilmActor')).toBe('film-actor.model.ts')
})
