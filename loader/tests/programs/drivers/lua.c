/* Lua's workload: scripts, each run as a coroutine that a hook suspends every few thousand instructions,
 * so that between two steps no C function is on the stack, however long a script runs. */
#include "drive.h"
#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"

static const char *const scripts[] = {
    "strings", "tables", "closures", "coroutines", "errors", "reclaim", "numbers", "load", "files",
};

static lua_State *state, *script;
static size_t of_script;
static long suspended;
static char *folder_path;

/* print, to whoever reads what was said. */
static int print(lua_State *L) {
    int count = lua_gettop(L);
    for (int index = 1; index <= count; index++) {
        size_t length;
        const char *text = luaL_tolstring(L, index, &length);
        if (index > 1) say_bytes("\t", 1);
        say_bytes(text, length);
        lua_pop(L, 1);
    }
    say_bytes("\n", 1);
    return 0;
}

/* hash(text), of what is too long to be printed. */
static int hash(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_pushfstring(L, "%I", (LUAI_UACINT)hash_of(HASH_OF_NOTHING, text, length));
    return 1;
}

/* Leaves the script in the middle. A coroutine of the script's own goes on: it would yield to the script. */
static void suspend(lua_State *L, lua_Debug *event) {
    (void)event;
    if (L == script && lua_isyieldable(L)) {
        suspended++;
        lua_yield(L, 0);
    }
}

static int panic(lua_State *L) {
    say("panic: %s\n", lua_tostring(L, -1));
    return 0;
}

void drive_begin(const char *folder, long scale) {
    say_nothing_yet();
    of_script = 0;
    suspended = 0;
    script = 0;
    folder_path = realloc(folder_path, strlen(folder) + 1);
    strcpy(folder_path, folder);
    state = luaL_newstate();
    lua_atpanic(state, panic);
    luaL_openlibs(state);
    lua_register(state, "print", print);
    lua_register(state, "hash", hash);
    lua_pushstring(state, folder);
    lua_setglobal(state, "folder");
    lua_pushinteger(state, scale);
    lua_setglobal(state, "scale");
    say("%s\n", LUA_RELEASE);
}

static int load(void) {
    char path[1024];
    static char text[65536], name[64];
    snprintf(path, sizeof path, "%s/%s.lua", folder_path, scripts[of_script]);
    snprintf(name, sizeof name, "@%s.lua", scripts[of_script]);
    FILE *file = fopen(path, "r");
    if (!file) return -1;
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    say("-- %s\n", scripts[of_script]);
    script = lua_newthread(state);
    lua_sethook(script, suspend, LUA_MASKCOUNT, 5000);
    if (luaL_loadbuffer(script, text, length, name)) {
        say("%s\n", luaL_tolstring(script, -1, 0));
        return -1;
    }
    return 1;
}

static int finish(void) {
    int ran = suspended > 0;
    lua_gc(state, LUA_GCCOLLECT);
    lua_close(state);
    state = 0;
    say("scripts were %s\n", ran ? "suspended" : "never suspended");
    return ran ? 0 : -1;
}

int drive_step(void) {
    if (of_script == sizeof scripts / sizeof *scripts) return finish();
    if (!script && load() < 0) return -1;
    int results = 0;
    int status = lua_resume(script, state, 0, &results);
    if (status == LUA_YIELD) return 1;
    if (status != LUA_OK) {
        luaL_traceback(state, script, luaL_tolstring(script, -1, 0), 0);
        say("%s\n", lua_tostring(state, -1));
        return -1;
    }
    lua_settop(state, 0);
    script = 0;
    of_script++;
    return 1;
}
