//! Comparing what Segue wrote with what GNU ld wrote, byte by byte, and where a field differs, by what
//! it means.

use std::collections::{HashMap, HashSet};

use segue_loader::Machine;

use crate::fields::{self, Field, Sort};
use crate::ours::Ours;
use crate::report::{Class, Counts};
use crate::subject::{Home, Relocation, Subject, Symbol};
use crate::theirs::Theirs;
use crate::threads::{self, Rewritten};

/// One comparison of one object.
pub(crate) struct Comparison<'a> {
    /// What GOT-relative fields count from.
    got: u64,
    subject: &'a Subject,
    ours: &'a Ours,
    theirs: &'a Theirs,
    pub(crate) counts: Counts,
    /// Differences, each with section and offset.
    pub(crate) problems: Vec<String>,
    /// Addresses of what was placed, by its bytes in the object.
    twins: HashMap<&'a [u8], Vec<u64>>,
    queue: Vec<Piece>,
    seen: HashSet<Piece>,
}

/// Bytes of a section, and where Segue put them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Piece {
    section: usize,
    start: u64,
    end: u64,
    address: u64,
}

/// A relocation in one placed piece.
struct Site<'a> {
    piece: Piece,
    relocation: &'a Relocation,
    field: Field,
    /// Where the field is, here and there.
    place: u64,
    their_place: u64,
    /// What it holds, here and there.
    word: u64,
    their_word: u64,
    /// What the bits around the field must be.
    expected: u64,
    /// Whether ld wrote another instruction there: then its field says nothing.
    is_rewritten: bool,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(subject: &'a Subject, ours: &'a Ours, theirs: &'a Theirs) -> Comparison<'a> {
        let mut twins: HashMap<&[u8], Vec<u64>> = HashMap::new();
        for place in &ours.places {
            let section = &subject.sections[place.section];
            let bytes = subject.bytes_of(section).get(place.range.clone());
            if let Some(bytes) = bytes.filter(|_| !section.is_unwind()) {
                twins.entry(bytes).or_default().push(place.address);
            }
        }
        Comparison {
            twins,
            got: ours.got,
            subject,
            ours,
            theirs,
            counts: Counts::default(),
            problems: Vec::new(),
            queue: Vec::new(),
            seen: HashSet::new(),
        }
    }

    /// Compares everything that Segue placed, but the unwind records.
    pub(crate) fn run(&mut self) {
        self.check_stubs();
        for place in &self.ours.places {
            let section = place.section;
            if self.subject.sections[section].is_unwind() {
                continue;
            }
            let (start, end) = (place.range.start as u64, place.range.end as u64);
            self.push(Piece { section, start, end, address: place.address });
        }
        while let Some(piece) = self.queue.pop() {
            self.compare(piece);
        }
    }

    /// The stub of a live function leads through its slot to its code.
    fn check_stubs(&mut self) {
        for (section, stub) in &self.ours.stubs {
            let end = self.ours.follow(self.subject.machine, *stub);
            if self.ours.places_of(*section).all(|place| Some(place.address) != end) {
                let name = &self.subject.sections[*section].name;
                self.problems.push(format!("{name}+0x0: its stub at {stub:#x} leads to {end:x?}"));
            }
        }
    }

    fn push(&mut self, piece: Piece) {
        if self.seen.insert(piece) {
            self.queue.push(piece);
        }
    }

    fn problem(&mut self, piece: Piece, offset: u64, what: &str) {
        let section = &self.subject.sections[piece.section];
        let at = piece.address + (offset - piece.start);
        self.problems.push(format!("{}+{offset:#x} (at {at:#x}): {what}", section.name));
    }

    fn compare(&mut self, piece: Piece) {
        let subject = self.subject;
        let section = &subject.sections[piece.section];
        let length = (piece.end - piece.start) as usize;
        let Some(ours) = self.ours.read(piece.address, length) else {
            return self.problem(piece, piece.start, "placed outside the windows");
        };
        let their_address = self.their_section(piece.section);
        let theirs = self.theirs.read_at(their_address + piece.start, length);
        let rewritten = Rewritten::of(subject, section, &self.their_bytes(piece.section));
        let mut free = vec![false; length];
        // What ld rewrote must be what the object says.
        let mut expected = theirs.clone();
        let own = subject.bytes_of(section);
        for range in rewritten.ranges() {
            let [start, end] = [range.start, range.end].map(|at| at.clamp(piece.start, piece.end));
            if let Some(own) = own.get(start as usize..end as usize) {
                let at = (start - piece.start) as usize;
                expected[at..at + own.len()].copy_from_slice(own);
            }
        }
        for relocation in section.relocations_in(piece.start, piece.end) {
            let at = (relocation.offset - piece.start) as usize;
            let Some(field) = fields::of(subject.machine, relocation.kind) else {
                let what = format!("a relocation of kind {} was linked", relocation.kind);
                self.problem(piece, relocation.offset, &what);
                continue;
            };
            free[at..at + field.width].fill(true);
            let read = |bytes: &[u8]| {
                let field = &bytes[at..at + field.width];
                field.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
            };
            let site = Site {
                piece,
                relocation,
                field,
                place: piece.address + at as u64,
                their_place: their_address + relocation.offset,
                word: read(&ours),
                their_word: read(&theirs),
                expected: read(&expected),
                is_rewritten: rewritten.covers(relocation.offset),
            };
            self.compare_field(&site, &rewritten);
        }
        self.counts.bytes += length as u64;
        let differs = (0..length).find(|at| !free[*at] && ours[*at] != expected[*at]);
        if let Some(at) = differs {
            let (ours, theirs) = (ours[at], expected[at]);
            let what = format!("the byte is {ours:#04x} here and {theirs:#04x} there");
            self.problem(piece, piece.start + at as u64, &what);
        }
    }

    fn compare_field(&mut self, site: &Site<'_>, rewritten: &Rewritten) {
        let field = site.field;
        let class = match field.sort {
            Sort::Nothing => Some(Class::Exact),
            _ if (site.word ^ site.expected) & !field.bits() != 0 => None,
            _ if field.sort.is_thread_local() => {
                self.thread_local(site, rewritten.distance(site.relocation.offset))
            }
            _ if site.word == site.their_word && self.is_same_place(site) => Some(Class::Exact),
            Sort::Symbol => self.symbol(site),
            Sort::GotEntry => self.got_entry(site),
            Sort::GotBase => {
                let addend = site.relocation.addend;
                let target = self.got.wrapping_add_signed(addend);
                field.agrees(site.word, site.place, self.got, target).then_some(Class::Elsewhere)
            }
            _ => None,
        };
        let class = class.filter(|_| !self.bypasses(site));
        match class {
            Some(class) => self.counts.add(field.name, class),
            None => {
                let symbol = &self.subject.symbols[site.relocation.symbol];
                let what = format!(
                    "{} to {}{:+}: {:#x} here and {:#x} there (at {:#x})",
                    field.name,
                    self.label(symbol),
                    site.relocation.addend,
                    site.word,
                    site.their_word,
                    site.their_place,
                );
                self.problem(site.piece, site.relocation.offset, &what);
            }
        }
    }

    /// The bytes that ld wrote for a whole section.
    fn their_bytes(&self, section: usize) -> Vec<u8> {
        let size = self.subject.sections[section].size as usize;
        match self.subject.sections[section].is_code() {
            true => self.theirs.read_at(self.their_section(section), size),
            false => Vec::new(),
        }
    }

    fn label(&self, symbol: &'a Symbol) -> &'a str {
        match symbol.home {
            Home::Section(section) if symbol.is_section => &self.subject.sections[section].name,
            _ => &symbol.name,
        }
    }

    /// Whether equal fields mean the same: relative ones count from the same place.
    fn is_same_place(&self, site: &Site<'_>) -> bool {
        let absolute = matches!(site.field.base, fields::Base::None | fields::Base::Got);
        absolute || site.place == site.their_place
    }

    /// Whether a reference to a live function goes to its code, past the slot.
    fn bypasses(&self, site: &Site<'_>) -> bool {
        let symbol = &self.subject.symbols[site.relocation.symbol];
        let Home::Section(section) = symbol.home else { return false };
        if symbol.is_section || symbol.value != 0 || !self.ours.stubs.contains_key(&section) {
            return false;
        }
        let is_code = self.subject.sections[site.piece.section].is_code();
        let is_entry = match (self.subject.machine, site.field.base) {
            (_, fields::Base::None) => site.relocation.addend == 0,
            (Machine::X86_64, _) => is_code && site.relocation.addend == -4,
            (Machine::Aarch64, _) => is_code && site.relocation.addend == 0,
        };
        let target = site.field.target(site.word, site.place, self.got);
        let target = target.map(|it| it.wrapping_add_signed(-site.relocation.addend));
        is_entry
            && site.field.sort == Sort::Symbol
            && self.ours.places_of(section).any(|place| Some(place.address) == target)
    }

    fn their_section(&self, section: usize) -> u64 {
        let first_common =
            self.subject.sections.iter().position(|it| it.name.is_empty() && it.flags != 0);
        if first_common.is_none_or(|first| section < first) {
            return self.theirs.addresses[section];
        }
        let symbol = self.subject.symbols.iter().find(|it| it.home == Home::Section(section));
        symbol.and_then(|symbol| self.theirs.symbol(&symbol.name)).unwrap_or(0)
    }

    /// What the symbol is to ld.
    fn their_symbol(&self, symbol: &Symbol) -> u64 {
        match symbol.home {
            Home::Section(section) => self.their_section(section).wrapping_add(symbol.value),
            Home::Absolute => symbol.value,
            Home::Undefined { .. } if symbol.name == "_GLOBAL_OFFSET_TABLE_" => self.got,
            Home::Undefined { .. } => self.ours.outside.get(&symbol.name).copied().unwrap_or(0),
        }
    }

    /// What the symbol may be to Segue, each with the reason why it may.
    fn our_symbol(&self, site: &Site<'_>) -> Vec<(u64, Class)> {
        let relocation = site.relocation;
        let symbol = &self.subject.symbols[relocation.symbol];
        let Home::Section(section) = symbol.home else {
            let mut found = vec![(self.their_symbol(symbol), Class::Elsewhere)];
            if symbol.name == "__dso_handle" {
                // The program's own, a word that is nobody's.
                let said = site.field.target(site.word, site.place, self.got);
                let own = |it: &u64| (self.ours.data..self.ours.end).contains(it);
                let own = said.filter(own).filter(|it| self.ours.place_at(*it).is_none());
                found.extend(own.map(|it| (it, Class::Elsewhere)));
            }
            return found;
        };
        let mut found = Vec::new();
        let located = |end: u64| {
            let at = symbol.value.wrapping_add_signed(relocation.addend);
            match (symbol.is_section, site.field.base) {
                (false, _) => symbol.value..=symbol.value,
                (true, fields::Base::None | fields::Base::Page) => at..=at,
                // The addend counts what follows the field of the instruction, too.
                (true, _) => at..=at.saturating_add(8).min(end.max(at)),
            }
        };
        let size = self.subject.sections[section].size;
        for place in self.ours.places_of(section) {
            let (start, end) = (place.range.start as u64, place.range.end as u64);
            let located = located(end);
            let holds = |at: u64| start <= at && (at < end || at == size);
            if (start, end) == (0, size) || holds(*located.start()) || holds(*located.end()) {
                let base = place.address.wrapping_sub(start);
                found.push((base.wrapping_add(symbol.value), Class::Elsewhere));
            }
        }
        if let Some(stub) = self.ours.stubs.get(&section).filter(|_| symbol.value == 0) {
            found.push((*stub, Class::Slot));
        }
        found
    }

    fn symbol(&mut self, site: &Site<'_>) -> Option<Class> {
        let (field, addend) = (site.field, site.relocation.addend);
        let symbol = &self.subject.symbols[site.relocation.symbol];
        let theirs = self.their_symbol(symbol).wrapping_add_signed(addend);
        let agrees = field.agrees(site.their_word, site.their_place, self.got, theirs);
        if !agrees && !site.is_rewritten {
            return None; // We do not read ld's field as it does: nothing is shown.
        }
        let candidates = self.our_symbol(site);
        let got = self.got;
        let says =
            |it: u64| field.agrees(site.word, site.place, got, it.wrapping_add_signed(addend));
        if let Some((_, class)) = candidates.iter().find(|(it, _)| says(*it)) {
            return Some(*class);
        }
        if let Some(twin) = self.twin(site, &says) {
            self.push(twin);
            return Some(Class::Shared);
        }
        let target = field.target(site.word, site.place, self.got)?.wrapping_add_signed(-addend);
        let follow = || self.ours.follow(self.subject.machine, target);
        // What was placed there is no stub, even if it looks like one.
        if let Some(end) = self.ours.place_at(target).map_or_else(follow, |_| None) {
            // A live function has one stub, which is among the candidates.
            let is_outside = matches!(symbol.home, Home::Undefined { .. });
            let known = candidates.iter().any(|(it, _)| *it == end);
            return (known && is_outside).then_some(Class::Stub);
        }
        self.same_content(symbol, target).then_some(Class::Shared)
    }

    /// Where the symbol's own bytes are not in memory because equal ones are: those, if the field
    /// speaks of them.
    fn twin(&self, site: &Site<'_>, says: &dyn Fn(u64) -> bool) -> Option<Piece> {
        let subject = self.subject;
        let symbol = &subject.symbols[site.relocation.symbol];
        let Home::Section(section) = symbol.home else { return None };
        let at = match symbol.is_section {
            true => symbol.value.wrapping_add_signed(site.relocation.addend),
            false => symbol.value,
        };
        let home = &subject.sections[section];
        let piece = subject.piece(home, at);
        let bytes = subject.bytes_of(home);
        let bytes = bytes.get(piece.start as usize..piece.end as usize)?;
        let mut twins = self.twins.get(bytes)?.iter().copied();
        let address =
            twins.find(|it| says(it.wrapping_sub(piece.start).wrapping_add(symbol.value)))?;
        Some(Piece { section, start: piece.start, end: piece.end, address })
    }

    /// Whether the symbol's own bytes are not in memory because equal ones are, at `target`. Then they
    /// are compared with those.
    fn same_content(&mut self, symbol: &Symbol, target: u64) -> bool {
        let Home::Section(section) = symbol.home else { return false };
        // For a section symbol `target` is where the section would start.
        let Some(place) = self.ours.place_at(target) else { return false };
        let offset = target - place.address;
        let Some(start) = symbol.value.checked_sub(offset) else { return false };
        let end = start + place.range.len() as u64;
        if end > self.subject.sections[section].size {
            return false;
        }
        let address = place.address;
        self.push(Piece { section, start, end, address });
        true
    }

    fn got_entry(&mut self, site: &Site<'_>) -> Option<Class> {
        let (field, addend) = (site.field, site.relocation.addend);
        let (outer, inner) = if field.addend_in_entry { (0, addend) } else { (addend, 0) };
        let symbol = &self.subject.symbols[site.relocation.symbol];
        let theirs = self.their_symbol(symbol).wrapping_add_signed(inner);
        let (got, ours) = (self.got, self.ours);
        let says = |word: u64, place: u64, entry: &u64| {
            field.agrees(word, place, got, entry.wrapping_add_signed(outer))
        };
        let entries = self.theirs.words_with(theirs);
        let agrees = entries.iter().any(|it| says(site.their_word, site.their_place, it));
        if !agrees && !site.is_rewritten {
            return None;
        }
        let candidates = self.our_symbol(site);
        let found = candidates.iter().find(|(value, _)| {
            let entries = ours.words_with(value.wrapping_add_signed(inner));
            entries.iter().any(|entry| says(site.word, site.place, entry))
        });
        if found.is_some() {
            return Some(Class::Got);
        }
        let leads_to = |value: u64| {
            let entries = ours.words_with(value.wrapping_add_signed(inner));
            entries.iter().any(|entry| says(site.word, site.place, entry))
        };
        if let Some(twin) = self.twin(site, &leads_to) {
            self.push(twin);
            return Some(Class::Got);
        }
        let entry = field.target(site.word, site.place, self.got)?.wrapping_add_signed(-outer);
        let target = self.ours.word(entry)?.wrapping_add_signed(-inner);
        self.same_content(symbol, target).then_some(Class::Got)
    }

    /// A field of a thread-local: what Segue's leads to is the distance that ld has, which it wrote
    /// into the field or, where it rewrote the instruction, to `distance`.
    fn thread_local(&self, site: &Site<'_>, distance: Option<u64>) -> Option<Class> {
        let (field, addend) = (site.field, site.relocation.addend);
        let (outer, inner) = if field.addend_in_entry { (0, addend) } else { (addend, 0) };
        let symbol = &self.subject.symbols[site.relocation.symbol];
        let is_module = field.sort == Sort::ModulePair || symbol.name == threads::MODULE_BASE;
        let (ours, theirs) = match is_module {
            true => (self.ours.threads.block, self.theirs.threads.block),
            false => {
                let ours = self.ours.threads.of(self.subject, symbol)?;
                (ours, self.theirs.threads.of(self.subject, symbol)?)
            }
        };
        let block = self.ours.threads.block;
        let theirs = theirs.wrapping_add_signed(inner);
        let is_theirs = match (distance, self.subject.machine) {
            // Where ld counts all offsets from the thread pointer, that is the block's start.
            (Some(distance), _) => distance == if is_module { 0 } else { theirs },
            (None, Machine::Aarch64) if site.is_rewritten => {
                threads::is_access(site.their_word as u32, theirs)
            }
            _ if site.is_rewritten => is_module,
            _ => {
                let theirs = theirs.wrapping_add_signed(outer);
                let in_block = theirs.wrapping_sub(self.theirs.threads.block);
                let says = |it| field.agrees(site.their_word, site.their_place, self.got, it);
                says(theirs) || (field.sort == Sort::BlockOffset && says(in_block))
            }
        };
        let ours = ours.wrapping_add_signed(inner);
        let says =
            |it: u64| field.agrees(site.word, site.place, self.got, it.wrapping_add_signed(outer));
        // A pair is found by its second word.
        let pair = |second: u64, is_first: &dyn Fn(u64) -> bool| {
            let entries = self.ours.words_with(second).iter().map(|word| word - 8);
            let mut pairs = entries.filter(|at| self.ours.word(*at).is_some_and(is_first));
            pairs.any(says)
        };
        let is_ours = match field.sort {
            Sort::Offset => says(ours),
            Sort::BlockOffset => says(ours.wrapping_sub(block)),
            Sort::OffsetEntry => self.ours.words_with(ours).iter().any(|word| says(*word)),
            Sort::Descriptor => pair(ours, &|first| self.is_resolver(first)),
            Sort::ModulePair => pair(0, &|first| first == 1),
            _ => pair(ours.wrapping_sub(block), &|first| first == 1),
        };
        let is_same = site.word == site.their_word && field.sort == Sort::Offset;
        let class = if is_same { Class::Exact } else { Class::ThreadLocal };
        (is_ours && is_theirs).then_some(class)
    }

    /// Whether the code at `address` returns the second word of a descriptor.
    fn is_resolver(&self, address: u64) -> bool {
        let code = self.ours.read(address, 16).unwrap_or_default();
        match self.subject.machine {
            // mov 8(%rax), %rax; ret
            Machine::X86_64 => {
                let code = code.strip_prefix(&[0xF3, 0x0F, 0x1E, 0xFA]).unwrap_or(&code);
                code.starts_with(&[0x48, 0x8B, 0x40, 0x08, 0xC3])
            }
            // ldr x0, [x0, #8]; ret
            Machine::Aarch64 => {
                let code = code.strip_prefix(&[0x5F, 0x24, 0x03, 0xD5]).unwrap_or(&code);
                code.starts_with(&[0x00, 0x04, 0x40, 0xF9, 0xC0, 0x03, 0x5F, 0xD6])
            }
        }
    }
}
