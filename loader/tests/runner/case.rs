//! One case: its file taken apart, linked, and compared.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use segue_loader::{
    Config, Error, Linked, Linker, Machine, Memory, Object, Placement, Selection, SlotIndex, Space,
    Symbols, Targets, split,
};

use super::build::{Build, renumber};
use super::expression::{World, evaluate, number};

/// A directive: `#@ key head: value`.
struct Directive {
    line: usize,
    key: String,
    head: String,
    value: String,
}

const KEYS: &[&str] = &[
    "machine",
    "cc",
    "compiler",
    "base",
    "code",
    "read-only",
    "data",
    "renumber",
    "live",
    "define",
    "file",
    "executable",
    "thread-locals",
    "archive",
    "link",
    "bytes",
    "check",
    "error",
];

/// A case as its file says it.
pub(crate) struct Case {
    name: String,
    text: String,
    directives: Vec<Directive>,
    /// Sources with their contents. Lines have the numbers that they have in the file.
    sources: Vec<(String, String)>,
}

/// What became of the links of a case.
struct Outcome {
    memory: Arc<Memory>,
    linker: RefCell<Linker>,
    slots: Slots,
    linked: Vec<Linked>,
    placements: Vec<Placement>,
    defined: BTreeMap<String, u64>,
    error: Option<Error>,
}

#[derive(Default)]
struct Slots(BTreeMap<String, SlotIndex>);

impl Targets for Slots {
    fn slot(&mut self, function: &str) -> Result<SlotIndex, Error> {
        let next = SlotIndex(self.0.len() as u32);
        Ok(*self.0.entry(function.to_owned()).or_insert(next))
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}

impl Case {
    /// Takes a file apart. `name` is `area/file`.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Case, String> {
        let (area, own) = name.split_once('/').unwrap_or(("", name));
        let mut directives = Vec::new();
        let mut sources = vec![(own.to_owned(), String::new())];
        for (index, line) in text.lines().enumerate() {
            let start = line.trim_start();
            let rest = start.strip_prefix("#@").or_else(|| start.strip_prefix("//@"));
            let Some(rest) = rest else {
                let source = &mut sources.last_mut().unwrap().1;
                source.push_str(line);
                source.push('\n');
                continue;
            };
            let directive =
                directive(rest, index + 1).map_err(|why| format!("{name}:{}: {why}", index + 1))?;
            if directive.key == "file" {
                sources.push((directive.value.clone(), "\n".repeat(index)));
            }
            directives.push(directive);
            sources.last_mut().unwrap().1.push('\n');
        }
        if area == "aarch64" && !directives.iter().any(|it| it.key == "machine") {
            directives.push(directive("machine: aarch64", 0)?);
        }
        let case = Case { name: name.to_owned(), text: text.to_owned(), directives, sources };
        case.check_names()?;
        Ok(case)
    }

    /// Directives may speak of sources that are there, and a case must expect something.
    fn check_names(&self) -> Result<(), String> {
        let is_source = |name: &str| self.sources.iter().any(|(source, _)| source == name);
        for directive in &self.directives {
            let value = &*directive.value;
            let names = match &*directive.key {
                "executable" | "link" => value,
                "archive" => equation(value).map_or("", |(_, members)| members),
                _ => continue,
            };
            if let Some(name) = names.split_whitespace().find(|name| !is_source(name)) {
                return Err(self.at(directive, &format!("no source is called {name}")));
            }
        }
        let expects = |it: &Directive| matches!(&*it.key, "bytes" | "check" | "error");
        match self.directives.iter().any(expects) {
            true => Ok(()),
            false => Err(format!("{}:1: the case expects nothing", self.name)),
        }
    }

