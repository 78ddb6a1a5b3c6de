import { food, portion, product } from './shop-rows.ts'

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 2, 3, minute, 5, 678))

/** What some shapes give in Ann's session, worked out by hand: the same on every engine. */
export const knownRows: Readonly<Record<string, readonly unknown[]>> = {
  'a decimal': [
    { id: product(2), price: '12.25' },
    { id: product(3), price: '3.00' },
  ],
  'a bigint': [
    { id: food(1), weight: 9_007_199_254_740_993n },
    { id: food(4), weight: 4n },
  ],
  'equality without case': [{ id: product(1) }],
  'a list without case': [{ id: product(1) }, { id: product(2) }],
  'not in an empty list': [{ id: product(1) }, { id: product(2) }, { id: product(3) }, { id: product(5) }],
  'different, null included': [{ id: product(2) }, { id: product(3) }, { id: product(5) }],
  'between, either way round': [{ id: product(2) }, { id: product(3) }, { id: product(5) }],
  'a list of tuples': [{ id: product(1) }],
  'an order of tuples': [{ id: product(3) }, { id: product(5) }],
  sums: [{ kcal: 110, price: '16.75', ratio: 1.75 }],
  'a mean': [{ mean: 27.5 }],
  'least and most': [{ first: at(1), last: at(5), dearest: '12.25', name: 'Apple' }],
  'an aggregate over some rows': [{ open: 1, kcal: 50 }],
  'groups of an owned model': [
    { isOpen: false, n: 3 },
    { isOpen: true, n: 1 },
  ],
  'a window': [
    { id: portion(1), place: 2, total: 430 },
    { id: portion(2), place: 1, total: 430 },
    { id: portion(3), place: 1, total: 430 },
  ],
  'coalesce with a value': [
    { id: product(1), price: '1.50' },
    { id: product(2), price: '12.25' },
    { id: product(3), price: '3.00' },
    { id: product(5), price: '0.00' },
  ],
  'case that gives a column': [
    { id: product(1), at: at(2) },
    { id: product(2), at: at(2) },
    { id: product(3), at: at(4) },
    { id: product(5), at: at(6) },
  ],
  calculation: [
    { id: product(1), odd: 21, quarter: 2.5, pair: '3.00', minus: -10 },
    { id: product(2), odd: 41, quarter: 5, pair: '24.50', minus: -20 },
    { id: product(3), odd: 61, quarter: 7.5, pair: '6.00', minus: -30 },
    { id: product(5), odd: 101, quarter: 12.5, pair: null, minus: -50 },
  ],
  'what is nested stays nested': [
    { id: product(1), n: 22 },
    { id: product(2), n: 42 },
    { id: product(3), n: 62 },
    { id: product(5), n: 102 },
  ],
  'a condition as a value': [
    { id: product(1), isRich: false },
    { id: product(2), isRich: false },
    { id: product(3), isRich: true },
    { id: product(5), isRich: true },
  ],
  casts: [
    { text: '10', float: 10 },
    { text: '20', float: 20 },
    { text: '30', float: 30 },
    { text: '50', float: 50 },
  ],
  'NULL sorts first': [
    { id: product(5), price: null },
    { id: product(1), price: '1.50' },
    { id: product(3), price: '3.00' },
    { id: product(2), price: '12.25' },
  ],
  'NULL last when asked': [
    { id: product(1), price: '1.50' },
    { id: product(3), price: '3.00' },
    { id: product(2), price: '12.25' },
    { id: product(5), price: null },
  ],
  'NULL first of a column that an outer join leaves empty': [
    { id: product(2), kcal100g: null },
    { id: product(5), kcal100g: null },
    { id: product(1), kcal100g: 52 },
    { id: product(3), kcal100g: 68 },
  ],
  'a page': [{ id: product(2) }, { id: product(5) }],
}
