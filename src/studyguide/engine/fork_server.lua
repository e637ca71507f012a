-- fork_server.lua: an engine that has read its preamble forks a child for every job, and the child locks itself up.
--
-- Comes in: lines on standard input, each the folder of a job, seen from here. Goes out: on the status descriptor, `ready`
-- (or `refused` and why), then for each job `child` with its number, `locked` from the child itself as soon as it is, and
-- `end` with how it ended, as waitpid(2) says it.
-- Returns in the child only. Before the lock holds, a child has read nothing of an author, and what it has open of us it
-- reads no more. Linux with Landlock and seccomp, on x86-64 and ARM.
local folders, STATUS, cpu_seconds, file_bytes, memory_bytes, open_files = ...
local LOCK_FAILED = 113 -- the child's return code when the kernel refuses to lock it; `fork_server.py` knows it

local ffi = ffi or package.loaded.ffi
local machine = ffi and ffi.C and ffi.arch
local loaded = ffi and pcall(ffi.cdef, [[
  int fork(void); int waitpid(int pid, int *status, int options);
  int getpid(void); int getppid(void); int kill(int pid, int signal);
  int chdir(const char *path); int open(const char *path, int flags, int mode); int dup2(int from, int to);
  int close(int descriptor); int fflush(void *file); void _exit(int code);
  long write(int descriptor, const char *bytes, unsigned long count);
  int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d);
  long syscall(long number, long a, long b, long c, long d, long e, long f);
  struct limit { unsigned long soft, hard; };
  int setrlimit(int resource, const struct limit *limit);
  struct watched { int descriptor; short events, happened; };
  int poll(struct watched *descriptors, unsigned long count, int milliseconds);
  struct filter { unsigned short code; unsigned char yes, no; unsigned int k; };
  struct program { unsigned short length; struct filter *filters; };
]])
local C = loaded and ffi.C

-- What an engine needs of the kernel once it has read its preamble (strace of a whole job), by number: x86-64, ARM.
-- Nothing here starts a program, makes a process, opens a socket, sends a signal or changes a file's owner or date.
-- `watched` are mmap and mprotect, whose memory may not be executed, and fcntl, which may not choose whom to signal.
local CALLS = {
  x64 = {architecture = 0xC000003E, numbers = {
    0, 1, 2, 3, 4, 5, 6, 8, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 24, 25, 28, 32, 33, 35, 39, 63, 74, 75, 77,
    78, 79, 82, 83, 84, 87, 89, 95, 96, 97, 98, 99, 100, 102, 104, 107, 108, 110, 201, 202, 217, 219, 228, 229, 230,
    231, 60, 257, 258, 262, 263, 264, 267, 269, 273, 292, 316, 318, 332, 334, 439}, watched = {map = {9, 10}, file = 72}},
  arm64 = {architecture = 0xC00000B7, numbers = {
    63, 64, 56, 57, 79, 80, 62, 214, 215, 134, 135, 139, 67, 68, 65, 66, 48, 124, 216, 233, 23, 24, 101, 172,
    160, 82, 83, 46, 61, 17, 38, 34, 35, 78, 166, 169, 163, 165, 179, 153, 174, 175, 176, 177, 173, 98, 128, 113,
    114, 115, 94, 93, 99, 276, 278, 291, 293, 439}, watched = {map = {222, 226}, file = 25}},
}
local OPEN_PROCESS, CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 434, 444, 445, 446
local RIGHTS = {[1] = 13, [2] = 14, [3] = 15, [4] = 15, [5] = 16} -- by Landlock's version: how many rights it knows
local READ = 4 + 8 -- files and folders; to execute is needed for shared libraries only, and they are loaded by now

