//! What the compiler rejects: every source is checked with all its mutants in it until nothing is left to take out. All errors
//! of a check are used, so there are few of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use super::Program;
use super::command::errors;
use super::discover::Unit;
use super::function::Site;
use super::write::{self, Live, Owner, Purpose, Way};
use crate::{Error, ErrorKind, ImageMutant, Mutant, MutantId, Round, Tier};

/// More than any real source needs.
const MOST: usize = 40;
/// Copies of one function's body may come to so many bytes; beyond that its mutants are chosen inside of one.
const COPIES: usize = 1 << 19;

/// A source's mutants, and what has become of each.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    unit: &'a Unit,
    ways: Vec<Option<Way>>,
    mutants: BTreeMap<MutantId, Standing>,
    chosen: Vec<Mutant>,
    pub(super) rounds: Vec<Round>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    In,
    Rejected(String),
    LeftOut(String),
}

impl<'a> Plan<'a> {
    /// Every function in the best way that it allows.
    pub(super) fn new(unit: &'a Unit, mutants: &[Mutant]) -> Self {
        let chosen: Vec<Mutant> =
            mutants.iter().filter(|it| unit.change(it.id).is_some()).cloned().collect();
        let way = |(index, site): (usize, &Site)| {
            let changes = chosen.iter().filter_map(|it| unit.change(it.id));
            let count = changes.filter(|(site, _)| *site == index).count();
            let is_small = site.body.len().saturating_mul(count) <= COPIES;
            Some(if site.can_be_copied && is_small { Way::Copies } else { Way::Switch })
        };
        let ways = unit.sites.iter().enumerate().map(way).collect();
        let standings = chosen.iter().map(|it| (it.id, Standing::In)).collect();
        let mut plan = Plan { unit, ways, mutants: standings, chosen, rounds: Vec::new() };
        plan.leave_out();
        plan
    }

    /// Leaves out what cannot be chosen in the way that its function has now.
    fn leave_out(&mut self) {
        for (id, standing) in &mut self.mutants {
            let Some((site, change)) = self.unit.change(*id) else { continue };
            let is_switch = self.ways[site] == Some(Way::Switch);
            if *standing == Standing::In
                && let Some(why) = self.unit.reason(site, change, is_switch)
            {
                *standing = Standing::LeftOut(why.to_owned());
            }
        }
    }

