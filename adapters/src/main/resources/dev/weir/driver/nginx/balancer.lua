-- Picks a server for each request, from lists of members that Weir sends while nginx runs.
--
-- The lists lie in a dictionary that all workers share, each under its version, so that a list is
-- never seen half. Each worker keeps its own reading of them, and counts failures by itself. A
-- dictionary that is empty, as after a start of nginx, is filled from the files that Weir keeps.
--
-- A list is text:  weir NAME VERSION, a line for each member, and a line with the word end.
-- A member's line: ADDRESS WEIGHT STATE ROLE NAME

local balancer = require "ngx.balancer"
local bit = require "bit"

local FOLDER = "@FOLDER@"
local NOBODY = "@NOBODY@"
local POINTS = 160
local MOST_POINTS = 40000

local dict = ngx.shared["@DICTIONARY@"]
local pools = {}
local busy = {} -- the peer that each request under way has
local weir = {}

-- Lists ------------------------------------------------------------------------------------------

local function version_key(name) return "v:" .. name end
local function list_key(name, version) return "l:" .. name .. ":" .. version end

-- Puts a list in force; the former one stays where there is no room for the new.
local function store(name, version, list)
  local former = dict:get(version_key(name))
  if former == version then return true end
  local ok, why = dict:safe_set(list_key(name, version), list)
  if ok then ok, why = dict:safe_set(version_key(name), version) end
  if not ok then
    dict:delete(list_key(name, version))
    return false, why
  end
  if former then dict:delete(list_key(name, former)) end
  return true
end

local function lists_in(text)
  return text:gmatch("(weir (%S+) (%x+).-\nend\n)")
end

-- The version and list in force. Between the two questions another worker may put a new one there.
local function current(name)
  for _ = 1, 3 do
    local version = dict:get(version_key(name))
    if not version then return nil end
    local list = dict:get(list_key(name, version))
    if list then return version, list end
  end
  return nil
end

local function from_disk(name)
  local file = io.open(FOLDER .. "/" .. name)
  if not file then return nil end
  local text = file:read("*a")
  file:close()
  for list, found, version in lists_in(text) do
    if found == name then
      store(name, version, list)
      return version, list
    end
  end
  return nil
end

-- Peers ------------------------------------------------------------------------------------------

local function new_peer(address)
  local host, port = address, nil
  if address:sub(1, 5) ~= "unix:" then
    host, port = address:match("^(.*):(%d+)$")
  end
  return { address = address, host = host, port = tonumber(port), fails = 0, since = 0, active = 0 }
end

local function new_group() return { at = 0, equal = true } end

