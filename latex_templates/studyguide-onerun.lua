-- studyguide-onerun.lua: all folios in one run.
--
-- Comes in: finished pages, instead of being shipped out. Goes out: the same pages with every folio that was asked for
-- in its place, when the last one is finished. The auxiliary file is not needed then, nor a second run.
local M = studyguide
local HLIST, VLIST, GLYPH = node.id("hlist"), node.id("vlist"), node.id("glyph")
local WHATSIT, USER_DEFINED = node.id("whatsit"), node.subtype("user_defined")
local NOTE = luatexbase.new_whatsit("studyguide-note")
local awaited = luatexbase.new_attribute("studyguide-awaited")
local NUMBER = 100 -- `d`, the kind of a user-defined whatsit's value
local pages, folios, anchors, noted = {}, {}, {}, {}

-- Puts a note into the list being built: this anchor stands here.
function M.note(anchor)
  local note = node.new("whatsit", "user_defined")
  noted[#noted + 1] = anchor
  note.user_id, note.type, note.value = NOTE, NUMBER, #noted
  node.write(note)
end

-- Says that the next box waits for the folio of an anchor, `*` for the last one; prints the attribute for it.
function M.await(anchor)
  anchors[#anchors + 1] = anchor
  tex.sprint(-2, awaited .. "=" .. #anchors)
end

local function each_box(list, visit)
  if not list.head then return end
  for n in node.traverse(list.head) do
    if n.id == HLIST or n.id == VLIST then
      visit(n, list)
      each_box(n, visit)
    elseif n.id == WHATSIT and n.subtype == USER_DEFINED and n.user_id == NOTE then
      visit(n, list)
    end
  end
end

-- Keeps the page in a box register, and what stands on it.
function M.hold(register, folio)
  local page = node.copy_list(tex.box[register])
  pages[#pages + 1] = page
  folios["*"] = folio
  each_box(page, function(n)
    if n.id == WHATSIT then folios[noted[n.value]] = folio end
  end)
end

-- Sets a folio with the digits of a waiting box, which holds one of the right kind.
local function set(box, folio)
  local pattern = box.head
  while pattern and pattern.id ~= GLYPH do pattern = pattern.next end
  if not pattern or folio == "" then return end
  local last = pattern
  for code in folio:gmatch("%w") do
    local glyph = node.copy(pattern)
    glyph.char = code:byte()
    box.head, last = node.insert_after(box.head, last, glyph)
  end
  box.head = node.remove(box.head, pattern)
  node.flush_node(pattern)
  local packed = node.hpack(box.head)
  box.width = packed.width
  packed.head = nil
  node.flush_node(packed)
end

local function pack_again(box)
  if box.id ~= HLIST then return end
  local packed = node.hpack(box.head, box.width, "exactly")
  box.glue_set, box.glue_sign, box.glue_order = packed.glue_set, packed.glue_sign, packed.glue_order
  packed.head = nil
  node.flush_node(packed)
end

-- Puts the next page, complete, into a box register; prints 1, or 0 when there is none.
function M.release(register)
  local page = table.remove(pages, 1)
  if not page then return tex.sprint(-2, "0") end

  each_box(page, function(n, parent)
    local number = n.id == HLIST and node.get_attribute(n, awaited)
    if number and number > 0 then
      set(n, folios[anchors[number]] or "")
      pack_again(parent)
    end
  end)

  tex.box[register] = page
  tex.sprint(-2, "1")
end
