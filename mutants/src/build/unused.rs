//! What cargo's settings say of tests that is not done here: it is refused, or named, and never passed over in silence.

use std::ffi::OsString;

use super::cargo::{host, runner_of};
use super::copy::Copy;
use super::{BuildEvent, BuildOptions};
use crate::discover::may_hold;
use crate::workspace::Settings;
use crate::{Error, Workspace};

/// Names what is not used.
///
/// # Errors
///
/// The tests would be another machine's.
pub(super) fn check(
    workspace: &Workspace,
    copy: &Copy,
    options: &BuildOptions,
    event: &mut dyn FnMut(BuildEvent),
) -> Result<(), Error> {
    let host = host()?;
    let value = |name: &str| std::env::var_os(name);
    let settings = Settings::around(workspace.root());
    settings.must_be_for(&host, &options.cargo_arguments, value)?;
    for what in runners(&settings, &host, value, &|section| may_hold(workspace, section))? {
        event(BuildEvent::Unused { what });
    }
    let wanted = Settings::around(workspace.here());
    for path in wanted.without(&Settings::around(&copy.tree)) {
        // The workspace's own is copied.
        if path.parent() == Some(&workspace.root().join(".cargo")) {
            continue;
        }
        let what = format!(
            "{} is not read: everything is built in {}, which that folder is not around",
            path.display(),
            copy.tree.display()
        );
        event(BuildEvent::Unused { what });
    }
    Ok(())
}

/// Runners that cargo would start this machine's programs with.
fn runners(
    settings: &Settings,
    host: &str,
    value: impl Fn(&str) -> Option<OsString>,
    may_hold: &dyn Fn(&str) -> Result<bool, Error>,
) -> Result<Vec<String>, Error> {
    let why = "is not used: a test is a fork of a process that was started without it";
    let variable = runner_of(host);
    let mut unused = Vec::new();
    if value(&variable).is_some() {
        unused.push(format!("{variable} {why}"));
    }
    for (section, path) in settings.runners() {
        if section == host || may_hold(&section)? {
            unused.push(format!("target.{section}.runner in {} {why}", path.display()));
        }
    }
    Ok(unused)
}

#[cfg(test)]
mod tests;