local function tell(line) C.write(STATUS, line .. "\n", #line + 1) end

local function call(number, a, b, c, d)
  local function long(value) return ffi.cast("long", value or 0) end
  return tonumber(C.syscall(number, long(a), long(b), long(c), long(d), long(0), long(0)))
end

local function open_folder(path) return C.open(path, 0x200000 + 0x80000 + (machine == "x64" and 0x10000 or 0x4000), 0) end

local function landlock(version, readable, job)
  local known = 2 ^ RIGHTS[math.min(version, 5)] - 1
  local rules = ffi.new("unsigned long[3]", known, version >= 4 and 3 or 0, version >= 6 and 3 or 0)
  local size = version >= 6 and 24 or version >= 4 and 16 or 8
  local ruleset = call(CREATE_RULESET, ffi.cast("intptr_t", rules), size, 0)
  if ruleset < 0 then return false end
  local function allow(descriptor, rights)
    local rule = ffi.new("unsigned char[12]")
    ffi.copy(rule, ffi.new("unsigned long[1]", rights), 8)
    ffi.copy(rule + 8, ffi.new("int[1]", descriptor), 4)
    return call(ADD_RULE, ruleset, 1, ffi.cast("intptr_t", rule), 0) == 0
  end
  for _, descriptor in ipairs(readable) do
    if not allow(descriptor, READ) then return false end
  end
  local own = open_folder(job)
  if own < 0 or not allow(own, known - 1) then return false end -- all but to execute
  return call(RESTRICT_SELF, ruleset, 0, 0, 0) == 0
end

local LOAD, EQUALS, HAS_BITS, RETURN = 0x20, 0x15, 0x45, 0x06 -- of the filter's language (linux/filter.h)
local ARCHITECTURE, NUMBER, SECOND, THIRD = 4, 0, 24, 32 -- what it can load: where these stand in a call
local ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000 -- to refuse is to say: not permitted
local EXECUTABLE = 4
local DUPLICATE, FLAGS = {0, 1030}, {1, 2, 3, 4} -- what fcntl may do

-- The filter as a list; a step that jumps names where to, the others go on to the next.
local function steps(allowed)
  local list, places = {}, {}
  local function add(code, k, yes, no) list[#list + 1] = {code = code, k = k, yes = yes, no = no} end
  local function place(name) places[name] = #list end
  add(LOAD, ARCHITECTURE)
  add(EQUALS, allowed.architecture, "known", "strange")
  place("strange") add(RETURN, KILL) -- another architecture's numbers mean other things
  place("known") add(LOAD, NUMBER)
  for _, number in ipairs(allowed.watched.map) do add(EQUALS, number, "map") end
  add(EQUALS, allowed.watched.file, "file")
  for _, number in ipairs(allowed.numbers) do add(EQUALS, number, "allow") end
  add(RETURN, REFUSE)
  place("map") add(LOAD, THIRD)
  add(HAS_BITS, EXECUTABLE, "refuse", "allow")
  place("file") add(LOAD, SECOND)
  for _, group in ipairs {DUPLICATE, FLAGS} do
    for _, command in ipairs(group) do add(EQUALS, command, "allow") end
  end
  place("refuse") add(RETURN, REFUSE)
  place("allow") add(RETURN, ALLOW)
  return list, places
end

local function seccomp()
  local list, places = steps(CALLS[machine])
  local filters = ffi.new("struct filter[?]", #list)
  for i, step in ipairs(list) do
    local at = filters[i - 1]
    at.code, at.k = step.code, step.k
    at.yes, at.no = step.yes and places[step.yes] - i or 0, step.no and places[step.no] - i or 0
  end
  local program = ffi.new("struct program", #list, filters)
  return C.prctl(22, 2, ffi.cast("uintptr_t", program), 0, 0) == 0
end

local function limit(resource, soft, hard)
  return C.setrlimit(resource, ffi.new("struct limit", soft, hard or soft)) == 0
end

local function lock(version, readable, job)
  return limit(0, cpu_seconds, cpu_seconds + 1) -- first the signal that says why, then the kill
    and limit(1, file_bytes) and limit(9, memory_bytes) and limit(7, open_files) and limit(4, 0)
    and C.prctl(38, 1, 0, 0, 0) == 0 -- no new privileges
    and landlock(version, readable, job) and seccomp()
end

-- Which descriptor a file of this name is open under; the log's, which a child turns to a file of its own.
local function descriptor_of(name)
  for descriptor = 3, 255 do
    local target = lfs.symlinkattributes("/proc/self/fd/" .. descriptor, "target")
    if target and target:sub(-#name) == name then return descriptor end
  end
end

local function redirect(path, flags, ...)
  local opened = C.open(path, flags, 384)
  for _, descriptor in ipairs {...} do C.dup2(opened, descriptor) end
  C.close(opened)
end

local function enter(job, log, parent)
  C.prctl(1, 9, 0, 0, 0) -- when the parent dies, so do we
  if C.getppid() ~= parent or C.chdir(job) ~= 0 then C.kill(C.getpid(), 9) end -- the job's folder is gone: an accident
  local WRITE_NEW = 1 + 64 + 512
  redirect("doc.log", WRITE_NEW, log)
  redirect("terminal.txt", WRITE_NEW, 1, 2)
  redirect("/dev/null", 0, 0)
end

local function refuse(why)
  local status = io.open("/proc/self/fd/" .. STATUS, "w")
  if status then
    status:write("refused " .. why .. "\n")
    status:close()
  end
  os.exit(0)
end

-- Waits for the child, and ends it when nobody is there any more who waits for it.
local function await_end(child)
  local descriptor = call(OPEN_PROCESS, child)
  local either = ffi.new("struct watched[2]")
  either[0].descriptor, either[1].descriptor, either[1].events = 0, descriptor, 1
  repeat until C.poll(either, 2, -1) > 0
  if either[1].happened == 0 then C.kill(child, 9) end
  local status = ffi.new("int[1]")
  C.waitpid(child, status, 0)
  C.close(descriptor)
  return status[0]
end

if not C then refuse("this LuaTeX has no ffi library") end
if not CALLS[machine] then refuse("this processor is not known") end
local version = call(CREATE_RULESET, 0, 0, 1)
if version < 1 then refuse("the kernel has no Landlock") end
local parent = C.getpid()
local log = descriptor_of("/doc.log")
if not log then refuse("the log was not found") end
local readable = {}
for path in folders:gmatch("[^\0]+") do
  local descriptor = open_folder(path)
  if descriptor >= 0 then readable[#readable + 1] = descriptor end
end

tell("ready")
while true do
  local job = io.stdin:read("*l")
  if not job then os.exit(0) end
  C.fflush(nil)
  local child = C.fork()
  if child < 0 then refuse("no process could be made") end
  if child == 0 then
    enter(job, log, parent)
    if not lock(version, readable, ".") then C._exit(LOCK_FAILED) end
    tell("locked")
    C.close(STATUS)
    package.loaded.ffi, _G.ffi = nil, nil
    return
  end
  tell("child " .. child)
  tell("end " .. await_end(child))
end
