//! Structs, tuples, lists, sets and maps, on one line or (`{:#?}`) on several.

use super::{Debug, Formatter, Result, Write};

/// Indents what comes after a line's end.
struct Indented<'a, 'b> {
    f: &'a mut Formatter<'b>,
    on_newline: bool,
}

impl Write for Indented<'_, '_> {
    fn write_str(&mut self, s: &str) -> Result {
        let bytes = s.as_bytes();
        let mut from = 0;
        while from < bytes.len() {
            let mut to = from;
            while to < bytes.len() && bytes[to] != b'\n' {
                to += 1;
            }
            if to < bytes.len() {
                to += 1;
            }
            if self.on_newline {
                self.f.write_str("    ")?;
            }
            self.on_newline = bytes[to - 1] == b'\n';
            self.f.write_str(unsafe { s.get_unchecked(from..to) })?;
            from = to;
        }
        Ok(())
    }
}

/// One entry on lines of its own: what stands before it, the value, a comma.
fn indented<T: Debug + ?Sized>(f: &mut Formatter<'_>, before: &str, between: &str, value: &T) -> Result {
    let mut indented = Indented { f, on_newline: true };
    indented.write_str(before)?;
    indented.write_str(between)?;
    indented.value(value)?;
    indented.write_str(",\n")
}

impl Indented<'_, '_> {
    fn value<T: Debug + ?Sized>(&mut self, value: &T) -> Result {
        let options = self.f.options();
        let mut to = self;
        value.fmt(&mut Formatter::with_options(options, &mut to))
    }
}

pub struct DebugStruct<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    has_fields: bool,
}

impl<'a, 'b: 'a> DebugStruct<'a, 'b> {
    pub(super) fn new(fmt: &'a mut Formatter<'b>, name: &str) -> Self {
        let result = fmt.write_str(name);
        DebugStruct { fmt, result, has_fields: false }
    }

    pub fn field<T: Debug + ?Sized>(&mut self, name: &str, value: &T) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_field(name, value);
        }
        self.has_fields = true;
        self
    }

    fn write_field<T: Debug + ?Sized>(&mut self, name: &str, value: &T) -> Result {
        if self.fmt.alternate() {
            if !self.has_fields {
                self.fmt.write_str(" {\n")?;
            }
            return indented(self.fmt, name, ": ", value);
        }
        self.fmt.write_str(if self.has_fields { ", " } else { " { " })?;
        self.fmt.write_str(name)?;
        self.fmt.write_str(": ")?;
        value.fmt(self.fmt)
    }

    pub fn finish_non_exhaustive(&mut self) -> Result {
        self.result?;
        self.result = if !self.has_fields {
            self.fmt.write_str(" { .. }")
        } else if self.fmt.alternate() {
            self.fmt.write_str("    ..\n}")
        } else {
            self.fmt.write_str(", .. }")
        };
        self.result
    }

    pub fn finish(&mut self) -> Result {
        self.result?;
        if self.has_fields {
            self.result = self.fmt.write_str(if self.fmt.alternate() { "}" } else { " }" });
        }
        self.result
    }
}

pub struct DebugTuple<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    fields: usize,
    empty_name: bool,
}

impl<'a, 'b: 'a> DebugTuple<'a, 'b> {
    pub(super) fn new(fmt: &'a mut Formatter<'b>, name: &str) -> Self {
        let result = fmt.write_str(name);
        DebugTuple { fmt, result, fields: 0, empty_name: name.is_empty() }
    }

    pub fn field<T: Debug + ?Sized>(&mut self, value: &T) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_field(value);
        }
        self.fields += 1;
        self
    }

    fn write_field<T: Debug + ?Sized>(&mut self, value: &T) -> Result {
        if self.fmt.alternate() {
            if self.fields == 0 {
                self.fmt.write_str("(\n")?;
            }
            return indented(self.fmt, "", "", value);
        }
        self.fmt.write_str(if self.fields == 0 { "(" } else { ", " })?;
        value.fmt(self.fmt)
    }

    pub fn finish(&mut self) -> Result {
        self.result?;
        if self.fields > 0 {
            if self.fields == 1 && self.empty_name && !self.fmt.alternate() {
                self.fmt.write_str(",")?;
            }
            self.result = self.fmt.write_str(")");
        }
        self.result
    }
}

macro_rules! sequences {
    ($($name:ident $open:literal $close:literal;)*) => {
        $(
            pub struct $name<'a, 'b: 'a> {
                fmt: &'a mut Formatter<'b>,
                result: Result,
                has_fields: bool,
            }

            impl<'a, 'b: 'a> $name<'a, 'b> {
                pub(super) fn new(fmt: &'a mut Formatter<'b>) -> Self {
                    let result = fmt.write_str($open);
                    $name { fmt, result, has_fields: false }
                }

                pub fn entry<T: Debug + ?Sized>(&mut self, entry: &T) -> &mut Self {
                    if self.result.is_ok() {
                        self.result = self.write_entry(entry);
                    }
                    self.has_fields = true;
                    self
                }

                fn write_entry<T: Debug + ?Sized>(&mut self, entry: &T) -> Result {
                    if self.fmt.alternate() {
                        if !self.has_fields {
                            self.fmt.write_str("\n")?;
                        }
                        return indented(self.fmt, "", "", entry);
                    }
                    if self.has_fields {
                        self.fmt.write_str(", ")?;
                    }
                    entry.fmt(self.fmt)
                }

                pub fn entries<D, I>(&mut self, entries: I) -> &mut Self
                where
                    D: Debug,
                    I: IntoIterator<Item = D>,
                {
                    for entry in entries {
                        self.entry(&entry);
                    }
                    self
                }

                pub fn finish(&mut self) -> Result {
                    self.result?;
                    self.result = self.fmt.write_str($close);
                    self.result
                }
            }
        )*
    };
}
sequences! {
    DebugList "[" "]";
    DebugSet "{" "}";
}

pub struct DebugMap<'a, 'b: 'a> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    has_fields: bool,
}

impl<'a, 'b: 'a> DebugMap<'a, 'b> {
    pub(super) fn new(fmt: &'a mut Formatter<'b>) -> Self {
        let result = fmt.write_str("{");
        DebugMap { fmt, result, has_fields: false }
    }

    pub fn entry<K: Debug + ?Sized, V: Debug + ?Sized>(&mut self, key: &K, value: &V) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_entry(key, value);
        }
        self.has_fields = true;
        self
    }

    fn write_entry<K: Debug + ?Sized, V: Debug + ?Sized>(&mut self, key: &K, value: &V) -> Result {
        if self.fmt.alternate() {
            if !self.has_fields {
                self.fmt.write_str("\n")?;
            }
            let mut indented = Indented { f: self.fmt, on_newline: true };
            indented.value(key)?;
            indented.write_str(": ")?;
            indented.value(value)?;
            return indented.write_str(",\n");
        }
        if self.has_fields {
            self.fmt.write_str(", ")?;
        }
        key.fmt(self.fmt)?;
        self.fmt.write_str(": ")?;
        value.fmt(self.fmt)
    }

    pub fn entries<K, V, I>(&mut self, entries: I) -> &mut Self
    where
        K: Debug,
        V: Debug,
        I: IntoIterator<Item = (K, V)>,
    {
        for (key, value) in entries {
            self.entry(&key, &value);
        }
        self
    }

    pub fn finish(&mut self) -> Result {
        self.result?;
        self.result = self.fmt.write_str("}");
        self.result
    }
}
