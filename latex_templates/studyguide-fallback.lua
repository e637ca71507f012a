-- Gives each character that Vollkorn or Cabin lacks to a font that has it, cluster by cluster, before shaping.
-- Comes in: M.add_fallback(family, weight, specs), then every list of nodes that is to be shaped.
-- Goes out: the same list, with fonts set, and with break opportunities where Chinese, Japanese and Thai have them.
-- Left to others: which fonts (latex/fonts.py), direction (studyguide-direction.lua), shaping (luaotfload).
dofile(kpse.find_file("studyguide-direction.lua", "tex"))
local M = {}

local direct = node.direct
local getchar, getfont, setfont, getnext = direct.getchar, direct.getfont, direct.setfont, direct.getnext
local traverse_char, remove, free = direct.traverse_char, direct.remove, direct.free
local insert_after, new = direct.insert_after, direct.new
local todirect, tonode = direct.todirect, direct.tonode

local specs_of = {}      -- "serif-bold" -> list of luaotfload font specifications
local loaded = {}        -- specification -> size in scaled points -> { id, characters }
local base_of = {}       -- id of a font -> its own characters and its list, or false for any other font
local is_fallback = {}   -- ids of the fonts that were loaded from the lists

-- Family and weight are read from the file's name, so that the class may declare its fonts in any way it likes:
-- Cabin, a sans and a monospaced font take the sans list, every other font the serif one.
local function list_name(font_data)
  local file = (font_data.filename or font_data.name or ""):match("[^/]*$"):lower()
  local is_sans = file:find("cabin", 1, true) or file:find("sans", 1, true) or file:find("mono", 1, true)
  local is_bold = file:find("bold", 1, true) or file:find("black", 1, true)
  return (is_sans and "sans" or "serif") .. (is_bold and "-bold" or "-regular")
end

-- HarfBuzz mode of luaotfload 3.23 names a glyph by any character that shows it, and that is copied out; the first of
-- them is the plain letter, the others are presentation forms. Says whether the font has coloured pictures.
local function prefer_plain_characters(data)
  local shared = data.hb and data.hb.shared
  if not shared then return false end
  if not shared.studyguide_plain then
    local nominals = shared.nominals
    for char, glyph in next, shared.unicodes do
      if nominals[glyph] and char < nominals[glyph] then nominals[glyph] = char end
    end
    shared.studyguide_plain = true
  end
  return shared.haspng
end

local function load_font(specification, size)
  local sizes = loaded[specification]
  if not sizes[size] then
    local id = luaotfload.define_font(specification, size)
    if type(id) == "table" then
      local data = id
      id = font.define(data)
      fonts.definers.register(data, id)
    end
    local made = id and font.getfont(id)
    sizes[size] = {
      id = id, characters = made and made.characters or {}, has_colour = made and prefer_plain_characters(made)
    }
    if id then is_fallback[id] = true end
  end
  return sizes[size]
end

-- What a font has, from any size of it: a Chinese font takes a fifth of a second for each size.
local function characters_of(specification, size)
  local _, any_size = next(loaded[specification])
  return (any_size or load_font(specification, size)).characters
end

local function base(id)
  local known = base_of[id]
  if known == nil then
    local data = not is_fallback[id] and font.getfont(id)
    local specs = data and data.characters and specs_of[list_name(data)]
    known = specs and { id = id, characters = data.characters, specs = specs, size = data.size } or false
    base_of[id] = known
  end
  return known
end

local function between(char, first, last) return char >= first and char <= last end

-- What never prints by itself: joiners, direction marks, variation selectors (Unicode, Default_Ignorable_Code_Point).
local function is_ignorable(char)
  return char == 0xAD or char == 0x34F or char == 0x61C or between(char, 0x200B, 0x200F)
    or between(char, 0x202A, 0x202E) or between(char, 0x2060, 0x206F)
    or between(char, 0x180B, 0x180F) or between(char, 0xFE00, 0xFE0F) or char == 0xFEFF
    or between(char, 0xE0000, 0xE001F) or between(char, 0xE0080, 0xE0FFF)
end

-- Spells the name of a regional flag.
local function is_tag(char) return between(char, 0xE0020, 0xE007F) end

local function is_skin_tone(char) return between(char, 0x1F3FB, 0x1F3FF) end

-- What belongs to the character before it: marks, skin tones, keycaps.
local function is_mark(char)
  return between(char, 0x300, 0x36F) or between(char, 0x483, 0x489) or between(char, 0x1AB0, 0x1AFF)
    or between(char, 0x1DC0, 0x1DFF) or between(char, 0x20D0, 0x20FF) or between(char, 0xFE20, 0xFE2F)
    or between(char, 0x3099, 0x309A) or is_skin_tone(char) or is_tag(char)
end

-- The house fonts are set without shaping for these: even if a monospaced font has Arabic letters, they would not join.
local function needs_shaping(char) return between(char, 0x590, 0x109F) or between(char, 0x1700, 0x1CFF) end

