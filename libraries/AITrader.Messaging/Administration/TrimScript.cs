namespace AITrader.Messaging.Administration;

/// <summary>Trims below what every group has acknowledged, in one step, so that no delivery can come between the look and the cut.</summary>
internal static class TrimScript
{
    /// <summary>
    /// KEYS[1] stream; ARGV[1] oldest time to keep in ms, or ''; ARGV[2] entries to keep, or ''; ARGV[3] most entries to remove now; ARGV[4…] groups that must
    /// exist. Returns how many were removed.
    /// </summary>
    /// <remarks>
    /// The floor is the lowest of: each group's oldest pending id, or where nothing is pending the id after its last delivered one. MINID with LIMIT removes at
    /// most so many entries and none at or above the floor.
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
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        local groups = redis.call('XINFO', 'GROUPS', KEYS[1])
        local seen = {}
        local floor = nil
        for _, flat in ipairs(groups) do
          local group = {}
          for i = 1, #flat, 2 do group[flat[i]] = flat[i + 1] end
          seen[group['name']] = true
          local own
          if group['pending'] > 0 then
            own = redis.call('XPENDING', KEYS[1], group['name'])[2]
          else
            local time, seq = string.match(group['last-delivered-id'], '^(%d+)-(%d+)$')
            own = time .. '-' .. string.format('%.0f', tonumber(seq) + 1)
          end
          if floor == nil or before(own, floor) then floor = own end
        end
        for i = 4, #ARGV do
          if not seen[ARGV[i]] then return 0 end
        end
        local limit = tonumber(ARGV[3])
        local minid = floor
        if ARGV[1] ~= '' then
          local oldest = ARGV[1] .. '-0'
          if minid == nil or before(oldest, minid) then minid = oldest end
        end
        local removed = 0
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
        return removed
        """;
}
