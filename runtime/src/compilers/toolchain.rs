//! The compiler of a program, in a build that knows rustc.

use std::{path::PathBuf, sync::Arc};

use segue_compiler::{Compiler, Rustc, RustcFunction};
#[cfg(feature = "jit")]
use segue_compiler::{Jit, Tiered};

use super::{BackEnd, Choice};
use crate::error::{Error, ErrorKind};

/// The commit of the rustc that compiled this crate; live code shares the standard library with it.
const HOST_RUSTC: &str = env!("SEGUE_HOST_RUSTC");

/// The compiler, and the archives of the standard library. One that the embedder brought may do without a
/// rustc, where there is none, and so does the compiler in the process: then the standard library is
/// what this program has of it.
pub(crate) fn compiler(
    choice: Choice,
    lines: bool,
) -> Result<(Arc<dyn Compiler>, Vec<PathBuf>), Error> {
    let rustc = match (Rustc::find(), &choice) {
        (Ok(rustc), _) => rustc,
        (Err(_), Choice::Brought(compiler)) => return Ok((compiler.clone(), Vec::new())),
        #[cfg(feature = "jit")]
        (Err(_), Choice::Own(BackEnd::Jit)) => {
            return Ok((Arc::new(Jit::new()), Vec::new()));
        }
        (Err(error), _) => return Err(error.into()),
    };
    // What the embedder brought may well run it.
    check_toolchain(&rustc)?;
    let archives = rustc.archives();
    let rustc = if lines { rustc.with_lines() } else { rustc };
    let compiler: Arc<dyn Compiler> = match choice {
        Choice::Brought(compiler) => compiler,
        Choice::Own(BackEnd::Rustc) => Arc::new(rustc),
        Choice::Own(BackEnd::RustcFunction) | Choice::Open => Arc::new(RustcFunction::new(rustc)),
        #[cfg(feature = "jit")]
        Choice::Own(BackEnd::Jit) => Arc::new(Tiered::new(Jit::new(), RustcFunction::new(rustc))),
    };
    Ok((compiler, archives))
}

fn check_toolchain(rustc: &Rustc) -> Result<(), Error> {
    if rustc.commit_hash() == HOST_RUSTC {
        return Ok(());
    }
    let message = format!(
        "{} is not the compiler that built this program, and live code shares the standard library \
         with it: build the program with this compiler, or name the other in SEGUE_RUSTC",
        rustc.version()
    );
    Err(Error::new(ErrorKind::Compiler, message))
}
