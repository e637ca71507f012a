-- studyguide-lean.lua: the fonts of a plain document, at all its sizes ahead, and shaped by TeX alone.
--
-- Comes in: `lean:` or, letterspaced by 3 hundredths of an em, `lean3:`, before what luaotfload would be asked for.
-- Goes out: fonts with kerns and ligatures in TeX's own tables, and no callback that walks through every list.
-- Left to others: what there is to a face (studyguide-faces.lua); all that TeX cannot shape by itself (`scripts`).
local M = {}
local faces = dofile(kpse.find_file("studyguide-faces.lua", "tex"))
local direct = node.direct
local GLYPH, DISC = node.id("glyph"), node.id("disc")

-- ---- A font of some size ----------------------------------------------------------------------------------------

local kerns_before_hyphen = {}                 -- by the number of a font, then by character
local HYPHEN = 0x2D

local function scaled_list(list, factor)
  local result = {}
  for key, value in pairs(list) do result[key] = value * factor end
  return result
end

-- Letterspacing as kerns between all characters: a callback of luaotfload would walk through every list for it.
local function spaced(kerns, characters, amount)
  local result = {}
  for code in pairs(characters) do result[code] = (kerns[code] or 0) + amount end
  return result
end

local function scaled_kerns(design, factor, spacing)
  local lists = {}
  for index, list in ipairs(design.kerns) do
    local kerns = scaled_list(list, factor)
    lists[index] = spacing == 0 and kerns or spaced(kerns, design.characters, spacing)
  end
  return lists, spacing ~= 0 and spaced({}, design.characters, spacing) or nil
end

local function scaled_characters(design, factor, spacing)
  local characters = {}
  local lists, others = scaled_kerns(design, factor, spacing)
  for code, character in pairs(design.characters) do
    characters[code] = {
      index = character.index,
      width = (character.width or 0) * factor,
      height = (character.height or 0) * factor,
      depth = (character.depth or 0) * factor,
      italic = character.italic and character.italic * factor,
      tounicode = character.tounicode,
      left_protruding = character.left_protruding,
      right_protruding = character.right_protruding,
      ligatures = character.ligatures,
      kerns = lists[character.kerns] or others,
    }
  end
  return characters
end

local numbers = {}                             -- of the fonts that there are, by what was asked for

local function define(specification, size, id)
  local spacing, face = specification:match("^lean(%d*):(.*)$")
  if not face then return luaotfload.define_font(specification, size, id) end
  local asked = specification .. size
  if numbers[asked] then return numbers[asked] end
  numbers[asked] = id
  local design = faces.design_of(face)
  local factor = size / faces.UNITS
  local data = {}
  for key, value in pairs(design.font) do data[key] = value end
  data.name, data.size, data.designsize = specification, size, size
  data.parameters = scaled_list(design.parameters, factor)
  data.parameters.slant = design.parameters.slant
  data.characters = scaled_characters(design, factor, (tonumber(spacing) or 0) / 100 * size)
  kerns_before_hyphen[id] = {}
  for code, character in pairs(data.characters) do
    kerns_before_hyphen[id][code] = character.kerns and character.kerns[HYPHEN]
  end
  return data
end

-- ---- Hyphens ----------------------------------------------------------------------------------------------------

-- LuaTeX 1.15 forgets the kern between a letter and a hyphen after which a line may end, as in V-neck.
local function with_kern(list, kern)
  if not list or direct.getid(list) ~= GLYPH or direct.getchar(list) ~= HYPHEN then return list end
  local node = direct.new("kern", 0)
  direct.setkern(node, kern)
  direct.setlink(node, list)
  return node
end

function M.kern_hyphens(head)
  for disc in direct.traverse_id(DISC, head) do
    local letter = direct.getprev(disc)
    local kerns = letter and direct.getid(letter) == GLYPH and kerns_before_hyphen[direct.getfont(letter)]
    local kern = kerns and kerns[direct.getchar(letter)]
    if kern then
      local pre, post, replace = direct.getdisc(disc)
      direct.setdisc(disc, with_kern(pre, kern), post, with_kern(replace, kern))
    end
  end
end

-- ---- In place of luaotfload's callbacks ---------------------------------------------------------------------------

luatexbase.remove_from_callback("define_font", "luaotfload.define_font")
luatexbase.add_to_callback("define_font", define, "studyguide.define_font")

-- What luaotfload 3.23 does to every list: shaping in node mode, several scripts, fallback fonts, HarfBuzz. Nothing of
-- it concerns these fonts, and it takes longer than all that TeX does.
local SHAPING = {
  { "pre_linebreak_filter", "luaotfload.node_processor", 1 },
  { "hpack_filter", "luaotfload.node_processor", 1 },
  { "hpack_filter", "luaotfload.harf.finalize_hlist" },
  { "post_linebreak_filter", "luaotfload.harf.finalize_vlist" },
}
local left_out = {}
for _, each in ipairs(SHAPING) do
  local callback, name, priority = table.unpack(each)
  if luatexbase.in_callback(callback, name) then
    left_out[#left_out + 1] = { callback, luatexbase.remove_from_callback(callback, name), name, priority }
  end
end

-- Lets luaotfload shape again, for fonts that the author chose.
function M.shape()
  for _, each in ipairs(left_out) do luatexbase.add_to_callback(table.unpack(each)) end
  left_out = {}
end

return M
