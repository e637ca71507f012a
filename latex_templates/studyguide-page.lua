-- studyguide-page.lua: the finished page.
--
-- Comes in: the page's column as a box, with references waiting in their lines and lines that belong to regions.
-- Goes out: the margin column arranged, bars beside call-outs, rules to write on.
local M = {}
local sp = tex.sp
M.ANSWER_LINE = sp("8mm")
local ANSWER_LINE, HAIRLINE = M.ANSWER_LINE, sp("0.35pt")
local HLIST, VLIST = node.id("hlist"), node.id("vlist")
local RULE, GLUE, KERN, GLYPH = node.id("rule"), node.id("glue"), node.id("kern"), node.id("glyph")
local direct = node.direct
local todirect, tonode, getid, getnext = direct.todirect, direct.tonode, direct.getid, direct.getnext
local getlist, getattribute, getshift, getwidth = direct.getlist, direct.get_attribute, direct.getshift, direct.getwidth

-- ---- Regions: bars beside lines, rules to write on ------------------------------------------------------------------

local regions = {}
M.regions = regions

-- Declares a region: a bar stands at x, so wide; where it is room to write on, rules start at x and are so long.
function M.region(x, bar_width, rule_length)
  regions[#regions + 1] = { x = x, bar_width = bar_width, rule_length = rule_length, is_ruled = false }
  return #regions
end

local function new_box(kind)
  local box = node.new(kind)
  box.dir, box.width, box.height, box.depth = "TLT", 0, 0, 0
  return box
end

local function new_rule(width, height)
  local rule = node.new("rule")
  rule.width, rule.height, rule.depth = width, height, 0
  return rule
end

local function new_kern(amount)
  local kern = node.new("kern", 1)
  kern.kern = amount
  return kern
end

-- The drawing of a region that reaches from top to bottom, as a list that starts at its top.
local function draw_region(region, top, bottom)
  if not region.is_ruled then return new_rule(region.bar_width, bottom - top) end
  local head, last
  local y = ANSWER_LINE
  local position = 0
  while y <= bottom - top + 1000 do
    local kern, rule = new_kern(y - HAIRLINE - position), new_rule(region.rule_length, HAIRLINE)
    kern.next, rule.prev = rule, kern
    if last then last.next, kern.prev = kern, last else head = kern end
    last, position = rule, y
    y = y + ANSWER_LINE
  end
  return head
end

-- ---- The margin column of a page ----------------------------------------------------------------------------------

-- Walks boxes with the place of their reference point; calls found.box and found.mark with what it finds.
local walk_vertical, walk_horizontal

function walk_vertical(list, x, y, found)
  local n = getlist(list)
  y = y - direct.getheight(list)
  while n do
    local id = getid(n)
    if id == HLIST or id == VLIST then
      y = y + direct.getheight(n)
      found.box(n, x + getshift(n), y)
      local walk = id == HLIST and walk_horizontal or walk_vertical
      walk(n, x + getshift(n), y, found)
      y = y + direct.getdepth(n)
    elseif id == RULE then
      local height = direct.getheight(n)
      if height > -0x3fffffff then y = y + height + math.max(direct.getdepth(n), 0) end
    elseif id == GLUE then
      y = y + math.floor(direct.effective_glue(n, list) + 0.5)
    elseif id == KERN then
      y = y + direct.getkern(n)
    end
    n = getnext(n)
  end
end

-- Whether a box is a mark or holds one: few lines do, and finding the place of a box takes time.
local function has_mark(box)
  if getattribute(box, M.margin_attribute) then return true end
  for inner in direct.traverse_list(getlist(box)) do
    if has_mark(inner) then return true end
  end
  return false
end

local function left_edge(list, n)
  if M.left_edge then return M.left_edge(tonode(list), tonode(n)) end
  local set, order, sign = direct.getglue(list)
  return (direct.dimensions(set, sign, order, getlist(list), n))
end

function walk_horizontal(list, x, y, found)
  for n, id in direct.traverse_list(getlist(list)) do
    if has_mark(n) then
      local here, there = x + left_edge(list, n), y + getshift(n)
      local mark = getattribute(n, M.margin_attribute)
      if mark then
        found.mark(tonode(n), mark, here, there)
      else
        local walk = id == HLIST and walk_horizontal or walk_vertical
        walk(n, here, there, found)
      end
    end
  end
end

local function text_of(list)
  local text = {}
  for n in node.traverse(list) do
    if n.id == GLYPH then text[#text + 1] = utf8.char(n.char)
    elseif n.id == HLIST then text[#text + 1] = text_of(n.head) end
  end
  return table.concat(text)
end

-- Takes the box `child` out of its parent.
local function drop(parent, child)
  parent.head = node.remove(parent.head, child)
  node.flush_node(child)
end

local ROW = sp("10.5pt")
local ABOVE, BELOW = sp("8pt"), sp("2.5pt")

-- Joins references that stand level into rows that fit the column; `p.` is not said twice.
local function join_level(marks)
  local rows, row, width, said = {}, nil, 0, nil
  for _, mark in ipairs(marks) do
    local inner = mark.box.head.next
    if mark.kind == 2 then
      rows[#rows + 1] = { mark, depth = math.max(inner.depth, BELOW) + sp("1pt") }
      row, said = nil, nil
    else
      local comma = inner.head
      while comma.id ~= HLIST do comma = comma.next end
      local prefix = comma.next
      local word = text_of(prefix.head)
      local repeats = row and word == said
      local needed = inner.width - (row and 0 or comma.width) - (repeats and prefix.width or 0)
      if row and width + needed > M.margin_width then
        row, repeats = nil, false
        needed = inner.width - comma.width
      end
      if not row then
        row, width = { depth = BELOW }, 0
        rows[#rows + 1] = row
      end
      mark.offset = width
      if width == 0 then drop(inner, comma) end
      if repeats then drop(inner, prefix) end
      width, said = width + needed, word
      row[#row + 1] = mark
    end
  end
  return rows
end

-- Places all references of a page: level with their lines, the next one lower where they would touch.
local function place(marks, page_bottom)
  local rows = {}
  local i = 1
  while i <= #marks do
    local level = { marks[i] }
    while marks[i + 1] and math.abs(marks[i + 1].y - marks[i].y) < 32768 do
      i = i + 1
      level[#level + 1] = marks[i]
    end
    for k, row in ipairs(join_level(level)) do
      row.wanted = level[1].y + (k - 1) * ROW
      rows[#rows + 1] = row
    end
    i = i + 1
  end
  local free = -0x3fffffff
  for _, row in ipairs(rows) do
    row.y = math.max(row.wanted, free + ABOVE)
    free = row.y + row.depth
  end
  local limit = page_bottom
  for k = #rows, 1, -1 do
    local row = rows[k]
    if row.y + row.depth > limit then row.y = limit - row.depth end
    limit = row.y - ABOVE
  end
  for _, row in ipairs(rows) do
    for _, mark in ipairs(row) do
      local kern = mark.box.head
      kern.kern = M.margin_left + (mark.offset or 0) - mark.x
      kern.next.shift = row.y - mark.y
    end
  end
end

-- Draws the regions of a page, each over the lines that carry its number.
local function draw_regions(spans)
  for _, span in ipairs(spans) do
    local region = regions[span.region]
    if region.is_ruled then span.top, region.lead = span.top - (region.lead or 0), 0 end
    local drawing = draw_region(region, span.top, span.bottom)
    if drawing then
      local list, holder = new_box("vlist"), new_box("hlist")
      list.head, list.shift = drawing, span.top - span.y
      local kern = new_kern(region.x - span.x)
      kern.next, list.prev = list, kern
      holder.head = kern
      local line = span.first.head
      if line then holder.next, line.prev = line, holder end
      span.first.head = holder
    end
  end
end

-- ---- Word spaces ------------------------------------------------------------------------------------------------------

local SPACE_SKIP, EXTRA_SPACE_SKIP = 13, 14

-- Puts a space of its font into every gap between words, so that text copies out with its spaces: a gap alone says nothing
-- to a reader of the PDF (ISO 32000-2, 14.8.2.6.2). The gap grows narrower by as much, and nothing moves.
local function space_words(box)
  local head = getlist(box)
  for glue, kind in direct.traverse_id(GLUE, head) do
    if kind == SPACE_SKIP or kind == EXTRA_SPACE_SKIP then
      local word = direct.getprev(glue)
      while word and getid(word) ~= GLYPH do word = direct.getprev(word) end
      local space = word and direct.new(GLYPH)
      if space then direct.setfont(space, direct.getfont(word), 32) end
      if space and getwidth(space) > 0 then
        direct.setwidth(glue, getwidth(glue) - getwidth(space))
        head = direct.insert_before(head, glue, space)
      end
    end
  end
  direct.setlist(box, head)
  for inner in direct.traverse_list(head) do space_words(inner) end
end

-- Does so in the box `register`, once.
function M.space_words(register)
  if tex.box[register] then space_words(todirect(tex.box[register])) end
end

-- Arranges the page in the box `register`: its margin column, its regions.
function M.arrange(register)
  local page = tex.box[register]
  if not page or page.id ~= VLIST then return end
  local marks, spans = {}, {}
  walk_vertical(todirect(page), 0, page.height, {
    mark = function(box, kind, x, y) marks[#marks + 1] = { box = box, kind = kind, x = x, y = y } end,
    box = function(box, x, y)
      local region = getattribute(box, M.region_attribute)
      if not region or not regions[region] then return end
      local span = spans[#spans]
      if not span or span.region ~= region then
        span = { region = region, first = tonode(box), x = x, y = y, top = y - direct.getheight(box) }
        spans[#spans + 1] = span
      end
      span.bottom = math.max(span.bottom or 0, y + direct.getdepth(box))
    end,
  })
  table.sort(marks, function(a, b) if a.y ~= b.y then return a.y < b.y end return a.x < b.x end)
  place(marks, page.height + sp("3pt"))
  draw_regions(spans)
  space_words(todirect(page))
end

return M
