//! Which features are on: a closure over what the manifests say, without resolving dependencies.

use std::collections::{BTreeMap, BTreeSet};

use super::{Package, Workspace};

/// The features that cargo is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features {
    /// `--features`: names, several of them separated by commas or spaces; `package/name` for one of a package.
    pub names: Vec<String>,
    /// `--all-features`.
    pub all: bool,
    /// `--no-default-features`.
    pub no_default: bool,
}

impl Features {
    /// The arguments for cargo.
    #[must_use]
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        arguments.extend(self.names.iter().map(|names| format!("--features={names}")));
        if self.all {
            arguments.push("--all-features".into());
        }
        if self.no_default {
            arguments.push("--no-default-features".into());
        }
        arguments
    }
}

impl Workspace {
    /// The features that are on in each package, by its name, when these packages are built and tested.
    #[must_use]
    pub fn features(
        &self,
        chosen: &[&Package],
        asked: &Features,
    ) -> BTreeMap<String, BTreeSet<String>> {
        let mut closure = Closure { workspace: self, on: BTreeMap::new() };
        for package in chosen {
            closure.visit(package);
            if !asked.no_default {
                closure.switch_on(package, "default");
            }
            if asked.all {
                for feature in package.features.keys() {
                    closure.switch_on(package, feature);
                }
            }
            for names in &asked.names {
                for name in names.split([',', ' ']).filter(|name| !name.is_empty()) {
                    match name.split_once('/') {
                        Some((of, feature)) if of == package.name => {
                            closure.switch_on(package, feature)
                        }
                        Some(_) => {}
                        None => closure.switch_on(package, name),
                    }
                }
            }
        }
        closure.on
    }
}

struct Closure<'w> {
    workspace: &'w Workspace,
    on: BTreeMap<String, BTreeSet<String>>,
}

impl<'w> Closure<'w> {
    /// A package takes part: what it depends on in the workspace gets the features that its manifest asks for.
    fn visit(&mut self, package: &'w Package) {
        if self.on.contains_key(&package.name) {
            return;
        }
        self.on.insert(package.name.clone(), BTreeSet::new());
        for dependency in package.dependencies.iter().filter(|dependency| dependency.path.is_some())
        {
            let Some(member) = self.workspace.package(&dependency.name) else { continue };
            self.visit(member);
            if dependency.uses_default_features {
                self.switch_on(member, "default");
            }
            for feature in &dependency.features {
                self.switch_on(member, feature);
            }
        }
    }

    fn switch_on(&mut self, package: &'w Package, feature: &str) {
        let is_known = package.features.contains_key(feature);
        let on = self.on.entry(package.name.clone()).or_default();
        if !is_known || !on.insert(feature.to_owned()) {
            return;
        }
        for entry in package.features.get(feature).into_iter().flatten() {
            if entry.starts_with("dep:") {
                continue;
            }
            let Some((dependency, of_it)) = entry.split_once('/') else {
                self.switch_on(package, entry);
                continue;
            };
            let name = dependency.strip_suffix('?');
            if name.is_none() {
                // An optional dependency's own feature, which `dep/feature` switches on too.
                self.switch_on(package, dependency);
            }
            let name = name.unwrap_or(dependency);
            let of = package
                .dependencies
                .iter()
                .find(|its| its.rename.as_deref().unwrap_or(&its.name) == name);
            if let Some(member) = of.and_then(|its| self.workspace.package(&its.name)) {
                self.switch_on(member, of_it);
            }
        }
    }
}
