-- studyguide-direction.lua: which way each paragraph runs, and each pair of brackets in it.
-- Comes in: with `scripts`, every paragraph before babel (bidi=basic) orders its words. Goes out: the same paragraph, with
-- its direction set: as the document's language runs, unless it has no letter at all that runs so. A name in another
-- script at its beginning does not turn it.
-- Left to others: the order of words in a line (babel), where things stand on the page (the class).
local GLYPH, HLIST, DIR, DISC = node.id("glyph"), node.id("hlist"), node.id("dir"), node.id("disc")
local LOCAL_PAR, GLUE = node.id("local_par"), node.id("glue")
local LEFT_SKIP, RIGHT_SKIP = 8, 9          -- subtypes of glue
local LEFT_TO_RIGHT, RIGHT_TO_LEFT = 0, 4  -- babel's attribute: three times the paragraph's direction plus the text's

local is_right_to_left = false             -- whether the document's language runs so

local function bidi_class(char)
  local known = Babel.characters[char]
  if known and known.d and known.d ~= "nsm" then return known.d end
  for _, range in ipairs(Babel.ranges) do
    if char < range[1] then break end
    if char <= range[2] then return range[3] end
  end
  return "l"
end

-- Whether a list has letters that run from left to right, and from right to left. An address stands in boxes alone.
local function letters_of(head)
  local has_left, has_right = false, false
  for glyph in node.traverse_id(GLYPH, head) do
    local class = bidi_class(glyph.char)
    has_left = has_left or class == "l"
    has_right = has_right or class == "r" or class == "al"
  end
  return has_left, has_right
end

local function letters_in_boxes(head)
  for box in node.traverse_id(HLIST, head) do
    local has_left, has_right = letters_of(box.head)
    if has_left or has_right then return has_left, has_right end
  end
  return false, false
end

-- Puts what stands from one node to another into an embedding.
local function embed(head, first, last, direction)
  local opening, closing = node.new(DIR), node.new(DIR)
  opening.dir, closing.dir = "+" .. direction, "-" .. direction
  head = node.insert_before(head, first, opening)
  return (node.insert_after(head, last, closing))
end

-- LaTeX keeps an item's label in boxes without width before the text; it goes to the other side with the text.
local function mirror_box(box)
  if box.dir == "TRT" then return end
  box.dir = "TRT"
  local first, last
  for item in node.traverse(box.head) do
    if item.id == HLIST then mirror_box(item) end
    if item.id == GLYPH then first, last = first or item, item end
  end
  if first then box.head = embed(box.head, first, last, "TLT") end
end

local function mirror_label(head)
  for item in node.traverse(head) do
    if item.id == GLYPH then return end
    if item.id == HLIST and item.width == 0 and not node.get_attribute(item, studyguide.margin_attribute) then
      mirror_box(item)
    end
  end
end

-- Keeps a text that has no right-to-left letter in its own order inside a right-to-left paragraph.
local function embed_left_to_right(head)
  local first, last
  for item in node.traverse(head) do
    local is_word = item.id == GLYPH or item.id == DISC or item.id == HLIST and item.width > 0
    if is_word then first, last = first or item, item end
  end
  for item in node.traverse(first) do
    node.set_attribute(item, Babel.attr_dir, LEFT_TO_RIGHT)
    if item == last then break end
  end
  embed(head, first, last, "TLT")
end

local function set_direction(head)
  if head.id ~= LOCAL_PAR then return head end
  local has_left, has_right = letters_of(head)
  if not is_right_to_left and (has_left or not has_right) then return head end
  head.dir = "TRT"
  mirror_label(head)
  for item in node.traverse(head) do node.set_attribute(item, Babel.attr_dir, RIGHT_TO_LEFT) end
  if not has_left and not has_right then has_left, has_right = letters_in_boxes(head) end
  if has_left and not has_right then embed_left_to_right(head) end
  return head
end

-- Beside a bar a line keeps its indent: the bar goes over to the right in a language that runs from there, else the indent
-- comes back to the left.
local function keep_off_bar(line, region)
  if is_right_to_left then
    if not region.is_turned then region.x = line.width - region.x - region.bar_width end
    region.is_turned = true
    return
  end
  local skips = {}
  for glue in node.traverse_id(GLUE, line.head) do skips[glue.subtype] = glue end
  local left, right = skips[LEFT_SKIP], skips[RIGHT_SKIP]
  if left and right then left.width, right.width = right.width, left.width end
end

-- On the finished page each line of such a paragraph is laid out from its left edge, as all lines are, and turns inside.
local function turn_lines(head)
  for line in node.traverse_id(HLIST, head) do
    if line.dir == "TRT" then
      local region = studyguide.regions[node.get_attribute(line, studyguide.region_attribute)]
      if region and not region.is_ruled then keep_off_bar(line, region) end
      line.dir = "TLT"
      if line.head then line.head = embed(line.head, line.head, node.tail(line.head), "TRT") end
    end
  end
  return head
end

-- The end of the embedding that a node opens.
local function end_of(opening)
  local depth = 0
  for item in node.traverse_id(DIR, opening) do
    depth = depth + (item.dir:sub(1, 1) == "+" and 1 or -1)
    if depth == 0 then return item end
  end
end

