//! Where cargo put the sources of the crates, with the features and dependencies that it chose.

use std::{collections::BTreeMap, path::Path, process::Command, sync::Mutex};

use segue::runtime::compiler::{Edition, ExternCrate, Jit};
use serde_json::Value;

/// Those that programs name.
const CRATES: [&str; 6] = ["biquad", "fixed", "heapless", "libm", "micromath", "smallvec"];

/// What is left out of what cargo chose: `libm` and others then use no assembly, and nothing of the system.
const WITHOUT: [&str; 3] = ["arch", "default", "std"];

/// The compiler with the crates that a program names. What it knows of them, it knows for all programs of the
/// process that name the same ones.
pub(crate) fn compiler_for(program: &Path) -> Jit {
    static KNOWN: Mutex<BTreeMap<Vec<&str>, Jit>> = Mutex::new(BTreeMap::new());
    let text = std::fs::read_to_string(program).expect("the program can be read");
    let mut named = CRATES.to_vec();
    named.retain(|name| text.contains(&format!("{name}::")));
    let mut known = KNOWN.lock().expect("nobody panicked here");
    let jit = known.entry(named.clone()).or_insert_with(|| {
        let jit = Jit::new().with_checks(true);
        jit.with_crates(&crates(&named)).expect("their sources can be read")
    });
    jit.clone()
}

/// The crates of these names, and before each what it depends on.
pub(crate) fn crates(named: &[&str]) -> Vec<ExternCrate> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // What only other systems need was never fetched here.
    let platform = format!("--filter-platform={}-unknown-linux-gnu", std::env::consts::ARCH);
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--offline", "--locked", &platform])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo is on the machine");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo does not say where sources are:\n{errors}");
    let told: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let by_id = |list: &Value| -> BTreeMap<String, Value> {
        let list = list.as_array().expect("a list").iter();
        list.map(|it| (text(&it["id"]).to_owned(), it.clone())).collect()
    };
    let mut found = Found {
        packages: by_id(&told["packages"]),
        nodes: by_id(&told["resolve"]["nodes"]),
        list: Vec::new(),
        seen: Vec::new(),
    };
    let own = told["resolve"]["root"].as_str().expect("the root package is asked about");
    let own = found.nodes[own]["deps"].as_array().expect("a list").clone();
    for dependency in own.iter().filter(|it| named.contains(&text(&it["name"]))) {
        found.add(text(&dependency["pkg"]));
    }
    found.list
}

struct Found {
    packages: BTreeMap<String, Value>,
    nodes: BTreeMap<String, Value>,
    list: Vec<ExternCrate>,
    seen: Vec<String>,
}

impl Found {
    /// Adds the package of this id after those it depends on; its name, unless it is no library.
    fn add(&mut self, id: &str) -> Option<String> {
        let package = self.packages[id].clone();
        let targets = package["targets"].as_array().expect("a list");
        let is_library =
            |it: &&Value| it["kind"].as_array().is_some_and(|kinds| kinds.contains(&"lib".into()));
        let library = targets.iter().find(is_library)?;
        let name = text(&library["name"]).replace('-', "_");
        if self.seen.iter().any(|it| it == id) {
            return Some(name);
        }
        self.seen.push(id.to_owned());
        let root = Path::new(text(&library["src_path"]));
        let mut it = ExternCrate::new(name.clone(), root, edition(text(&library["edition"])));
        // As rustc compiled them here.
        it = it.with_option("debug_assertions", None);
        let node = self.nodes[id].clone();
        for feature in node["features"].as_array().expect("a list").iter().map(text) {
            // Where rustc's side takes sines from the system, ours has to.
            let is_kept = !WITHOUT.contains(&feature) || name == "num_traits" && feature == "std";
            it = if is_kept { it.with_feature(feature) } else { it };
        }
        for dependency in node["deps"].as_array().expect("a list") {
            let kinds = dependency["dep_kinds"].as_array().expect("a list");
            if kinds.iter().any(|it| it["kind"].is_null())
                && let Some(of) = self.add(text(&dependency["pkg"]))
            {
                it = it.with_dependency(text(&dependency["name"]), of);
            }
        }
        self.list.push(it);
        Some(name)
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("cargo gives a text there")
}

fn edition(year: &str) -> Edition {
    match year {
        "2015" => Edition::Rust2015,
        "2018" => Edition::Rust2018,
        "2021" => Edition::Rust2021,
        "2024" => Edition::Rust2024,
        other => panic!("edition {other} is new: add it to the compiler's"),
    }
}
