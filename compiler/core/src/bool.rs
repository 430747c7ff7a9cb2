//! Methods of `bool`.

impl bool {
    #[inline]
    pub fn then_some<T>(self, t: T) -> Option<T> {
        if self { Some(t) } else { None }
    }

    #[inline]
    pub fn then<T, F: FnOnce() -> T>(self, f: F) -> Option<T> {
        if self { Some(f()) } else { None }
    }
}

impl crate::str::FromStr for bool {
    type Err = crate::str::ParseBoolError;

    fn from_str(s: &str) -> Result<bool, crate::str::ParseBoolError> {
        if *s == *"true" {
            Ok(true)
        } else if *s == *"false" {
            Ok(false)
        } else {
            Err(crate::str::ParseBoolError(()))
        }
    }
}
