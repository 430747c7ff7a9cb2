//! Visitors, observers, commands with undo, and a registry of plugins by name, all behind dyn.
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
trait Command { fn apply(&self, text: &mut Vec<u8>) -> Box<dyn Command>; }
struct Insert { at: usize, bytes: Vec<u8> }
struct Delete { at: usize, len: usize }
impl Command for Insert { fn apply(&self, text: &mut Vec<u8>) -> Box<dyn Command> { text.splice(self.at..self.at, self.bytes.iter().copied()); Box::new(Delete { at: self.at, len: self.bytes.len() }) } }
impl Command for Delete { fn apply(&self, text: &mut Vec<u8>) -> Box<dyn Command> { let bytes = text.drain(self.at..self.at + self.len).collect(); Box::new(Insert { at: self.at, bytes }) } }
#[derive(Default)]
struct Editor { text: Vec<u8>, undo: Vec<Box<dyn Command>>, listeners: Vec<Rc<dyn Fn(&[u8])>> }
impl Editor {
    fn run(&mut self, c: impl Command + 'static) { let back = c.apply(&mut self.text); self.undo.push(back); for l in &self.listeners { l(&self.text) } }
    fn undo(&mut self) -> bool { self.undo.pop().map(|c| c.apply(&mut self.text)).is_some() }
}
type Plugin = Box<dyn Fn(&str) -> Result<String, Box<dyn std::error::Error>>>;
fn plugins(k: usize) -> BTreeMap<&'static str, Plugin> {
    let mut all: BTreeMap<&'static str, Plugin> = BTreeMap::new();
    all.insert("upper", Box::new(|s| Ok(s.to_uppercase())));
    all.insert("repeat", Box::new(move |s| Ok(s.repeat(k))));
    all.insert("parse", Box::new(|s| Ok((s.parse::<i32>()? * 2).to_string())));
    all
}
pub fn run(input: u64) -> u64 {
    let log = Rc::new(RefCell::new(vec![]));
    let mut editor = Editor::default();
    let seen = log.clone();
    editor.listeners.push(Rc::new(move |t| seen.borrow_mut().push(t.len())));
    editor.run(Insert { at: 0, bytes: b"hello".to_vec() });
    editor.run(Delete { at: 1, len: input as usize });
    editor.run(Insert { at: 1, bytes: vec![b'X'; 3] });
    for _ in 0..input { editor.undo(); }
    let plugins = plugins(input as usize);
    let out: Vec<String> = ["upper", "repeat", "parse", "none"].iter().map(|name| plugins.get(name).map_or_else(|| "?".into(), |p| p(["12", "ab"][input as usize % 2]).unwrap_or_else(|e| e.to_string()))).collect();
    let hash = |b: &[u8]| b.iter().fold(7u64, |h, b| h.wrapping_mul(31) + *b as u64);
    hash(&editor.text) ^ hash(out.join("|").as_bytes()) << 7 ^ log.borrow().iter().fold(0, |h, n| h * 10 + *n as u64) ^ (Rc::strong_count(&log) as u64) << 60
}
