-- studyguide-page.lua: what TeX cannot say.
--
-- Comes in: finished pages and boxes, as node lists. Goes out: the margin column arranged, rooms of equal height for both
-- audiences, bars and rules over regions, columns of tables, QR codes as one filled path.
local M = {}
local sp = tex.sp
local ANSWER_LINE = sp("8mm")
local HAIRLINE = sp("0.35pt")
local HLIST, VLIST = node.id("hlist"), node.id("vlist")
local RULE, GLUE, KERN, PENALTY = node.id("rule"), node.id("glue"), node.id("kern"), node.id("penalty")
local GLYPH, DISC, WHATSIT, MARGINKERN = node.id("glyph"), node.id("disc"), node.id("whatsit"), node.id("margin_kern")
local INSERT = node.id("ins")

-- ---- Colour and language ------------------------------------------------------------------------------------------

-- WCAG 2, relative luminance; an accent must be as dark as this to survive a bad copier.
local DARKEST_LUMINANCE = 0.11
local function luminance(channels)
  local sum, weights = 0, { 0.2126, 0.7152, 0.0722 }
  for i, value in ipairs(channels) do
    sum = sum + weights[i] * (value <= 0.04045 and value / 12.92 or ((value + 0.055) / 1.055) ^ 2.4)
  end
  return sum
end

