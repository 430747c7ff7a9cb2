//! Expressions over a linked case: names, numbers, and what is in memory.

/// What expressions are about.
pub(super) trait World {
    /// The address that a name stands for.
    fn address(&self, name: &str) -> Option<u64>;
    /// The slot word of a live function.
    fn slot(&self, name: &str) -> Option<u64>;
    /// The stub of a live function.
    fn stub(&self, name: &str) -> Option<u64>;
    /// Bytes at an address.
    fn read(&self, address: u64, length: usize) -> Result<Vec<u8>, String>;
}

/// The value of `text`.
pub(super) fn evaluate(world: &dyn World, text: &str) -> Result<u64, String> {
    let mut parser = Parser { world, rest: text.trim_start() };
    let value = parser.sum()?;
    match parser.rest {
        "" => Ok(value),
        rest => Err(format!("what does {rest:?} mean here?")),
    }
}

/// A number as it is written in cases.
pub(super) fn number(text: &str) -> Option<u64> {
    let digits = text.replace('_', "");
    match digits.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    }
}

struct Parser<'a> {
    world: &'a dyn World,
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn sum(&mut self) -> Result<u64, String> {
        let mut value = self.term()?;
        loop {
            if self.take('+') {
                value = value.wrapping_add(self.term()?);
            } else if self.take('-') {
                value = value.wrapping_sub(self.term()?);
            } else {
                return Ok(value);
            }
        }
    }

    fn take(&mut self, symbol: char) -> bool {
        match self.rest.strip_prefix(symbol) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn close(&mut self) -> Result<(), String> {
        self.take(')').then_some(()).ok_or_else(|| "a closing parenthesis is missing".to_owned())
    }

    fn word(&mut self) -> &'a str {
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | ':');
        let end = self.rest.find(|c| !in_word(c)).unwrap_or(self.rest.len());
        let word = &self.rest[..end];
        self.rest = self.rest[end..].trim_start();
        word
    }

    fn term(&mut self) -> Result<u64, String> {
        if self.take('-') {
            return Ok(self.term()?.wrapping_neg());
        }
        if self.take('(') {
            let value = self.sum()?;
            self.close()?;
            return Ok(value);
        }
        let word = self.word();
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return number(word).ok_or_else(|| format!("{word} is no number"));
        }
        if !self.take('(') {
            return self.world.address(word).ok_or_else(|| format!("nothing is called {word}"));
        }
        let value = match word {
            "slot" | "stub" => {
                let name = self.word();
                let found = match word {
                    "slot" => self.world.slot(name),
                    _ => self.world.stub(name),
                };
                found.ok_or_else(|| format!("{name} has no {word}"))?
            }
            _ => {
                let argument = self.sum()?;
                self.function(word, argument)?
            }
        };
        self.close()?;
        Ok(value)
    }

    fn function(&self, name: &str, x: u64) -> Result<u64, String> {
        let read = |length: usize| -> Result<u64, String> {
            let mut bytes = self.world.read(x, length)?;
            bytes.resize(8, 0);
            Ok(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
        };
        let instruction = || read(4);
        Ok(match name {
            "u8" => read(1)?,
            "u16" => read(2)?,
            "u32" => read(4)?,
            "u64" | "i64" => read(8)?,
            "i8" => extend(read(1)?, 8),
            "i16" => extend(read(2)?, 16),
            "i32" => extend(read(4)?, 32),
            "pc" => x.wrapping_add(4).wrapping_add(extend(read(4)?, 32)),
            "page" => x & !0xFFF,
            "adr" => x.wrapping_add(address(instruction()?)),
            "adrp" => (x & !0xFFF).wrapping_add(address(instruction()?) << 12),
            "mov" => {
                let word = instruction()?;
                let value = (word >> 5 & 0xFFFF) << (16 * (word >> 21 & 3));
                // The two bits above the opcode are clear in movn.
                if word >> 29 & 3 == 0 { !value } else { value }
            }
            "add" => instruction()? >> 10 & 0xFFF,
            "ldr" => {
                let word = instruction()?;
                // The offset counts in units of the access: a 128-bit one has its own bit.
                let scale = if word >> 26 & 1 == 1 && word >> 23 & 1 == 1 { 4 } else { word >> 30 };
                (word >> 10 & 0xFFF) << scale
            }
            "literal" => x.wrapping_add(extend(instruction()? >> 5, 19) << 2),
            "branch" => x.wrapping_add(extend(instruction()?, 26) << 2),
            _ => return Err(format!("there is no function {name} in expressions")),
        })
    }
}

/// The immediate of `adr` and `adrp`.
fn address(word: u64) -> u64 {
    extend((word >> 5 & 0x7_FFFF) << 2 | word >> 29 & 3, 21)
}

/// The lowest `bits` bits as a signed number.
fn extend(value: u64, bits: u32) -> u64 {
    ((value << (64 - bits)) as i64 >> (64 - bits)) as u64
}
