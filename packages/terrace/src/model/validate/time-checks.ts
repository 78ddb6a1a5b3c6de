import type { RuleViolation } from './violation.ts'
import { broken } from './violation.ts'

// Years 1 to 9999: what every engine stores and what ISO 8601 writes with four digits.
const firstInstant = Date.parse('0001-01-01T00:00:00.000Z')
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z')

const dateForm = /^(\d{4})-(\d{2})-(\d{2})$/
const timeForm = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/
const instantForm = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d{1,6})?Z$/

/** A valid `Date` in the years 1 to 9999. */
export function checkInstant(value: unknown): RuleViolation | null {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return broken('validDate')
  const time = value.getTime()
  return time >= firstInstant && time <= lastInstant ? null : broken('years')
}

/** UTC with at most six digits of a second, in the years 1 to 9999; no leap second. */
export function checkMicroseconds(value: unknown): RuleViolation | null {
  const [, date, time] = (typeof value === 'string' ? instantForm.exec(value) : null) ?? []
  if (date !== undefined && time !== undefined && isCalendarDate(date) && timeForm.test(time)) return null
  return broken('instantInUtc')
}

/** A day of the Gregorian calendar, `YYYY-MM-DD`, in the years 1 to 9999. */
export function checkDate(value: unknown): RuleViolation | null {
  if (typeof value === 'string' && isCalendarDate(value)) return null
  return broken('calendarDate')
}

/** `HH:MM:SS`, from 00:00:00 to 23:59:59. */
export function checkTime(value: unknown): RuleViolation | null {
  if (typeof value === 'string' && timeForm.test(value)) return null
  return broken('timeOfDay')
}

function isCalendarDate(text: string): boolean {
  const [, year, month, day] = dateForm.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
