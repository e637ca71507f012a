-- studyguide-faces.lua: what a plain document needs of a typeface, and no more.
--
-- Comes in: a face as luaotfload 3.23 is asked for it in base mode. Goes out: the few hundred characters of plain text,
-- by which TeX shapes words itself. They are kept in luaotfload's cache: reading a font takes it a tenth of a second.
-- Left to others: sizes (studyguide-lean.lua); text that needs more characters, or marks (`scripts`).
local M = {}
M.UNITS = 1000                                 -- the size at which a face is learnt, in scaled points
local VERSION = 1                              -- of what is kept of a face
local FIRST_FREE = 0xE000                      -- glyphs without a character get codes for private use

local containers = luaotfload.fontloader.containers
local kept_faces = containers.define("fonts", "studyguide", VERSION, true)

-- The characters of plain documents: Latin of Western Europe and its punctuation. All others need `scripts`.
local RANGES = {
  { 0x20, 0x7E }, { 0xA0, 0xFF }, { 0x131, 0x131 }, { 0x152, 0x153 }, { 0x160, 0x161 }, { 0x178, 0x178 }, { 0x17D, 0x17E },
  { 0x192, 0x192 }, { 0x237, 0x237 }, { 0x2C6, 0x2DD }, { 0x2000, 0x209F }, { 0x20AC, 0x20AC }, { 0x2122, 0x2122 },
  { 0x25A0, 0x25A0 },
}
local function is_plain(code)
  for _, range in ipairs(RANGES) do
    if code >= range[1] and code <= range[2] then return true end
  end
  return false
end

-- ---- Learning a face --------------------------------------------------------------------------------------------

