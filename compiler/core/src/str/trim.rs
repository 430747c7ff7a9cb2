//! Texts without what stands at their ends.

use super::pattern::Pattern;

impl str {
    #[inline]
    pub fn trim(&self) -> &str {
        self.trim_start().trim_end()
    }

    #[inline]
    pub fn trim_start(&self) -> &str {
        self.trim_start_matches(char::is_whitespace)
    }

    #[inline]
    pub fn trim_end(&self) -> &str {
        self.trim_end_matches(char::is_whitespace)
    }

    pub fn trim_matches<P: Pattern>(&self, mut pat: P) -> &str {
        let rest = without_front(self, &mut pat);
        without_back(rest, &mut pat)
    }

    #[inline]
    pub fn trim_start_matches<P: Pattern>(&self, mut pat: P) -> &str {
        without_front(self, &mut pat)
    }

    #[inline]
    pub fn trim_end_matches<P: Pattern>(&self, mut pat: P) -> &str {
        without_back(self, &mut pat)
    }

    pub fn trim_left(&self) -> &str {
        self.trim_start()
    }

    pub fn trim_right(&self) -> &str {
        self.trim_end()
    }

    pub fn trim_left_matches<P: Pattern>(&self, pat: P) -> &str {
        self.trim_start_matches(pat)
    }

    pub fn trim_right_matches<P: Pattern>(&self, pat: P) -> &str {
        self.trim_end_matches(pat)
    }

    pub const fn trim_ascii_start(&self) -> &str {
        unsafe { super::from_utf8_unchecked(self.as_bytes().trim_ascii_start()) }
    }

    pub const fn trim_ascii_end(&self) -> &str {
        unsafe { super::from_utf8_unchecked(self.as_bytes().trim_ascii_end()) }
    }

    pub const fn trim_ascii(&self) -> &str {
        unsafe { super::from_utf8_unchecked(self.as_bytes().trim_ascii()) }
    }
}

// An empty match would be found for ever.

fn without_front<'a, P: Pattern>(text: &'a str, pattern: &mut P) -> &'a str {
    let mut rest = text;
    loop {
        match pattern.prefix_of(rest) {
            Some(length) if length > 0 => rest = unsafe { rest.get_unchecked(length..) },
            _ => return rest,
        }
    }
}

fn without_back<'a, P: Pattern>(text: &'a str, pattern: &mut P) -> &'a str {
    let mut rest = text;
    loop {
        match pattern.suffix_of(rest) {
            Some(length) if length > 0 => rest = unsafe { rest.get_unchecked(..rest.len() - length) },
            _ => return rest,
        }
    }
}
