//! Examples of the documentation that fail before they are run: whose fault that is, and what becomes of it.

use std::collections::BTreeMap;

use super::binaries::{self, Refused};
use super::copy::Copy;
use super::{BuildEvent, BuildOptions, cargo, documented};
use crate::{Error, ErrorKind, Package, Workspace};

const WITHOUT_MUTANTS: &str = "does not compile";
const WITH_MUTANTS: &str = "compiles, but not with the mutants beside it";

/// Tries those that were refused without mutants. One that fails then, too, is an error, as for `cargo test`, or left out where
/// failing tests are; one that does not is left out, since nothing can be said of it.
///
/// # Errors
///
/// Such an example, with what rustdoc says; or it cannot be tried.
pub(super) fn settle(
    workspace: &Workspace,
    packages: &[&Package],
    options: &BuildOptions,
    refused: &[Refused],
    event: &mut dyn FnMut(BuildEvent),
) -> Result<(), Error> {
    if refused.is_empty() {
        return Ok(());
    }
    let copy = Copy::alone(workspace);
    copy.renew(workspace, &BTreeMap::new())?;
    copy.lock_as(&Copy::of(workspace))?;
    let plain = match documented(&copy, workspace, packages, options)? {
        Some(cargo) => binaries::doctests(&cargo, &copy, workspace, &cargo::host()?)?.refused,
        None => Vec::new(),
    };
    if !plain.is_empty() && !options.leaves_out_failing {
        return Err(failing(&plain));
    }
    for name in refused.iter().map(|it| it.name.clone()) {
        let is_plain = plain.iter().any(|it| it.name == name);
        let why = if is_plain { WITHOUT_MUTANTS } else { WITH_MUTANTS };
        event(BuildEvent::ExampleLeftOut { name, why });
    }
    Ok(())
}

/// The error that names them all.
fn failing(refused: &[Refused]) -> Error {
    let said = refused.iter().map(|it| format!("{}:\n{}", it.name, it.said.trim_end()));
    let message = format!(
        "examples of the documentation fail without any mutant:\n{}\n--baseline skip leaves them out, --doctests false all",
        said.collect::<Vec<_>>().join("\n")
    );
    Error::new(ErrorKind::Baseline, message)
}
