-- studyguide-material.lua: what stands on the page, before it stands there.
--
-- Comes in: colours, language tags, web addresses, cells, pictures, modules of a code. Goes out: a legible accent, a locale,
-- an address as PDF writes it, columns of a table, a picture in its room, a QR code as one filled path.
local M = studyguide
local sp = tex.sp
local HLIST, VLIST = node.id("hlist"), node.id("vlist")
local RULE, GLUE, KERN, GLYPH = node.id("rule"), node.id("glue"), node.id("kern"), node.id("glyph")

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

-- Prints a web address as a string of PDF holds it (ISO 32000-2, 7.3.4.2).
function M.write_string(text)
  tex.write((text:gsub("[()\\]", "\\%0"):gsub("[^!-~]", function(byte) return ("\\%03o"):format(byte:byte()) end)))
end

-- ---- Tables ---------------------------------------------------------------------------------------------------------

local tables = {}                              -- a stack: a note in a cell may hold a table

local LONGEST = sp("2000pt")                   -- a wish for more is no wish; TeX's own widths overflow at 16384 pt

-- How wide the words of a cell are on one line, and how wide its longest word is.
local function measure(box)
  local total, widest, width = 0, 0, 0
  for n in node.traverse(box.head) do
    if n.id == GLUE then
      total, width = total + n.width, 0
    elseif n.id == KERN then
      total, width = total + n.kern, width + n.kern
    elseif n.id == GLYPH or n.id == HLIST or n.id == VLIST or n.id == RULE then
      total, width = total + n.width, width + n.width
    end
    widest = math.max(widest, width)
  end
  return math.min(total, LONGEST), widest
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
  local natural, least = measure(box)
  column.natural = math.max(column.natural, natural)
  column.least = math.max(column.least, math.min(least, sp("110pt")))
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

local scanned = {}                             -- a picture that stands in several places is written once

local function literal(mode, data)
  local found = node.new("whatsit", "pdf_literal")
  found.mode, found.data = mode, data
  return found
end

-- Appends a picture to the horizontal list, kept within `width` and `height`. What it shows is in hexadecimal digits,
-- and goes with it as its alternative text (ISO 32000-2, 14.9.3).
function M.picture(name, width, height, shows)
  scanned[name] = scanned[name] or img.scan({ filename = kpse.find_file(name, "graphic/figure") or name })
  local image = img.copy(scanned[name])
  local ratio = image.height / image.width
  local natural_width, natural_height = image.width, image.height
  if image.imagetype ~= "pdf" and image.xsize then
    natural_width, natural_height = image.xsize * LARGEST_PIXEL, image.ysize * LARGEST_PIXEL
  end
  local scale = math.min(1, width / natural_width, height / natural_height)
  image.width = math.floor(natural_width * scale)
  image.height = math.floor(image.width * ratio)
  if shows == "" then return node.write(img.node(image)) end
  node.write(literal(1, "/Span <</Alt <" .. shows:gsub("%s", "") .. ">>> BDC"))
  node.write(img.node(image))
  node.write(literal(1, "EMC"))
end

-- Appends a QR code of rows of 0 and 1, separated by commas, to the horizontal list: one filled path as large as its
-- modules, 18.5 mm or more where a module would be smaller than 0.45 mm. The quiet zone (ISO/IEC 18004) is the caller's.
function M.code(rows)
  local _, commas = rows:gsub(",", ",")
  local count = commas + 1
  local module = math.max(18.5 / count, 0.45) * 72 / 25.4
  local path, y = {}, count
  for row in rows:gmatch("[01]+") do
    y = y - 1
    for start, run in row:gmatch("()(1+)") do
      path[#path + 1] = string.format("%.3f %.3f %.3f %.3f re", (start - 1) * module, y * module, #run * module, module)
    end
  end
  local box = node.new("hlist")
  box.dir, box.depth, box.head = "TLT", 0, literal(0, "q 0 g " .. table.concat(path, " ") .. " f Q")
  box.width, box.height = sp(count * module .. "bp"), sp(count * module .. "bp")
  node.write(box)
end