local function has_all(characters, cluster, is_house_font)
  for _, glyph in ipairs(cluster) do
    local char = getchar(glyph)
    if not characters[char] and not is_ignorable(char) then return false end
    if is_house_font and needs_shaping(char) then return false end
  end
  return true
end

-- The first font that has the whole cluster, or none.
local function font_for(cluster, owner)
  if has_all(owner.characters, cluster, true) then return owner end
  for _, specification in ipairs(owner.specs) do
    if has_all(characters_of(specification, owner.size), cluster) then return load_font(specification, owner.size) end
  end
end

-- A joiner or a selector that the font lacks is left out, and so is a skin tone after a black-and-white picture.
local function is_left_out(char, entry, index)
  if is_skin_tone(char) then return index > 1 and not entry.has_colour end
  return not entry.characters[char] and (is_ignorable(char) or is_tag(char))
end

-- A cluster that no font has as a whole is set glyph by glyph.
local function place(head, cluster, owner)
  local entry = font_for(cluster, owner)
  if not entry and #cluster > 1 then
    for _, glyph in ipairs(cluster) do head = place(head, { glyph }, owner) end
    return head
  end
  entry = entry or owner
  for index, glyph in ipairs(cluster) do
    if not is_left_out(getchar(glyph), entry, index) then
      if getfont(glyph) ~= entry.id then setfont(glyph, entry.id) end
    else
      head = remove(head, glyph)
      free(glyph)
    end
  end
  return head
end

local function set_fonts(head)
  local cluster, owner, joins = nil, nil, false
  local clusters = {}
  for glyph, char, id in traverse_char(head) do
    local here = base(id)
    if here then
      local follows = cluster and owner == here and (is_ignorable(char) or is_mark(char) or joins)
        and direct.getprev(glyph) == cluster[#cluster]
      if not follows then
        cluster, owner = {}, here
        clusters[#clusters + 1] = { cluster, here }
      end
      cluster[#cluster + 1] = glyph
      joins = char == 0x200D and cluster[1] ~= glyph
    else
      cluster = nil
    end
  end
  for _, pair in ipairs(clusters) do head = place(head, pair[1], pair[2]) end
  return head
end

-- Chinese and Japanese break between any two characters but for these (JIS X 4051, kinsoku).
local function set_of(characters)
  local set = {}
  for _, char in utf8.codes(characters) do set[char] = true end
  return set
end
local never_first = set_of("、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】…～·"
  .. "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")
local never_last = set_of("‘“（〔［｛〈《「『【")

local function is_ideographic(char)
  return between(char, 0x3000, 0x30FF) or between(char, 0x31F0, 0x31FF) or between(char, 0x3400, 0x4DBF)
    or between(char, 0x4E00, 0x9FFF) or between(char, 0xF900, 0xFAFF) or between(char, 0xFF00, 0xFFEF)
    or between(char, 0x20000, 0x3FFFF)
end

-- Thai and Lao have no spaces between words; a syllable begins before a leading vowel and ends after these signs.
local function is_thai_or_lao(char) return between(char, 0xE01, 0xEFF) end
local function begins_syllable(char) return between(char, 0xE40, 0xE44) or between(char, 0xEC0, 0xEC4) end
local ends_syllable = { [0xE2F] = true, [0xE30] = true, [0xE33] = true, [0xE45] = true, [0xE46] = true,
  [0xEAF] = true, [0xEB0] = true, [0xEB3] = true, [0xEC6] = true }

-- How much the space between two characters may stretch, in parts of the size; nil where no line may end.
local function stretch_between(char, after)
  if is_thai_or_lao(char) and is_thai_or_lao(after) then
    local may_end = begins_syllable(after) and not begins_syllable(char)
      or ends_syllable[char] and not ends_syllable[after] and not is_mark(after)
    return may_end and 0.2 or nil
  end
  if is_ideographic(char) and is_ideographic(after) and not never_first[after] and not never_last[char] then
    return 0.05
  end
end

local function add_breaks(head)
  local previous, previous_char
  for glyph, char, id in traverse_char(head) do
    local stretch = previous and getnext(previous) == glyph and stretch_between(previous_char, char)
    if stretch then
      local glue = new("glue")
      direct.setglue(glue, 0, math.floor(font.getfont(id).size * stretch), 0, 0, 0)
      head = insert_after(head, previous, glue)
    end
    previous, previous_char = glyph, char
  end
  return head
end

local function before_shaping(head)
  if next(specs_of) == nil then return head end
  return tonode(add_breaks(set_fonts(todirect(head))))
end

function M.add_fallback(family, weight, list)
  local specs = {}
  for specification in list:gmatch("[^,%s][^,]*") do
    specs[#specs + 1] = specification
    loaded[specification] = loaded[specification] or {}
  end
  specs_of[family .. "-" .. weight] = specs
  base_of = {}
end

luatexbase.add_to_callback("pre_shaping_filter", before_shaping, "studyguide.fallback")
return M
