//! The compiler of a program, in a build that does not know rustc: it starts no process and needs no toolchain.

use std::{path::PathBuf, sync::Arc};

use segue_compiler::Compiler;

use super::Choice;
use crate::error::Error;

/// The compiler. The standard library is what this program has of it: there are no archives.
pub(crate) fn compiler(
    choice: Choice,
    _lines: bool,
) -> Result<(Arc<dyn Compiler>, Vec<PathBuf>), Error> {
    match choice {
        Choice::Brought(compiler) => Ok((compiler, Vec::new())),
        #[cfg(feature = "jit")]
        Choice::Own(super::BackEnd::Jit) | Choice::Open => {
            Ok((Arc::new(segue_compiler::Jit::new()), Vec::new()))
        }
        #[cfg(not(feature = "jit"))]
        Choice::Own(own) => match own {},
        #[cfg(not(feature = "jit"))]
        Choice::Open => Err(Error::new(
            crate::error::ErrorKind::Compiler,
            "this build of Segue has no compiler of its own: enable its feature `rustc` or `jit`, or bring \
             one with `Builder::compiler`",
        )),
    }
}
