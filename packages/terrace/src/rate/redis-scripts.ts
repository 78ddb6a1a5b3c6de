/**
 * By Redis's own clock, in microseconds, which a double holds exactly. A key is gone when its bucket is empty. Gives how long that
 * will be; what is above the window was refused, and nothing was written.
 *
 * `ARGV`: the interval and the window, in microseconds.
 */
export const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local emptyAt = tonumber(redis.call('GET', KEYS[1]) or '0')
if emptyAt < now then emptyAt = now end
emptyAt = emptyAt + tonumber(ARGV[1])
local emptyIn = emptyAt - now
if emptyIn <= tonumber(ARGV[2]) then
  redis.call('SET', KEYS[1], string.format('%.0f', emptyAt), 'PX', math.ceil(emptyIn / 1000))
end
return string.format('%.0f', emptyIn)
`

/** `ARGV`: the interval, in microseconds. */
export const giveBackScript = `
local emptyAt = redis.call('GET', KEYS[1])
if not emptyAt then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
emptyAt = tonumber(emptyAt) - tonumber(ARGV[1])
if emptyAt <= now then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], string.format('%.0f', emptyAt), 'PX', math.ceil((emptyAt - now) / 1000))
return 1
`