    /// The file, with what an update changed.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Directive> {
        self.directives.iter().filter(move |directive| directive.key == key)
    }

    fn value<'a>(&'a self, key: &'a str) -> Option<&'a str> {
        self.all(key).next().map(|directive| &*directive.value)
    }

    fn size(&self, key: &str, usual: u64) -> u64 {
        self.value(key).and_then(number).unwrap_or(usual)
    }

    fn machine(&self) -> Machine {
        match self.value("machine") {
            Some("aarch64") => Machine::Aarch64,
            _ => Machine::X86_64,
        }
    }

    /// Links the case and compares everything with what it expects.
    pub(crate) fn run(&self) -> Result<(), String> {
        let outcome = self.link()?;
        let mut wrong = Vec::new();
        self.compare_error(&outcome, &mut wrong);
        for directive in self.all("bytes") {
            match self.bytes(&outcome, directive) {
                Ok((address, expected, found)) if expected != found => {
                    let place = format!("{} ({address:#x})", directive.head);
                    wrong.push(self.at(directive, &differing(&place, &expected, &found)));
                }
                Ok((_, expected, _)) if expected.is_empty() => {
                    let why = "which bytes? SEGUE_UPDATE_CASES=1 writes those found here";
                    wrong.push(self.at(directive, why));
                }
                Ok(_) => {}
                Err(why) => wrong.push(self.at(directive, &why)),
            }
        }
        for directive in self.all("check") {
            let (left, right) = directive.value.split_once('=').unwrap();
            match (evaluate(&outcome, left), evaluate(&outcome, right)) {
                (Ok(a), Ok(b)) if a == b => {}
                (Ok(a), Ok(b)) => {
                    let (left, right) = (left.trim(), right.trim());
                    let why = format!("{left} is {a:#x}\n    but {right} is {b:#x}");
                    wrong.push(self.at(directive, &why));
                }
                (Err(why), _) | (_, Err(why)) => wrong.push(self.at(directive, &why)),
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }

    fn compare_error(&self, outcome: &Outcome, wrong: &mut Vec<String>) {
        let mut is_expected = false;
        for directive in self.all("error") {
            is_expected = true;
            match &outcome.error {
                None => wrong.push(self.at(directive, "no error: the case links")),
                Some(error) if !error.to_string().contains(&directive.value) => {
                    let why = format!("another error than {}\n    {error}", directive.value);
                    wrong.push(self.at(directive, &why));
                }
                Some(_) => {}
            }
        }
        if let Some(error) = outcome.error.as_ref().filter(|_| !is_expected) {
            wrong.push(format!("{}: {error}", self.name));
        }
    }

    /// Puts the bytes found into the text.
    pub(crate) fn update(&mut self) -> Result<(), String> {
        let outcome = self.link()?;
        let mut lines: Vec<String> = self.text.lines().map(str::to_owned).collect();
        for directive in self.all("bytes") {
            let Ok((_, _, found)) = self.bytes(&outcome, directive) else { continue };
            let line = &mut lines[directive.line - 1];
            let indent = line.find(['#', '/']).unwrap_or(0);
            let sign = if line[indent..].starts_with('#') { "#@" } else { "//@" };
            *line = format!("{}{sign} bytes {}: {}", &line[..indent], directive.head, hex(&found));
        }
        let end = if self.text.ends_with('\n') { "\n" } else { "" };
        let text = lines.join("\n") + end;
        *self = Case::parse(&self.name, &text)?;
        Ok(())
    }

    /// Address, expected bytes and found bytes of a directive.
    fn bytes(
        &self,
        outcome: &Outcome,
        directive: &Directive,
    ) -> Result<(u64, Vec<u8>, Vec<u8>), String> {
        let address = evaluate(outcome, &directive.head)?;
        let expected = octets(&directive.value)?;
        let length = match expected.len() {
            0 => outcome.length_at(address).ok_or("no piece of an object is there")?,
            length => length,
        };
        Ok((address, expected, outcome.read(address, length)?))
    }

    fn at(&self, directive: &Directive, what: &str) -> String {
        format!("{}:{}: {what}", self.name, directive.line)
    }

    /// The objects of all sources by their sources' names, for those who want nothing else.
    pub(crate) fn objects(&self) -> Result<BTreeMap<String, Vec<u8>>, String> {
        let directory = tempfile::tempdir().map_err(|error| format!("{}: {error}", self.name))?;
        self.compile(&self.build(directory.path()))
    }

    /// Where the case says that names of the host are.
    pub(crate) fn defined(&self) -> BTreeMap<String, u64> {
        let equations = self.all("define").filter_map(|directive| equation(&directive.value));
        equations.filter_map(|(name, value)| Some((name.to_owned(), number(value)?))).collect()
    }

    /// Area and file.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether the case must not link.
    pub(crate) fn must_fail(&self) -> bool {
        self.all("error").next().is_some()
    }

    /// Whether it has relocation kinds that the assembler does not know.
    pub(crate) fn is_renumbered(&self) -> bool {
        self.all("renumber").next().is_some()
    }

    fn build<'a>(&'a self, directory: &'a Path) -> Build<'a> {
        Build {
            machine: self.machine(),
            compiler: self.value("compiler"),
            flags: self.value("cc"),
            directory,
        }
    }

    fn compile(&self, build: &Build<'_>) -> Result<BTreeMap<String, Vec<u8>>, String> {
        let plain = |error: String| format!("{}: {error}", self.name);
        let mut objects = BTreeMap::new();
        for (name, text) in &self.sources {
            std::fs::write(build.directory.join(name), text).map_err(|it| plain(it.to_string()))?;
            let mut object = build.object(name).map_err(plain)?;
            for directive in self.all("renumber") {
                let (from, to) = kinds(&directive.value).unwrap();
                renumber(&mut object, from, to);
            }
            objects.insert(name.clone(), object);
        }
        Ok(objects)
    }

    fn link(&self) -> Result<Outcome, String> {
        let plain = |error: String| format!("{}: {error}", self.name);
        let directory = tempfile::tempdir().map_err(|error| plain(error.to_string()))?;
        let build = self.build(directory.path());
        let objects = self.compile(&build)?;
        let (defined, mut others) = (self.defined(), Vec::new());
        let mut symbols = Symbols::none();
        if let Some(source) = self.value("executable") {
            let path = build.executable(source).map_err(plain)?;
            symbols = Symbols::of_executable(&path).map_err(|error| plain(error.to_string()))?;
            others.push(source.to_owned());
        }
        if let Some(size) = self.value("thread-locals").and_then(number) {
            symbols.reserve_thread_locals(self.machine(), size as u32);
        }
        defined.iter().for_each(|(name, address)| symbols.define(name, *address as usize));
        for directive in self.all("archive") {
            let (name, members) = equation(&directive.value).unwrap();
            let members: Vec<String> = members.split_whitespace().map(str::to_owned).collect();
            build.archive(name, &members).map_err(plain)?;
            let path = directory.path().join(name);
            symbols.archive(&path).map_err(|error| plain(error.to_string()))?;
            others.extend(members);
        }
        let memory = self.memory().map_err(|error| plain(error.to_string()))?;
        let linker = RefCell::new(Linker::new(Arc::clone(&memory), symbols));
        let (slots, linked, placements) = (Slots::default(), Vec::new(), Vec::new());
        let mut outcome =
            Outcome { memory, linker, slots, linked, placements, defined, error: None };
        outcome.error = self.batches(&others).iter().find_map(|batch| {
            let batch: Vec<_> = batch.iter().map(|name| (&**name, &*objects[name])).collect();
            outcome.link(&batch, &|name| self.is_live(name)).err()
        });
        Ok(outcome)
    }

    fn memory(&self) -> Result<Arc<Memory>, Error> {
        const MIB: u64 = 1 << 20;
        let window = |key| self.size(key, MIB) as usize;
        let space = Space::There { machine: self.machine(), base: self.size("base", 0x1000_0000) };
        let (code, read_only, data) = (window("code"), window("read-only"), window("data"));
        Memory::reserve(Config {
            code,
            read_only,
            data,
            slots: 64,
            poison: false,
            space,
            ..Config::default()
        })
    }

    /// The sources of each link.
    fn batches(&self, others: &[String]) -> Vec<Vec<String>> {
        let words = |directive: &Directive| {
            directive.value.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        let batches: Vec<_> = self.all("link").map(words).collect();
        if !batches.is_empty() {
            return batches;
        }
        let names = self.sources.iter().map(|(name, _)| name.clone());
        vec![names.filter(|name| !others.contains(name)).collect()]
    }

    fn is_live(&self, name: &str) -> bool {
        match self.value("live") {
            Some(names) => names.split(',').any(|it| it.trim() == name),
            None => name.starts_with("live_") && !name.contains('.'),
        }
    }
}

impl Outcome {
    fn link(
        &mut self,
        batch: &[(&str, &[u8])],
        is_live: &dyn Fn(&str) -> bool,
    ) -> Result<(), Error> {
        let mut splits = Vec::new();
        for (source, bytes) in batch {
            let stem = source.rsplit_once('.').map_or(*source, |(stem, _)| stem);
            splits.push(split(Object::parse(&format!("{stem}.o"), *bytes)?, is_live)?);
        }
        let all: Vec<Vec<usize>> =
            splits.iter().map(|split| (0..split.modules().len()).collect()).collect();
        let selections: Vec<_> = splits
            .iter()
            .zip(&all)
            .map(|(split, functions)| Selection { split, functions })
            .collect();
        let mut linker = self.linker.borrow_mut();
        self.linked.extend(linker.link(&selections, &mut self.slots)?);
        self.placements.extend(linker.placements());
        Ok(())
    }

    /// Bytes from an address to the end of the piece it is in.
    fn length_at(&self, address: u64) -> Option<usize> {
        self.placements.iter().rev().find_map(|piece| {
            let offset = usize::try_from(address.checked_sub(piece.address)?).ok()?;
            piece.range.len().checked_sub(offset).filter(|length| *length > 0)
        })
    }
}

impl World for Outcome {
    fn address(&self, name: &str) -> Option<u64> {
        let live = self.linked.iter().rev().find(|linked| linked.name() == name);
        let symbol = || self.placements.iter().rev().find(|it| it.symbol.as_deref() == Some(name));
        let section = || self.placements.iter().find(|it| it.section_name == name);
        let got = (name == "_GLOBAL_OFFSET_TABLE_").then(|| self.memory.got_base());
        live.map(|linked| linked.entry() as u64)
            .or(got)
            .or_else(|| symbol().map(|it| it.address))
            .or_else(|| section().map(|it| it.address))
            .or_else(|| self.defined.get(name).copied())
    }

    fn slot(&self, name: &str) -> Option<u64> {
        let index = self.slots.0.get(name)?;
        self.memory.slot_address(index.0).ok().map(|address| address as u64)
    }

    fn stub(&self, name: &str) -> Option<u64> {
        let index = self.slots.0.get(name)?;
        self.linker.borrow_mut().stub(*index).ok().map(|address| address as u64)
    }

    fn read(&self, address: u64, length: usize) -> Result<Vec<u8>, String> {
        self.memory.read(address, length).map_err(|error| error.to_string())
    }
}

fn directive(text: &str, line: usize) -> Result<Directive, String> {
    let text = text.trim();
    let end = text.find([' ', ':']).unwrap_or(text.len());
    let (key, rest) = text.split_at(end);
    let split = rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|head| (head, "")));
    let (head, value) = split.ok_or("a directive is `key: value`")?;
    let (head, value) = (head.trim(), value.trim());
    let is_right = match key {
        _ if (key == "bytes") == head.is_empty() => false,
        "machine" => matches!(value, "x86_64" | "aarch64"),
        "base" | "code" | "read-only" | "data" | "thread-locals" => number(value).is_some(),
        "define" => equation(value).is_some_and(|(_, value)| number(value).is_some()),
        "archive" => equation(value).is_some(),
        "renumber" => kinds(value).is_some(),
        "check" => value.matches('=').count() == 1,
        "bytes" => octets(value).is_ok(),
        _ => KEYS.contains(&key) && !value.is_empty(),
    };
    if !is_right {
        return Err(format!("`{text}` is no directive that cases.rs describes"));
    }
    let [key, head, value] = [key, head, value].map(str::to_owned);
    Ok(Directive { line, key, head, value })
}

fn equation(text: &str) -> Option<(&str, &str)> {
    text.split_once('=').map(|(name, value)| (name.trim(), value.trim()))
}

/// Two relocation kinds, by number.
fn kinds(text: &str) -> Option<(u32, u32)> {
    let (from, to) = equation(text)?;
    Some((from.parse().ok()?, to.parse().ok()?))
}

fn octets(text: &str) -> Result<Vec<u8>, String> {
    let octet = |word| u8::from_str_radix(word, 16).map_err(|_| format!("{word} is no byte"));
    text.split_whitespace().map(octet).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

fn differing(place: &str, expected: &[u8], found: &[u8]) -> String {
    let marks = expected.iter().zip(found).map(|(a, b)| if a == b { "  " } else { "^^" });
    let marks = marks.collect::<Vec<_>>().join(" ");
    let (expected, found) = (hex(expected), hex(found));
    format!(
        "other bytes at {place}\n    expected {expected}\n    found    {found}\n             {}",
        marks.trim_end()
    )
}
