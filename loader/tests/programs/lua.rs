//! Lua: some thirty objects, its own workload in scripts. Every error in a script is a `longjmp` over
//! frames of the interpreter.

use crate::compile::{self, Variant};
use crate::program::{Program, c_files};
use crate::sources;

/// The scripts, which the driver looks for in its folder.
const SCRIPTS: [(&str, &str); 9] = [
    ("strings.lua", include_str!("drivers/lua/strings.lua")),
    ("tables.lua", include_str!("drivers/lua/tables.lua")),
    ("closures.lua", include_str!("drivers/lua/closures.lua")),
    ("coroutines.lua", include_str!("drivers/lua/coroutines.lua")),
    ("errors.lua", include_str!("drivers/lua/errors.lua")),
    ("reclaim.lua", include_str!("drivers/lua/reclaim.lua")),
    ("numbers.lua", include_str!("drivers/lua/numbers.lua")),
    ("load.lua", include_str!("drivers/lua/load.lua")),
    ("files.lua", include_str!("drivers/lua/files.lua")),
];

fn lua() -> Program {
    let include = sources::of("lua-src");
    let mut files = c_files(&include);
    files.push(compile::drivers().join("lua.c"));
    Program {
        name: "Lua",
        files,
        include,
        defines: &["LUA_USE_LINUX"],
        inputs: &SCRIPTS,
        scale: 3,
        rounds: 10,
    }
}

#[test]
fn lua_runs_while_its_functions_are_swapped() {
    lua().check(Variant::Pic);
}

#[test]
fn lua_for_an_executable_runs_while_its_functions_are_swapped() {
    lua().check(Variant::Default);
}

#[test]
fn lua_by_clang_runs_while_its_functions_are_swapped() {
    lua().check(Variant::Clang);
}
