//! Values that are errors.

pub trait Error: crate::fmt::Debug + crate::fmt::Display {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        None
    }

    fn description(&self) -> &str {
        "description() is deprecated; use Display"
    }

    fn cause(&self) -> Option<&dyn Error> {
        self.source()
    }
}

impl Error for crate::fmt::Error {}