-- Where a box stands in its line, from the line's left edge, when words before it or around it are turned.
function studyguide.left_edge(line, box)
  local function width(first, after)
    return (node.dimensions(line.glue_set, line.glue_sign, line.glue_order, first, after))
  end
  local at, step, direction = 0, 1, line.dir
  local item, start = line.head, line.head
  while item ~= box do
    local closing = item.id == DIR and item.dir:sub(1, 1) == "+" and end_of(item)
    if closing then
      at = at + step * width(start, item)
      local holds_box = false
      for inner in node.traverse(item) do
        holds_box = holds_box or inner == box
        if inner == closing then break end
      end
      local turned = item.dir:sub(2) ~= direction
      if not holds_box or turned then at = at + step * width(item, closing) end
      if holds_box and turned then step, direction = -step, item.dir:sub(2) end
      start = holds_box and item.next or closing
      item = start
    else
      item = item.next
    end
  end
  at = at + step * width(start, box)
  if line.dir == "TRT" then return line.width - at - (step > 0 and box.width or 0) end
  return at - (step < 0 and box.width or 0)
end

-- The page itself is laid out from left to right in every language; only its paragraphs turn. Babel has turned the
-- whole page by the time the document begins.
tex.print([[\AddToHook{begindocument/end}{\directlua{studyguide.keep_layout()}}]])
function studyguide.keep_layout()
  is_right_to_left = tex.pardir == "TRT"
  tex.print([[\pagedir TLT\bodydir TLT\pardir TLT\textdir TLT\relax]])
  tex.setattribute(Babel.attr_dir, LEFT_TO_RIGHT)
end

-- Brackets take one direction as a pair (UAX 9, rule N0), which babel's bidi=basic leaves out: while it works, letters
-- of that direction stand for them.
local CLOSING = { [0x28] = 0x29, [0x5B] = 0x5D, [0x7B] = 0x7D }
local OPENING = {}
for opening, closing in pairs(CLOSING) do OPENING[closing] = opening end
local STAND_IN = { l = 0x10FFFC, r = 0x10FFFD }

-- What each glyph of a list is to rule N0: its strong direction, numbers as rules W7 and N0 have them, or none.
local function strong_directions(head, outer)
  local glyphs, classes, last = {}, {}, outer
  local has_right = false
  for glyph in node.traverse_id(GLYPH, head) do
    local class = bidi_class(glyph.char)
    if class == "al" then class = "r" end
    if class == "l" or class == "r" then last = class end
    if class == "en" then class = last end
    if class == "an" then class = "r" end
    has_right = has_right or class == "r"
    glyphs[#glyphs + 1] = glyph
    classes[#glyphs] = (class == "l" or class == "r") and class or false
  end
  return glyphs, classes, has_right
end

local function find_pairs(glyphs)
  local found, open = {}, {}
  for index, glyph in ipairs(glyphs) do
    if CLOSING[glyph.char] then
      open[#open + 1] = index
    elseif OPENING[glyph.char] then
      for level = #open, 1, -1 do
        if glyphs[open[level]].char == OPENING[glyph.char] then
          found[#found + 1] = { open[level], index }
          for above = #open, level, -1 do open[above] = nil end
          break
        end
      end
    end
  end
  table.sort(found, function(a, b) return a[1] < b[1] end)
  return found
end

local function pair_direction(classes, first, last, outer)
  local inside
  for index = first + 1, last - 1 do
    if classes[index] == outer then return outer end
    inside = inside or classes[index]
  end
  if not inside then return nil end
  for index = first - 1, 1, -1 do
    if classes[index] then return classes[index] end
  end
  return outer
end

local function stand_in(head, outer)
  local glyphs, classes, has_right = strong_directions(head, outer)
  local replaced = {}
  if outer == "l" and not has_right then return replaced end
  for _, pair in ipairs(find_pairs(glyphs)) do
    local direction = pair_direction(classes, pair[1], pair[2], outer)
    for _, index in ipairs(direction and pair or {}) do
      replaced[#replaced + 1] = { glyph = glyphs[index], char = glyphs[index].char, direction = direction }
      classes[index] = direction
    end
  end
  for _, each in ipairs(replaced) do each.glyph.char = STAND_IN[each.direction] end
  return replaced
end

-- HarfBuzz mirrors by itself.
local function put_back(replaced)
  for _, each in ipairs(replaced) do
    local data = font.getfont(each.glyph.font)
    local mode = data and data.properties and data.properties.mode
    local is_mirrored = each.direction == "r" and mode ~= "harf" and mode ~= "plug"
    each.glyph.char = is_mirrored and (CLOSING[each.char] or OPENING[each.char]) or each.char
  end
end

Babel.characters[STAND_IN.l], Babel.characters[STAND_IN.r] = { d = "l" }, { d = "r" }
local bidi = Babel.bidi
function Babel.bidi(head, is_paragraph, direction)
  local attribute = node.get_attribute(head, Babel.attr_dir)
  local is_right = attribute and attribute % 3 > 0 or not attribute and (is_paragraph and tex.pardir or direction) == "TRT"
  local replaced = stand_in(head, is_right and "r" or "l")
  local made = bidi(head, is_paragraph, direction)
  put_back(replaced)
  return made
end

luatexbase.add_to_callback("pre_linebreak_filter", set_direction, "studyguide.direction", 1)
luatexbase.add_to_callback("pre_output_filter", turn_lines, "studyguide.turned_lines")
