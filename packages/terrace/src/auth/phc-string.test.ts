import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { parsePhc, printPhc } from './phc-string.ts'

const salt = Buffer.alloc(16, 1)
const hash = Buffer.alloc(32, 2)
const tail = `${salt.toString('base64').slice(0, 22)}$${hash.toString('base64').slice(0, 43)}`
const argon2 = `$argon2id$v=19$m=47104,t=1,p=1$${tail}`
const scrypt = `$scrypt$ln=17,r=8,p=1$${tail}`

test('a hash is printed as a PHC string and read again', () => {
  expect(printPhc({ work: { kind: 'argon2id', memoryKiB: 47_104, passes: 1, lanes: 1 }, salt, hash })).toBe(argon2)
  expect(printPhc({ work: { kind: 'scrypt', log2Cost: 17, blockSize: 8, lanes: 1 }, salt, hash })).toBe(scrypt)
  for (const text of [argon2, scrypt])
    expect(printPhc(parsePhc(text) as NonNullable<ReturnType<typeof parsePhc>>)).toBe(text)
})

test.each([
  ['nothing', ''],
  ['a word', 'password'],
  ['dollars', '$'.repeat(255)],
  ['a megabyte', argon2 + 'A'.repeat(1_000_000)],
  ['an algorithm of others', '$2b$12$KIXQ4S1Vd1Z7z5fE1f1FqO8h8K9mQyJ6sZ0o7b8c9d0e1f2a3b4c5'],
  ['argon2i', argon2.replace('argon2id', 'argon2i')],
  ['another version', argon2.replace('v=19', 'v=16')],
  ['no version', argon2.replace('v=19$', '')],
  ['parameters in another order', argon2.replace('m=47104,t=1', 't=1,m=47104')],
  ['no memory', argon2.replace('m=47104', 'm=0')],
  ['less memory than its lanes need', argon2.replace('m=47104,t=1,p=1', 'm=8,t=1,p=2')],
  ['four terabytes', argon2.replace('m=47104', 'm=4294967295')],
  ['more than a gigabyte', argon2.replace('m=47104', 'm=1048577')],
  ['no passes', argon2.replace('t=1', 't=0')],
  ['endless passes', argon2.replace('t=1', 't=999999')],
  ['no lanes', argon2.replace('p=1', 'p=0')],
  ['a number below zero', argon2.replace('m=47104', 'm=-47104')],
  ['a number with an exponent', argon2.replace('m=47104', 'm=4e4')],
  ['scrypt of two gigabytes', scrypt.replace('ln=17', 'ln=21')],
  ['scrypt of no work', scrypt.replace('ln=17', 'ln=0')],
  ['a salt of four bytes', argon2.replace(tail, `AAAAAA$${tail.split('$')[1]}`)],
  ['a hash of eight bytes', argon2.replace(tail, `${tail.split('$')[0]}$AAAAAAAAAAA`)],
  ['a hash of 65 bytes', argon2.replace(tail, `${tail.split('$')[0]}$${'A'.repeat(87)}`)],
  ['padding', `${argon2}=`],
  ['another spelling of the same bytes', `${argon2.slice(0, -1)}${argon2.endsWith('I') ? 'J' : 'B'}`],
  ['the alphabet of URLs', argon2.replace(tail, `${'-'.repeat(22)}$${'_'.repeat(43)}`)],
  ['a line break at the end', `${argon2}\n`],
  ['more behind it', `${argon2}$AAAA`],
])('%s is no PHC string', (_name, text) => {
  expect(parsePhc(text)).toBeNull()
})

test('random bytes are never read, and never stop anybody', () => {
  for (let round = 0; round < 2000; round++) expect(parsePhc(randomBytes(round % 300).toString('latin1'))).toBeNull()
})
