//! Mutants of what a static holds at first: it holds that when an edit comes, so the file is opened with each of them, in a
//! process of its own, and judged by all of its tests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::OPENED_WITH;
use crate::run::{Alone, BuiltAlone, ExamplesAlone, Known, opens};
use crate::{Error, ErrorKind, Mutant, MutantId, TestBinary};

/// Who opens the file with one of them.
#[derive(Debug)]
pub(super) struct FirstValues {
    server: TestBinary,
    root: PathBuf,
}

impl FirstValues {
    pub(super) fn new(server: &TestBinary, root: &Path) -> FirstValues {
        FirstValues { server: server.clone(), root: root.to_owned() }
    }
}

impl Alone for FirstValues {
    fn reached(&self, package: &str) -> BTreeSet<String> {
        BTreeSet::from([package.to_owned()])
    }

    /// There is one process, and it has all tests.
    fn needs(&mut self, _: &[&TestBinary]) {}

    fn survey(&mut self, _: &[&Mutant]) -> Result<BTreeMap<MutantId, Known>, Error> {
        Ok(BTreeMap::new())
    }

    fn build(&mut self, mutant: &Mutant) -> Result<BuiltAlone, Error> {
        let mut server = self.server.clone();
        server.environment.insert(OPENED_WITH.to_owned(), mutant.id.0.to_string());
        match opens(&server, &self.root) {
            Ok(()) => Ok(BuiltAlone::Binaries(vec![server])),
            Err(error) if error.kind() == ErrorKind::Baseline => {
                let said = error.to_string();
                // The first line says that the file cannot be opened; what the compiler says is below it.
                let why = said.split_once('\n').map_or(said.as_str(), |(_, why)| why.trim_start());
                Ok(BuiltAlone::Rejected(why.to_owned()))
            }
            Err(error) => Err(error),
        }
    }

    fn examples(&mut self) -> Result<ExamplesAlone, Error> {
        Ok(ExamplesAlone::default())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