-- Adds the glyphs that ligatures can make of the characters.
local function add_ligatures(kept, characters)
  local found = {}
  for code in pairs(kept) do found[#found + 1] = code end
  local at = 1
  while found[at] do
    for _, ligature in pairs(kept[found[at]].ligatures or {}) do
      if not kept[ligature.char] and characters[ligature.char] then
        kept[ligature.char] = characters[ligature.char]
        found[#found + 1] = ligature.char
      end
    end
    at = at + 1
  end
end

-- Which characters each glyph stands for.
local function shown_as(kept, changed)
  local codes_of = {}
  for code in pairs(kept) do
    local glyph = changed[code] or code
    codes_of[glyph] = codes_of[glyph] or {}
    table.insert(codes_of[glyph], code)
  end
  return codes_of
end

local KEEP_NEXT = 1                            -- the kind of a ligature that keeps its second letter: TeX's =:|

-- What a rule of luaotfload's makes of a glyph before certain others; nothing if it looks back, or further ahead.
local function read_rule(rule, glyph)
  local sets, lookup = rule[3], rule[6] and rule[6][1] and rule[6][1][1]
  if type(sets) ~= "table" or #sets ~= 2 or rule[4] ~= 1 or rule[5] ~= 1 then return end
  if not lookup or lookup.type ~= "gsub_single" then return end
  for _, step in ipairs(lookup.steps) do
    if step.coverage[glyph] then return step.coverage[glyph], sets[2] end
  end
end

-- A shape for a place before certain letters (calt: an f before b, h or a quotation mark) becomes a ligature that keeps
-- the second letter. True ligatures go first.
local function add_context(rule, glyph, codes_of, kept)
  local shape, following = read_rule(rule, glyph)
  if not shape then return end
  for _, code in ipairs(codes_of[glyph]) do
    local ligatures = {}
    for other in pairs(following) do
      for _, next_code in ipairs(codes_of[other] or {}) do ligatures[next_code] = { char = shape, type = KEEP_NEXT } end
    end
    for next_code, ligature in pairs(kept[code].ligatures or {}) do ligatures[next_code] = ligature end
    kept[code].ligatures = ligatures
  end
end

local function add_contexts(sequences, codes_of, kept)
  for _, sequence in ipairs(sequences) do
    if sequence.type == "gsub_contextchain" and (sequence.features or {}).calt then
      for _, step in ipairs(sequence.steps) do
        for glyph, rules in pairs(step.coverage) do
          for _, rule in ipairs(codes_of[glyph] and rules or {}) do add_context(rule, glyph, codes_of, kept) end
        end
      end
    end
  end
end

-- Low codes for glyphs that have none: LuaTeX goes through all codes up to the highest when it writes a font.
local function new_codes(kept)
  local codes, moved = {}, {}
  for code in pairs(kept) do codes[#codes + 1] = code end
  table.sort(codes)
  local free = FIRST_FREE
  for _, code in ipairs(codes) do
    if code >= FIRST_FREE then moved[code], free = free, free + 1 else moved[code] = code end
  end
  return moved
end

-- The kerns after a character, by the codes of what follows; lists that are the same are kept once, under a number.
local function kerns_by_code(by_glyph, codes_of, known)
  local kerns, words = {}, {}
  for glyph, kern in pairs(by_glyph) do
    for _, code in ipairs(kern ~= 0 and codes_of[glyph] or {}) do
      kerns[code] = kern
      words[#words + 1] = code .. "=" .. kern
    end
  end
  table.sort(words)
  local name = table.concat(words, " ")
  if name ~= "" and not known[name] then
    table.insert(known.lists, kerns)
    known[name] = #known.lists
  end
  return known[name]
end

local MEASURES = { "index", "width", "height", "depth", "italic", "tounicode", "left_protruding", "right_protruding" }

-- The characters of plain text and the glyphs that can come of them, each with the glyph that a feature sets for it.
local function choose(data)
  local kept, changed = {}, data.unscaled.changed or {}
  for code, character in pairs(data.characters) do
    if is_plain(code) then kept[code] = character end
  end
  add_ligatures(kept, data.characters)
  add_contexts(data.resources.sequences or {}, shown_as(kept, changed), kept)
  add_ligatures(kept, data.characters)
  return kept, changed
end

local function copied_ligatures(ligatures, kept, new)
  local copy = {}
  for code, ligature in pairs(ligatures or {}) do
    if kept[code] and kept[ligature.char] then copy[new[code]] = { char = new[ligature.char], type = ligature.type } end
  end
  return next(copy) and copy
end

local function lean_characters(data)
  local kept, changed = choose(data)
  local new, codes_of, kerns, made = new_codes(kept), shown_as(kept, changed), { lists = {} }, {}
  for _, list in pairs(codes_of) do
    for index, code in ipairs(list) do list[index] = new[code] end
  end
  for code, character in pairs(kept) do
    local copy = { ligatures = copied_ligatures(character.ligatures, kept, new) or nil }
    for _, key in ipairs(MEASURES) do copy[key] = character[key] end
    copy.kerns = character.kerns and kerns_by_code(character.kerns, codes_of, kerns)
    made[new[code]] = copy
  end
  return made, kerns.lists
end

local function learn(face, asked)
  local data = fonts.definers.loadfont(asked)
  local design = { font = {}, parameters = {} }
  design.characters, design.kerns = lean_characters(data)
  for key, value in pairs(data) do
    if type(value) ~= "table" then design.font[key] = value end
  end
  -- LuaTeX writes fonts of one full name as one, which is right only if each character has the same glyph in them.
  design.font.fullname = face
  for _, key in ipairs({ "slant", "space", "space_stretch", "space_shrink", "x_height", "quad", "extra_space" }) do
    design.parameters[key] = data.parameters[key]
  end
  return design
end

-- Gives a face, at UNITS. What is kept of it holds as long as its file is the same.
function M.design_of(face)
  local asked = fonts.definers.resolve(fonts.definers.analyze(face, M.UNITS))
  fonts.constructors.hashinstance(asked)
  local facts, name = lfs.attributes(asked.filename or "") or {}, containers.cleanname(face)
  local identity = string.format("%s %s %s", asked.filename, facts.size, facts.modification)
  local design = containers.read(kept_faces, name)
  if not design or design.identity ~= identity then
    design = learn(face, asked)
    design.identity = identity
    containers.write(kept_faces, name, design)
  end
  return design
end

return M
