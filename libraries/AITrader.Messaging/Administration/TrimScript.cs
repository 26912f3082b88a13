namespace AITrader.Messaging.Administration;

/// <summary>Trims a stream in one atomic step: no delivery can happen between the check and the removal.</summary>
internal static class TrimScript
{
    /// <summary>
    /// KEYS[1] stream; ARGV[1] oldest time to keep in ms, or ''; ARGV[2] entries to keep, or ''; ARGV[3] most entries to remove now;
    /// ARGV[4] entries to keep at most
    /// whatever is owed, or ''; ARGV[5] group of the record, or ''; ARGV[6…] groups that must exist. Returns how many were removed, and how
    /// many of them were owed.
    /// </summary>
    /// <remarks>
    /// The floor of a group is its oldest pending id, or where nothing is pending the id after its last delivered one; the floor of the
    /// stream is the lowest of them.
    /// MINID with LIMIT removes at most so many entries and none at or above the floor. Only when nothing is left below the stream's floor,
    /// and the stream is
    /// above its bound all the same, what groups owe goes too: as far as the record has it.
    /// </remarks>
    public const string Text = """
        local function parts(id)
          local time, seq = string.match(id, '^(%d+)-(%d+)$')
          return tonumber(time), tonumber(seq)
        end
        local function before(a, b)
          local at, as = parts(a)
          local bt, bs = parts(b)
          return at < bt or (at == bt and as < bs)
        end
        if redis.call('EXISTS', KEYS[1]) == 0 then return {0, 0} end
        local floors = {}
        local floor = nil
        for _, flat in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
          local group = {}
          for i = 1, #flat, 2 do group[flat[i]] = flat[i + 1] end
          local own
          if group['pending'] > 0 then
            own = redis.call('XPENDING', KEYS[1], group['name'])[2]
          else
            local time, seq = string.match(group['last-delivered-id'], '^(%d+)-(%d+)$')
            own = time .. '-' .. string.format('%.0f', tonumber(seq) + 1)
          end
          floors[group['name']] = own
          if floor == nil or before(own, floor) then floor = own end
        end
        local complete = ARGV[5] == '' or floors[ARGV[5]] ~= nil
        for i = 6, #ARGV do
          if not floors[ARGV[i]] then complete = false end
        end
        local limit = tonumber(ARGV[3])
        local removed = 0
        if complete then
          local minid = floor
          if ARGV[1] ~= '' then
            local oldest = ARGV[1] .. '-0'
            if minid == nil or before(oldest, minid) then minid = oldest end
          end
          if ARGV[1] ~= '' and minid ~= nil then
            removed = redis.call('XTRIM', KEYS[1], 'MINID', '~', minid, 'LIMIT', limit)
          end
          if ARGV[2] ~= '' and removed < limit then
            local excess = math.min(redis.call('XLEN', KEYS[1]) - tonumber(ARGV[2]), limit - removed)
            if excess > 0 then
              if floor == nil then
                removed = removed + redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[2], 'LIMIT', excess)
              else
                removed = removed + redis.call('XTRIM', KEYS[1], 'MINID', '~', floor, 'LIMIT', excess)
              end
            end
          end
        end
        if removed > 0 or ARGV[4] == '' then return {removed, 0} end
        local excess = math.min(redis.call('XLEN', KEYS[1]) - tonumber(ARGV[4]), limit)
        if excess <= 0 then return {0, 0} end
        local owed = 0
        if ARGV[5] == '' then
          owed = redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[4], 'LIMIT', excess)
        elseif floors[ARGV[5]] then
          owed = redis.call('XTRIM', KEYS[1], 'MINID', '~', floors[ARGV[5]], 'LIMIT', excess)
        end
        return {owed, owed}
        """;
}
