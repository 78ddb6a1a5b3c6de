import type { ErrorDefinition } from '../terrace-error.ts'

/** Users, their passwords and their tokens. */
export const userErrors = {
  LOGIN_FAILED: {
    kind: 'authentication',
    en: 'The e-mail or the password is wrong',
    zh: '邮箱或密码错误',
    remedy: 'Check both; the answer is the same for an unknown e-mail, a wrong password and a disabled user',
    remedyZh: '请检查邮箱和密码；邮箱不存在、密码错误、用户被停用时的响应相同',
    values: {},
  },
  PASSWORD_WRONG: {
    kind: 'permission',
    en: 'The current password is wrong',
    zh: '当前密码错误',
    remedy: 'Send the password that is used to log in now',
    remedyZh: '请发送当前用于登录的密码',
    values: {},
  },
  EMAIL_TAKEN: {
    kind: 'conflict',
    en: 'The e-mail is already registered',
    zh: '邮箱已被注册',
    remedy: 'Log in, or register another e-mail',
    remedyZh: '请直接登录，或使用其他邮箱注册',
    values: {},
  },
  REFRESH_FAILED: {
    kind: 'authentication',
    en: 'Invalid or expired refresh token',
    zh: '刷新令牌无效或已过期',
    remedy: 'Log in again; each refresh token is good for one use, and a second use ends its login',
    remedyZh: '请重新登录；每个刷新令牌只能使用一次，重复使用会结束该次登录',
    values: {},
  },
  PASSWORD_QUEUE_FULL: {
    kind: 'unavailable',
    en: 'Too many passwords are being checked at this moment',
    zh: '当前正在校验的密码过多',
    remedy: 'Try again after as many seconds as the header retry-after says',
    remedyZh: '请在 retry-after 响应头给出的秒数之后重试',
    values: {},
  },
  PASSWORD_ALGORITHM: {
    kind: 'internal',
    en: 'A password is stored by {algorithm}, which this Node cannot compute',
    zh: '有密码以 {algorithm} 存储，当前 Node 无法计算',
    remedy: 'Run Node 24.7 or newer; passwords that were hashed by it are not readable to an older one',
    remedyZh: '请使用 Node 24.7 或更高版本；由其哈希的密码无法被更旧的版本校验',
    values: { algorithm: 'argon2id' },
  },
  PASSWORD_OPTIONS: {
    kind: 'declaration',
    en: 'The hashing of passwords is declared wrongly: {problem}',
    zh: '密码哈希的配置有误：{problem}',
    remedy: '{remedy}',
    remedyZh: '请更正 hashedPasswords 的选项：{problem}',
    values: { problem: 'memoryKiB is 1024', remedy: 'Give a whole number from 47104 to 1048576' },
  },
  TOKEN_KEYS: {
    kind: 'declaration',
    en: 'The keys of access tokens cannot be used: {problem}',
    zh: '访问令牌的密钥不可用：{problem}',
    remedy: '{remedy}',
    remedyZh: '请按照 {problem} 更正 jwtTokens 的 keys',
    values: { problem: 'key 2026-01: a secret of 12 bytes, needs 32', remedy: 'Give a random secret of 32 bytes' },
  },
} as const satisfies Record<string, ErrorDefinition>