local function add(group, peer)
  group[#group + 1] = peer
  group.equal = group.equal and peer.weight == group[1].weight
end

-- What is known of a peer survives a new list.
local function read_pool(name, version, list)
  local former = pools[name] and pools[name].by_address or {}
  local pool = { version = version, by_address = {}, normal = new_group(), backup = new_group() }
  for address, weight, role in list:gmatch("\n(%S+) (%d+) ready (%a+) [^\n]*") do
    local peer = former[address] or new_peer(address)
    peer.weight = tonumber(weight)
    peer.share = 0
    pool.by_address[address] = peer
    add(role == "backup" and pool.backup or pool.normal, peer)
  end
  -- each worker begins elsewhere, so that few requests do not all meet the same member
  pool.normal.at = #pool.normal > 0 and ngx.worker.id() % #pool.normal or 0
  pools[name] = pool
  return pool
end

local function pool_of(name)
  local version = dict:get(version_key(name))
  local pool = pools[name]
  if pool and version and pool.version == version then return pool end
  local list
  version, list = current(name)
  if not version then version, list = from_disk(name) end
  if not version then
    return read_pool(name, nil, "\n" .. NOBODY .. " 1 ready normal nobody")
  end
  return read_pool(name, version, list)
end

-- Choice -----------------------------------------------------------------------------------------

-- What one request asks of a peer: how many failures it may have, and which were tried.
local function takes(request, peer)
  if request.tried and request.tried[peer] then return false end
  return request.max_fails == 0 or peer.fails < request.max_fails
      or ngx.now() - peer.since > request.fail_timeout
end

local function in_turn(group, request)
  for _ = 1, #group do
    group.at = group.at % #group + 1
    local peer = group[group.at]
    if takes(request, peer) then return peer end
  end
  return nil
end

-- The smooth way: who has waited longest for its share.
local function by_weight(group, request)
  local best, total = nil, 0
  for i = 1, #group do
    local peer = group[i]
    if takes(request, peer) then
      peer.share = peer.share + peer.weight
      total = total + peer.weight
      if not best or peer.share > best.share then best = peer end
    end
  end
  if best then best.share = best.share - total end
  return best
end

local function round_robin(group, request)
  if group.equal then return in_turn(group, request) end
  return by_weight(group, request)
end

-- Of equally busy ones, the one after the last choice.
local function least_connections(group, request)
  local best, load, place = nil, 0, group.at
  for i = 1, #group do
    local at = (group.at + i - 1) % #group + 1
    local peer = group[at]
    local busy = peer.active / peer.weight
    if (not best or busy < load) and takes(request, peer) then best, load, place = peer, busy, at end
  end
  group.at = place
  return best
end

-- Points of every peer on a circle: who leaves gives its keys to many, who comes takes from many.
local function circle(group)
  local total = 0
  for i = 1, #group do total = total + group[i].weight end
  local each = math.min(POINTS, MOST_POINTS / math.max(total, 1))
  local points = {}
  for i = 1, #group do
    local peer = group[i]
    for n = 1, math.max(1, math.floor(each * peer.weight)) do
      points[#points + 1] = { ngx.crc32_long(peer.address .. "#" .. n), peer }
    end
  end
  table.sort(points, function(a, b)
    if a[1] ~= b[1] then return a[1] < b[1] end
    return a[2].address < b[2].address
  end)
  return points
end

local function by_key(group, request)
  group.points = group.points or circle(group)
  local points, hash = group.points, ngx.crc32_long(request.key)
  local low, high = 1, #points + 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if points[middle][1] < hash then low = middle + 1 else high = middle end
  end
  for i = 0, #points - 1 do
    local peer = points[(low - 1 + i) % #points + 1][2]
    if takes(request, peer) then return peer end
  end
  return nil
end

local METHODS = { round_robin = round_robin, least_conn = least_connections, hash = by_key }

local function choose(pool, method, request)
  local pick = METHODS[method]
  local peer = pick(pool.normal, request) or pick(pool.backup, request)
  if peer then return peer end
  request.max_fails = 0 -- nobody is left that has not failed: then all are as good as any
  peer = pick(pool.normal, request) or pick(pool.backup, request)
  if peer then return peer end
  request.tried = nil
  return pick(pool.normal, request) or pick(pool.backup, request)
end

-- Failures ---------------------------------------------------------------------------------------

local function failed(peer, fail_timeout)
  local now = ngx.now()
  if now - peer.since > fail_timeout then peer.fails = 0 end
  peer.fails = peer.fails + 1
  peer.since = now
end

-- The peers that this request has tried; nginx names them in order.
local function tried(pool, fail_timeout)
  local found, last = {}, nil
  for address in (ngx.var.upstream_addr or ""):gmatch("[^%s,]+") do
    local peer = pool.by_address[address]
    if peer then
      found[peer] = true
      last = peer
    end
  end
  if last then failed(last, fail_timeout) end
  return found
end

-- A request of this worker. An internal redirect empties ngx.ctx, and leaves these two.
local function request_id()
  return ngx.var.connection .. ":" .. ngx.var.connection_requests
end

-- How many requests a peer has is counted for least_conn alone.
local function occupy(peer)
  local id = request_id()
  local former = busy[id]
  if former then former.active = former.active - 1 end
  busy[id] = peer
  peer.active = peer.active + 1
end

-- What nginx calls --------------------------------------------------------------------------------

-- Picks a server of an upstream for the request at hand.
function weir.balance(name, method, max_fails, fail_timeout, key)
  local pool = pool_of(name)
  local request = { max_fails = max_fails, fail_timeout = fail_timeout, key = key }
  if balancer.get_last_failure() then
    request.tried = tried(pool, fail_timeout)
  else
    local others = #pool.normal + #pool.backup - 1
    if others > 0 then balancer.set_more_tries(others) end
  end
  local peer = choose(pool, method, request)
  if not peer then
    ngx.log(ngx.ERR, "weir: upstream ", name, " has no server")
    return ngx.exit(ngx.HTTP_BAD_GATEWAY)
  end
  if method == "least_conn" then occupy(peer) end
  local ok, why = balancer.set_current_peer(peer.host, peer.port)
  if not ok then ngx.log(ngx.ERR, "weir: server ", peer.address, ": ", why) end
end

-- A request is over.
function weir.done()
  local id = request_id()
  local peer = busy[id]
  if peer then
    busy[id] = nil
    peer.active = peer.active - 1
  end
end

-- Compares all of the longer one, however soon they differ.
local function same(secret, given)
  if type(given) ~= "string" then return false end
  local difference = bit.bxor(#secret, #given)
  for i = 1, #secret do
    difference = bit.bor(difference, bit.bxor(secret:byte(i), given:byte(i) or 0))
  end
  return difference == 0
end

local function put(text)
  local taken = {}
  for list, name, version in lists_in(text) do
    local ok, why = store(name, version, list)
    if not ok then
      ngx.status = 507
      return ngx.say("no room for ", name, ": ", why)
    end
    taken[#taken + 1] = name .. " " .. dict:get(version_key(name)) .. "\n"
  end
  ngx.print(taken)
end

-- Answers Weir: its lists, and those that it asks for by their names.
function weir.serve(secret)
  if not same(secret, ngx.req.get_headers()["x-weir-secret"]) then
    return ngx.exit(ngx.HTTP_FORBIDDEN)
  end
  if ngx.req.get_method() == "PUT" then
    ngx.req.read_body()
    local text = ngx.req.get_body_data()
    if not text then return ngx.exit(413) end
    return put(text)
  end
  for name in (ngx.var.args or ""):gmatch("[^,]+") do
    local _, list = current(name)
    if not list then _, list = from_disk(name) end
    ngx.print(list or "")
  end
end

package.loaded["@MODULE@"] = weir
return weir