-- Prints the colour operators of an accent such as 8a1c1c, darkened until it is legible.
function M.accent(hex)
  local channels = {}
  for pair in hex:gmatch("%x%x") do channels[#channels + 1] = tonumber(pair, 16) / 255 end
  if #channels ~= 3 then channels = { 0, 0, 0 } end
  while luminance(channels) > DARKEST_LUMINANCE do
    for i = 1, 3 do channels[i] = channels[i] * 0.95 end
  end
  local triple = string.format("%.3f %.3f %.3f", table.unpack(channels))
  tex.sprint(-2, triple .. " rg " .. triple .. " RG")
end

-- Prints the longest beginning of a BCP 47 tag that has a locale file.
function M.locale(tag)
  while tag ~= "" do
    if kpse.find_file("babel-" .. tag .. ".ini", "tex") then return tex.sprint(-2, tag) end
    tag = tag:match("^(.*)%-[^-]*$") or ""
  end
end

-- Without `scripts` there are no other fonts to fall back to; studyguide-fallback.lua replaces this.
function M.fallback() end

-- ---- Lines and boxes ----------------------------------------------------------------------------------------------

local function last_line(list)
  local n = node.tail(list)
  while n and not (n.id == HLIST and n.subtype == 1) do n = n.prev end
  return n
end

-- Sets the box `register` after the last word of the list being built; prints 1, or 0 if there is no line.
function M.attach(register)
  local line = last_line(tex.nest.top.head)
  if not line or not line.head then return tex.sprint(-2, "0") end
  local n = node.tail(line.head)
  while n and (n.id == GLUE or n.id == PENALTY or n.id == MARGINKERN) do n = n.prev end
  local box = node.copy_list(tex.box[register])
  line.head = node.insert_after(line.head, n or line.head, box)
  tex.sprint(-2, "1")
end

-- Forbids page breaks in the vertical box `register`, or in its first `extent` scaled points.
function M.keep(register, extent)
  local box = tex.box[register]
  if not box then return end
  local head, n = box.head, box.head
  local height = 0
  while n and (not extent or height < extent) do
    if n.id == HLIST or n.id == VLIST or n.id == RULE then
      height = height + n.height + n.depth
    elseif n.id == KERN then
      height = height + n.kern
    elseif n.id == PENALTY then
      n.penalty = 10000
    elseif n.id == GLUE then height = height + n.width end
    if n.id == GLUE and n.prev and n.prev.id ~= PENALTY then
      local penalty = node.new("penalty")
      penalty.penalty = 10000
      head = node.insert_before(head, n, penalty)
    end
    n = n.next
  end
  box.head = head
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

-- ---- Regions: bars beside lines, rules to write on ------------------------------------------------------------------

local regions = {}

-- Declares a region of a kind, `bar` (at x, so wide) or `rules` (from x, so long), and returns its number.
function M.region(kind, x, width)
  regions[#regions + 1] = { kind = kind, x = x, width = width }
  return #regions
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
  if region.kind == "bar" then
    return new_rule(region.width, bottom - top)
  end
  local head, last
  local y = ANSWER_LINE
  local position = 0
  while y <= bottom - top + 1000 do
    local kern, rule = new_kern(y - HAIRLINE - position), new_rule(region.width, HAIRLINE)
    kern.next, rule.prev = rule, kern
    if last then last.next, kern.prev = kern, last else head = kern end
    last, position = rule, y
    y = y + ANSWER_LINE
  end
  return head
end

-- ---- The margin column of a page ----------------------------------------------------------------------------------

-- Walks boxes with the place of their reference point; calls found_mark and found_region.
local walk_vertical, walk_horizontal

function walk_vertical(list, x, y, found)
  local n = list.head
  y = y - list.height
  while n do
    local id = n.id
    if id == HLIST or id == VLIST then
      y = y + n.height
      found.box(n, x + n.shift, y)
      if id == HLIST then walk_horizontal(n, x + n.shift, y, found) else walk_vertical(n, x + n.shift, y, found) end
      y = y + n.depth
    elseif id == RULE then
      if n.height > -0x3fffffff then y = y + n.height + math.max(n.depth, 0) end
    elseif id == GLUE then
      y = y + math.floor(node.effective_glue(n, list) + 0.5)
    elseif id == KERN then
      y = y + n.kern
    end
    n = n.next
  end
end

function walk_horizontal(list, x, y, found)
  local n = list.head
  while n do
    local id = n.id
    if id == HLIST or id == VLIST then
      local here = x + node.dimensions(list.glue_set, list.glue_sign, list.glue_order, list.head, n)
      local mark = node.get_attribute(n, M.margin_attribute)
      if mark then
        found.mark(n, mark, here, y + n.shift)
      elseif id == HLIST then
        walk_horizontal(n, here, y + n.shift, found)
      else
        walk_vertical(n, here, y + n.shift, found)
      end
    end
    n = n.next
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
local ABOVE, BELOW = sp("7.5pt"), sp("2.5pt")

-- Joins references that stand level into rows that fit the column; `p.` is not said twice.
local function join_level(marks)
  local rows, row, width, said = {}, nil, 0, nil
  for _, mark in ipairs(marks) do
    local inner = mark.box.head.next
    if mark.kind == 2 then
      rows[#rows + 1] = { mark, depth = inner.depth }
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
    local drawing = draw_region(regions[span.region], span.top, span.bottom)
    if drawing then
      local list = node.new("vlist")
      list.head = drawing
      list.width, list.height, list.depth = 0, 0, 0
      local holder = node.new("hlist")
      holder.head = new_kern(regions[span.region].x - span.x)
      holder.head.next, list.prev = list, holder.head
      list.shift = span.top - span.y
      holder.width, holder.height, holder.depth = 0, 0, 0
      local line = span.first.head
      if line then holder.next, line.prev = line, holder end
      span.first.head = holder
    end
  end
end

-- Arranges the page in the box `register`: its margin column, its regions.
function M.arrange(register)
  local page = tex.box[register]
  if not page or page.id ~= VLIST then return end
  local marks, spans = {}, {}
  walk_vertical(page, 0, page.height, {
    mark = function(box, kind, x, y) marks[#marks + 1] = { box = box, kind = kind, x = x, y = y } end,
    box = function(box, x, y)
      local region = node.get_attribute(box, M.region_attribute)
      if not region or not regions[region] then return end
      local span = spans[#spans]
      if not span or span.region ~= region then
        span = { region = region, first = box, x = x, y = y, top = y - box.height }
        spans[#spans + 1] = span
      end
      span.bottom = math.max(span.bottom or 0, y + box.depth)
    end,
  })
  table.sort(marks, function(a, b) if a.y ~= b.y then return a.y < b.y end return a.x < b.x end)
  place(marks, page.height + sp("3pt"))
  draw_regions(spans)
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
local function fill_up(head, missing, line_height, region)
  while missing > 0 do
    local filler, penalty = node.new("hlist"), node.new("penalty")
    local height = missing % line_height
    filler.height = height > 0 and height or line_height
    filler.depth, filler.width, penalty.penalty = 0, 0, 0
    if region then node.set_attribute(filler, M.region_attribute, region) end
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

-- Makes the box `register` a room of at least `lines` answer lines, always a whole number of them. Emptied, it keeps the
-- place of every line and every break, so that it breaks over pages as the full one does.
function M.room(register, lines, is_emptied, unbreakable_height)
  local box = tex.box[register]
  local height = box.height + box.depth
  if is_emptied then empty_lines(box) end
  local total = math.max(lines, math.ceil(height / ANSWER_LINE)) * ANSWER_LINE
  local region = is_emptied and tex.getattribute(M.region_attribute) or nil
  box.head = fill_up(box.head, total - height, ANSWER_LINE, region)
  M.keep(register, total > unbreakable_height and 3 * ANSWER_LINE or nil)
end

-- ---- Tables ---------------------------------------------------------------------------------------------------------

local tables = {}                              -- a stack: a note in a cell may hold a table

local function widest_word(box)
  local widest, width = 0, 0
  for n in node.traverse(box.head) do
    if n.id == GLUE then width = 0
    elseif n.id == KERN then width = width + n.kern
    elseif n.id == GLYPH or n.id == HLIST or n.id == VLIST or n.id == RULE then width = width + n.width end
    widest = math.max(widest, width)
  end
  return widest
end

function M.table_begin(columns)
  local columns_by_index = {}
  for i = 1, columns do columns_by_index[i] = { least = 0, natural = 0 } end
  tables[#tables + 1] = columns_by_index
end

-- Notes how wide the cell in the box `register` would like to be, and must be.
function M.table_measure(index, register)
  local column, box = tables[#tables][index], tex.box[register]
  if not column or not box then return end
  column.natural = math.max(column.natural, box.width)
  column.least = math.max(column.least, math.min(widest_word(box), sp("110pt")))
end

-- Divides a line among the columns: what they ask for where all of it fits; otherwise narrow columns get what they ask
-- for, and the others what they need and a share of the rest.
function M.table_divide(narrow, wide, gap)
  local columns = tables[#tables]
  local natural = 0
  for _, column in ipairs(columns) do natural = natural + column.natural end
  columns.gaps = gap * (#columns - 1)
  local room = (natural + columns.gaps <= narrow and narrow or wide) - columns.gaps
  local open = {}
  for i, column in ipairs(columns) do open[i] = column end
  local is_settled
  repeat
    is_settled = true
    local share = room // math.max(1, #open)
    for i = #open, 1, -1 do
      if open[i].natural <= share then
        open[i].width, room, is_settled = open[i].natural, room - open[i].natural, false
        table.remove(open, i)
      end
    end
  until is_settled
  local least, wish = 0, 0
  for _, column in ipairs(open) do least, wish = least + column.least, wish + column.natural end
  for _, column in ipairs(open) do
    if least < room then
      column.width = column.least + math.floor((room - least) * (column.natural - column.least) / (wish - least))
    else
      column.width = math.floor(room * column.least / least)
    end
  end
end

function M.table_column(index)
  local column = tables[#tables][index]
  tex.sprint(-2, tostring(column and column.width or 0))
end

function M.table_width()
  local columns = tables[#tables]
  local total = columns.gaps
  for _, column in ipairs(columns) do total = total + column.width end
  tex.sprint(-2, tostring(total))
end

function M.table_end() tables[#tables] = nil end

function M.table_alignment(letters, index)
  local order = { L = "0", C = "1", R = "2" }
  tex.sprint(-2, order[letters:sub(index, index)] or "0")
end

-- ---- Pictures and codes -----------------------------------------------------------------------------------------------

local LARGEST_PIXEL = 72.27 / 150 * 65536      -- scaled points: a picture is never set coarser than 150 dots to the inch

-- Prints the width for \includegraphics that keeps a picture within `width` and `height`.
function M.picture(name, width, height)
  local image = img.scan({ filename = kpse.find_file(name, "graphic/figure") or name })
  local natural_width, natural_height = image.width, image.height
  if image.imagetype ~= "pdf" and image.xsize then
    natural_width, natural_height = image.xsize * LARGEST_PIXEL, image.ysize * LARGEST_PIXEL
  end
  local scale = math.min(1, width / natural_width, height / natural_height)
  tex.sprint(-2, string.format("width=%dsp", math.floor(natural_width * scale)))
end

-- Appends a QR code of rows of 0 and 1, separated by commas, to the horizontal list: one filled path, with a quiet zone
-- of four modules (ISO/IEC 18004); 18.5 mm of modules, more where a module would be smaller than 0.45 mm.
function M.code(rows)
  local path, count, y = {}, 0, 0
  local _, commas = rows:gsub(",", ",")
  count = commas + 1
  local module = math.max(18.5 / count, 0.45) * 72 / 25.4
  local size = (count + 8) * module
  for row in rows:gmatch("[01]+") do
    for start, run in row:gmatch("()(1+)") do
      path[#path + 1] = string.format("%.3f %.3f %.3f %.3f re",
        (start + 3) * module, size - (y + 5) * module, #run * module, module)
    end
    y = y + 1
  end
  local literal = node.new("whatsit", "pdf_literal")
  literal.mode, literal.data = 0, "q 0 g " .. table.concat(path, " ") .. " f Q"
  local box = node.hpack(literal)
  box.width, box.height, box.depth = sp(size .. "bp"), sp(size .. "bp"), 0
  node.write(box)
end

-- ---- Columns of the back matter -----------------------------------------------------------------------------------------

return M
