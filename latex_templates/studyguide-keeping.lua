-- studyguide-keeping.lua: what belongs together stays together.
--
-- Comes in: boxes that are set aside, as node lists. Goes out: the same boxes with breaks forbidden or allowed, with a mark
-- behind the last word, or made into a room that breaks over pages alike for participants and facilitators.
local M = studyguide
local direct = node.direct
local ANSWER_LINE = M.ANSWER_LINE
local HLIST, VLIST, RULE = node.id("hlist"), node.id("vlist"), node.id("rule")
local GLUE, KERN, PENALTY, GLYPH = node.id("glue"), node.id("kern"), node.id("penalty"), node.id("glyph")
local SPACE_SKIP = 13
local WHATSIT, INSERT, MARGIN_KERN = node.id("whatsit"), node.id("ins"), node.id("margin_kern")

-- ---- Lines and boxes ----------------------------------------------------------------------------------------------

local function last_line(list)
  local n = node.tail(list)
  while n and not (n.id == HLIST and n.subtype == 1) do n = n.prev end
  return n
end

-- Keeps a last word of a few letters with the word before it, so that no paragraph ends in a line of two letters.
local SHORTEST_LAST_WORD = tex.sp("20pt")
local function hold_last_word(head)
  local n, width = direct.tail(head), 0
  while n and width < SHORTEST_LAST_WORD do
    local id = direct.getid(n)
    if id == GLUE and direct.getsubtype(n) == SPACE_SKIP and width > 0 then
      local penalty = direct.new(PENALTY)
      direct.setpenalty(penalty, 10000)
      direct.insert_before(head, n, penalty)
      return
    end
    if id == GLYPH or id == HLIST then width = width + direct.getwidth(n) end
    n = direct.getprev(n)
  end
end

luatexbase.add_to_callback("pre_linebreak_filter", function(head)
  local list = direct.todirect(head)
  hold_last_word(list)
  if M.lean then M.lean.kern_hyphens(list) end
  return head
end, "studyguide.paragraph")

-- Sets the box `register` after the last word of the list being built; prints 1, or 0 if there is no line.
function M.attach(register)
  local line = last_line(tex.nest.top.head)
  if not line or not line.head then return tex.sprint(-2, "0") end
  local n = node.tail(line.head)
  while n and (n.id == GLUE or n.id == PENALTY or n.id == MARGIN_KERN) do n = n.prev end
  local box = node.copy_list(tex.box[register])
  line.head = node.insert_after(line.head, n or line.head, box)
  tex.sprint(-2, "1")
end

local function extent_of(n)
  if n.id == HLIST or n.id == VLIST or n.id == RULE then return n.height + n.depth end
  if n.id == KERN then return n.kern end
  return n.id == GLUE and n.width or 0
end

-- How high a list is. Lua's numbers do not overflow where TeX's dimensions would, at 16384 pt.
local function height_of(head)
  local height = 0
  for n in node.traverse(head) do height = height + extent_of(n) end
  return height
end

-- Forbids page breaks in the vertical box `register`, or in its first `extent` scaled points.
function M.keep(register, extent)
  local box = tex.box[register]
  if not box then return end
  local head, n, height = box.head, box.head, 0
  while n and (not extent or height < extent) do
    height = height + extent_of(n)
    if n.id == PENALTY then
      n.penalty = math.max(n.penalty, 10000)
    elseif n.id == GLUE and n.prev and n.prev.id ~= PENALTY then
      local penalty = node.new("penalty")
      penalty.penalty = 10000
      head = node.insert_before(head, n, penalty)
    end
    n = n.next
  end
  box.head = head
end

-- Keeps the box `register` together if it is not higher than that.
function M.keep_short(register, unbreakable_height)
  local box = tex.box[register]
  if box and height_of(box.head) < unbreakable_height then M.keep(register) end
end

local ROOM_MARK = 10001                        -- the penalty before a room, as studyguide-meeting.sty sets it
local LINES_KEPT = 3                           -- so many answer lines never part from what is asked

-- Keeps a question together if it is short; if not, its words and blocks with the first lines of its room.
function M.keep_question(register, unbreakable_height)
  local box = tex.box[register]
  if height_of(box.head) < unbreakable_height then return M.keep(register) end
  local asked = 0
  for n in node.traverse(box.head) do
    if n.id == PENALTY and n.penalty == ROOM_MARK then
      if asked < unbreakable_height then M.keep(register, asked + LINES_KEPT * ANSWER_LINE) end
      return
    end
    asked = asked + extent_of(n)
  end
end

-- Lets the words in the horizontal box `register` break anywhere, best after punctuation.
function M.breakable(register)
  local box = tex.box[register]
  if not box then return end
  local head, n = box.head, box.head
  while n do
    if n.id == GLYPH and n.next and n.next.id == GLYPH then
      local penalty = node.new("penalty")
      penalty.penalty = ("/?&=#-_.:,"):find(utf8.char(n.char), 1, true) and 50 or 900
      head, n = node.insert_after(head, n, penalty)
    end
    n = n.next
  end
  box.head = head
end

-- ---- Rooms ----------------------------------------------------------------------------------------------------------

local function empty_lines(list)
  local n = list.head
  while n do
    local following = n.next
    if n.id == HLIST or n.id == VLIST then
      if n.head then
        node.flush_list(n.head)
        n.head = nil
      end
    elseif n.id == RULE then
      n.width = 0
    elseif n.id == WHATSIT or n.id == INSERT then
      list.head = node.remove(list.head, n)
      node.flush_node(n)
    end
    n = following
  end
end

-- Appends blank boxes that fill a room up, with a page break allowed between whole answer lines.
local function fill_up(head, missing, region)
  while missing > 0 do
    local filler, penalty = node.new("hlist"), node.new("penalty")
    local remainder = missing % ANSWER_LINE
    filler.dir, filler.width, filler.depth = "TLT", 0, 0
    filler.height = remainder > 0 and remainder or ANSWER_LINE
    penalty.penalty = remainder > 0 and 10000 or 0
    if region then
      node.set_attribute(filler, M.region_attribute, region)
    else
      node.unset_attribute(filler, M.region_attribute)
    end
    penalty.next, filler.prev = filler, penalty
    if head then
      local tail = node.tail(head)
      tail.next, penalty.prev = penalty, tail
    else
      head = penalty
    end
    missing = missing - filler.height
  end
  return head
end

-- The space before the first box of a list, or nothing if there is no box. No line carries it, yet it is room.
local function space_before(n)
  local space = 0
  while n do
    if n.id == HLIST or n.id == VLIST then return space end
    if n.id == GLUE then space = space + n.width elseif n.id == KERN then space = space + n.kern end
    n = n.next
  end
end

-- Makes the box `register` a room of at least `lines` answer lines, always a whole number of them. Emptied, it keeps the
-- place of every line and every break, so that it breaks over pages as the full one does.
function M.room(register, lines, is_participant, unbreakable_height)
  local box = tex.box[register]
  local lead = space_before(box.head)
  local height = lead and height_of(box.head) or 0
  local region = tex.getattribute(M.region_attribute)
  M.regions[region].is_ruled = is_participant or not lead
  M.regions[region].lead = lead
  if is_participant then empty_lines(box) end
  if not lead then
    node.flush_list(box.head)
    box.head = nil
  end
  local total = math.max(lines, math.ceil(height / ANSWER_LINE)) * ANSWER_LINE
  box.head = fill_up(box.head, total - height, M.regions[region].is_ruled and region or nil)
  M.keep(register, total > unbreakable_height and LINES_KEPT * ANSWER_LINE or nil)
end
