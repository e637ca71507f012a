-- studyguide-catalog.lua: what the PDF says of itself.
--
-- Comes in: texts as hexadecimal digits, bookmarks, the folio of each page. Goes out: the document information, the XMP
-- packet, language, page labels and outline, written when the last page is; and room for the file's identifier.
local M = studyguide
local IDENTIFIER = ("0"):rep(32)               -- studyguide puts the true one here: it is made from all the rest
local EVERYTHING, ITS_IDENTIFIER = 1023, 512   -- what the engine would say of itself (LuaTeX manual, 3.2.2)
local OPEN_BOOKMARKS = 30                      -- a longer outline opens with its top level only
local information, bookmarks, folios = {}, {}, {}
local language, packet

-- The newest version that every viewer knows; nothing of the engine, its dates or its paths; objects that a reader finds
-- one by one, where packed ones would have to be unpacked a hundred at a time; and packed as well as level 9 would do (a
-- handout of 8 pages: 134.9 instead of 134.5 kB), in two thirds of the time.
pdf.setminorversion(7)
pdf.setsuppressoptionalinfo(EVERYTHING)
pdf.setobjcompresslevel(0)
pdf.setcompresslevel(5)

local function hexadecimal(digits)
  return (digits:gsub("%X", ""))
end

local function bytes(digits)
  return (digits:gsub("%X", ""):gsub("%x%x", function(pair) return string.char(tonumber(pair, 16)) end))
end

local function digits_of(text)
  return (text:gsub(".", function(byte) return ("%02x"):format(byte:byte()) end))
end

-- Keeps an entry of the document information (ISO 32000-2, 14.3.3).
function M.inform(key, digits)
  information[#information + 1] = ("/%s <%s>"):format(key, hexadecimal(digits))
end

-- Keeps the language and the XMP packet; without them nothing is written.
function M.describe(language_digits, packet_digits)
  language, packet = hexadecimal(language_digits), bytes(packet_digits)
end

-- Keeps a bookmark: its level from 0, the anchor that it opens, its title.
function M.bookmark(level, anchor, digits)
  bookmarks[#bookmarks + 1] = { level = level, anchor = digits_of(anchor), title = hexadecimal(digits) }
end

-- Keeps the folio of a page. Pages that were held back come by a second time, all after the last: those count no more.
function M.number_page(folio)
  folios[#folios + 1] = folio
end

-- Roman folios belong to the prelims, which come first; the rest counts from one.
local function page_labels(page_count)
  local prelims = 0
  while prelims < page_count and not folios[prelims + 1]:find("^%d+$") do prelims = prelims + 1 end
  local roman = prelims > 0 and "0 << /S /r /St 1 >> " or ""
  local decimal = prelims < page_count and ("%d << /S /D /St 1 >>"):format(prelims) or ""
  return ("<< /Nums [ %s%s ] >>"):format(roman, decimal)
end

-- Gives each bookmark its place: the nearest one before it on a smaller level holds it.
local function grow_outline()
  local outline = { level = -1, children = {}, object = pdf.reserveobj() }
  local branch = { outline }
  for _, each in ipairs(bookmarks) do
    each.children, each.object = {}, pdf.reserveobj()
    while branch[#branch].level >= each.level do table.remove(branch) end
    each.parent = branch[#branch]
    table.insert(each.parent.children, each)
    branch[#branch + 1] = each
  end
  return outline
end

local function count_inside(item)
  local count = #item.children
  for _, each in ipairs(item.children) do count = count + count_inside(each) end
  return count
end

-- What an item says of those under it: the first, the last, how many are shown (ISO 32000-2, tables 150 and 151).
local function children_entries(item)
  local children = item.children
  if #children == 0 then return "" end
  local shown = #bookmarks <= OPEN_BOOKMARKS and count_inside(item) or item.parent and -#children or #children
  return (" /First %d 0 R /Last %d 0 R /Count %d"):format(children[1].object, children[#children].object, shown)
end

local function write_children(item)
  for index, each in ipairs(item.children) do
    local before, after = item.children[index - 1], item.children[index + 1]
    pdf.immediateobj(each.object, ("<< /Title <%s> /Parent %d 0 R /Dest <%s>%s%s%s >>"):format(
      each.title, item.object, each.anchor,
      before and (" /Prev %d 0 R"):format(before.object) or "",
      after and (" /Next %d 0 R"):format(after.object) or "",
      children_entries(each)))
    write_children(each)
  end
end

local function write_outline()
  if #bookmarks == 0 then return "" end
  local outline = grow_outline()
  pdf.immediateobj(outline.object, ("<< /Type /Outlines%s >>"):format(children_entries(outline)))
  write_children(outline)
  return (" /Outlines %d 0 R /PageMode /UseOutlines"):format(outline.object)
end

luatexbase.add_to_callback("finish_pdffile", function()
  if not packet then return end
  local metadata = pdf.obj{
    type = "stream", string = packet, attr = "/Type /Metadata /Subtype /XML", compresslevel = 0, immediate = true,
  }
  pdf.setinfo(table.concat(information, " ") .. " /Trapped /False")
  pdf.setcatalog(("/Lang <%s> /Metadata %d 0 R /PageLabels %s /ViewerPreferences << /DisplayDocTitle true >>%s"):format(
    language, metadata, page_labels(status.total_pages), write_outline()))
  pdf.setsuppressoptionalinfo(EVERYTHING - ITS_IDENTIFIER)
  pdf.settrailerid((" [ <%s> <%s> ]"):format(IDENTIFIER, IDENTIFIER))
end, "studyguide.catalog")
