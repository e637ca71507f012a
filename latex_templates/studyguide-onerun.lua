-- studyguide-onerun.lua: all folios in one run.
--
-- Comes in: finished pages, instead of being shipped out. Goes out: the same pages with every folio that was asked for
-- in its place, when the last one is finished. The auxiliary file is not needed then, nor a second run.
local M = studyguide
local direct = node.direct
local todirect, tonode, getlist, setlist = direct.todirect, direct.tonode, direct.getlist, direct.setlist
local traverse_list, traverse_id, get_attribute = direct.traverse_list, direct.traverse_id, direct.get_attribute
local getfield, setfield, hpack, free = direct.getfield, direct.setfield, direct.hpack, direct.free
local HLIST, GLYPH, WHATSIT = node.id("hlist"), node.id("glyph"), node.id("whatsit")
local USER_DEFINED = node.subtype("user_defined")
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

-- Gathers the boxes that wait, each with the box around it, and notes the anchors that stand on this page.
local function search(box, folio, waiting)
  local list = getlist(box)
  for whatsit, kind in traverse_id(WHATSIT, list) do
    local is_note = kind == USER_DEFINED and getfield(whatsit, "user_id") == NOTE
    if is_note then folios[noted[getfield(whatsit, "value")]] = folio end
  end
  for inner, id in traverse_list(list) do
    local number = id == HLIST and get_attribute(inner, awaited)
    if number and number > 0 then waiting[#waiting + 1] = { inner, box, anchors[number] } end
    search(inner, folio, waiting)
  end
end

-- Takes the page out of a box register, and keeps it.
function M.hold(register, folio)
  local box = todirect(tex.box[register])
  local list = getlist(box)
  setlist(box, nil)
  local page = direct.copy(box)
  setlist(page, list)
  folios["*"] = folio
  local waiting = {}
  search(page, folio, waiting)
  pages[#pages + 1] = { page, waiting }
end

-- Sets a folio with the digits of a waiting box, which holds one of the right kind.
local function set(box, folio)
  local head = getlist(box)
  local pattern = head
  while pattern and direct.getid(pattern) ~= GLYPH do pattern = direct.getnext(pattern) end
  if not pattern or folio == "" then return end
  local last = pattern
  for code in folio:gmatch("%w") do
    local glyph = direct.copy(pattern)
    direct.setchar(glyph, code:byte())
    head, last = direct.insert_after(head, last, glyph)
  end
  head = direct.remove(head, pattern)
  free(pattern)
  setlist(box, head)
  local packed = hpack(head)
  direct.setwidth(box, direct.getwidth(packed))
  setlist(packed, nil)
  free(packed)
end

local function pack_again(box)
  if direct.getid(box) ~= HLIST then return end
  local packed = hpack(getlist(box), direct.getwidth(box), "exactly")
  for _, name in ipairs({ "glue_set", "glue_sign", "glue_order" }) do setfield(box, name, getfield(packed, name)) end
  setlist(packed, nil)
  free(packed)
end

-- Puts the next page, complete, into a box register; prints 1, or 0 when there is none.
function M.release(register)
  local held = table.remove(pages, 1)
  if not held then return tex.sprint(-2, "0") end
  local page, waiting = table.unpack(held)
  for _, each in ipairs(waiting) do
    local box, around, anchor = table.unpack(each)
    set(box, folios[anchor] or "")
    pack_again(around)
  end
  tex.box[register] = tonode(page)
  tex.sprint(-2, "1")
end