    fn lives(&self) -> Vec<Live<'_>> {
        let mut lives = Vec::new();
        for (index, site) in self.unit.sites.iter().enumerate() {
            let Some(way) = self.ways[index] else { continue };
            let mut arms = Vec::new();
            for (id, standing) in &self.mutants {
                if let (Standing::In, Some((of, change))) = (standing, self.unit.change(*id))
                    && of == index
                {
                    arms.push((id.0, change));
                }
            }
            if !arms.is_empty() {
                lives.push(Live { number: self.number(index), site, way, arms });
            }
        }
        lives
    }

    /// A function's number in the image.
    pub(super) fn number(&self, site: usize) -> u32 {
        self.unit.first_function + super::discover::count(site)
    }

    /// The source with what is left.
    pub(super) fn text(&self, purpose: Purpose) -> String {
        let file = self.unit.path.to_string_lossy();
        write::text(&self.unit.source, &file, &self.lives(), purpose)
    }

    /// Checks until the compiler rejects nothing; `folder` is for the texts.
    pub(super) fn settle(&mut self, program: &Program, folder: &Path) -> Result<(), Error> {
        let path = folder.join(super::build::text_name(self.unit));
        for _ in 0..MOST {
            std::fs::write(&path, self.text(Purpose::Check))
                .map_err(Error::file("write", &path))?;
            let began = Instant::now();
            let said = program.compile_changed(&self.unit.path, &path, &["-fsyntax-only"])?;
            let mut round =
                Round { success: said.success, rejected: 0, demoted: 0, duration: began.elapsed() };
            if said.success {
                self.rounds.push(round);
                return Ok(());
            }
            self.judge(&said.stderr, &mut round);
            let is_settled = round.rejected + round.demoted > 0;
            self.rounds.push(round);
            if !is_settled {
                self.must_compile_alone(program, &said.stderr)?;
                let all: Vec<usize> = (0..self.ways.len()).collect();
                self.demote(&all, "what is put in for it does not compile");
            }
        }
        let message = format!(
            "{}: after {MOST} checks the compiler still rejects something",
            self.unit.path.display()
        );
        Err(Error::new(ErrorKind::Internal, message))
    }

    /// Takes out what the errors name: mutants, and where none is named, ways of choosing.
    fn judge(&mut self, messages: &str, round: &mut Round) {
        let mut functions = BTreeMap::new();
        for error in errors(messages) {
            let owners = error.files.iter().map(|file| Owner::of(file));
            match owners.into_iter().find(|it| *it != Owner::User) {
                Some(Owner::Mutant(id)) => {
                    if let Some(it @ Standing::In) = self.mutants.get_mut(&MutantId(id)) {
                        *it = Standing::Rejected(error.message);
                        round.rejected += 1;
                    }
                }
                Some(Owner::Function(number)) => {
                    functions.entry(number).or_insert(error.message);
                }
                _ => {}
            }
        }
        if round.rejected == 0 {
            for (number, message) in functions {
                let Some(site) = number.checked_sub(self.unit.first_function) else { continue };
                self.demote(
                    &[site as usize],
                    &format!("what is put in does not compile: {message}"),
                );
                round.demoted += 1;
            }
        }
    }

    /// The next way for these functions; when there is none, their mutants are left out.
    fn demote(&mut self, sites: &[usize], why: &str) {
        for site in sites {
            let Some(way) = self.ways.get_mut(*site) else { continue };
            *way = match way {
                Some(Way::Copies) => Some(Way::Switch),
                _ => None,
            };
        }
        let without: BTreeSet<usize> =
            sites.iter().copied().filter(|it| self.ways.get(*it) == Some(&None)).collect();
        for (id, standing) in &mut self.mutants {
            let site = self.unit.change(*id).map(|(site, _)| site);
            if *standing == Standing::In && site.is_some_and(|it| without.contains(&it)) {
                *standing = Standing::LeftOut(why.to_owned());
            }
        }
        self.leave_out();
    }

    fn must_compile_alone(&self, program: &Program, said: &str) -> Result<(), Error> {
        let path = self.unit.path.as_os_str();
        let alone = program.compile(["-fsyntax-only".as_ref(), "-w".as_ref(), path])?;
        if !alone.success {
            let message = format!(
                "{} does not compile:\n{}",
                self.unit.path.display(),
                alone.stderr.trim_end()
            );
            return Err(Error::new(ErrorKind::Baseline, message));
        }
        if self.lives().is_empty() {
            let message = format!(
                "{} compiles, and its copy does not:\n{}",
                self.unit.path.display(),
                said.trim_end()
            );
            return Err(Error::new(ErrorKind::Internal, message));
        }
        Ok(())
    }

    /// The functions that have a slot: number, place in the unit, tier.
    pub(super) fn functions(&self) -> Vec<(u32, &Site, Tier)> {
        let tier = |way| if way == Way::Copies { Tier::Slot } else { Tier::Selector };
        self.lives().into_iter().map(|it| (it.number, it.site, tier(it.way))).collect()
    }

    /// What has become of each mutant.
    pub(super) fn mutants(&self) -> Vec<ImageMutant> {
        let tiers: BTreeMap<u32, Tier> =
            self.functions().into_iter().map(|(number, _, tier)| (number, tier)).collect();
        let image = |mutant: &Mutant| {
            let site = self.unit.change(mutant.id).map(|(site, _)| self.number(site));
            let standing = self.mutants.get(&mutant.id);
            let is_in = standing == Some(&Standing::In);
            let function = site.filter(|_| is_in);
            let (rejected, left_out) = match standing {
                Some(Standing::Rejected(why)) => (Some(why.clone()), None),
                Some(Standing::LeftOut(why)) => (None, Some(why.clone())),
                _ => (None, None),
            };
            let tier = function.and_then(|it| tiers.get(&it).copied());
            ImageMutant { mutant: mutant.clone(), tier, function, rejected, left_out }
        };
        self.chosen.iter().map(image).collect()
    }

    pub(super) fn unit(&self) -> &'a Unit {
        self.unit
    }
}
