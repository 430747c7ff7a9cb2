//! The files of one source: the user's file, the files its `mod` lines name, the support modules.
//!
//! Each file is read once, here; rustc is then given what was read, so that the interface and the
//! object always speak of the same text. A text `syn` cannot parse is kept all the same: rustc then
//! says what is wrong with it.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Item, ItemMod};
use xxhash_rust::xxh3::xxh3_128;

use crate::definitions::identifiers;
use crate::depth::too_deep;
use crate::error::{Error, ErrorKind};
use crate::source::{Source, unmarked};
use crate::{cfg, tokens};

/// All files of one source; the user's own file stands first.
pub(crate) struct Tree {
    pub files: Vec<File>,
    /// Where modules were looked for, found or not.
    pub sought: Vec<PathBuf>,
}

/// One file.
pub(crate) struct File {
    /// Where it stands: absolute, without `.` and `..`.
    pub path: PathBuf,
    pub text: Arc<str>,
    pub syntax: Syntax,
    pub origin: Origin,
    /// Its module path below the crate root; empty for the root.
    pub module: Vec<String>,
    /// The file modules it declares, as paths below this file's module.
    pub children: Vec<Vec<String>>,
    /// What its `include!`, `include_str!` and `include_bytes!` bring in.
    pub included: Included,
}

/// Text that macros bring in from other files: types may depend on it.
#[derive(Default)]
pub(crate) struct Included {
    /// Stands for all of it: a constant may be its length.
    pub fingerprint: String,
    /// Stands for what `include!` brings in.
    pub source: String,
    /// The identifiers in `source`: it may define any of them.
    pub names: BTreeSet<String>,
}

/// How far a file's text could be understood.
pub(crate) enum Syntax {
    Parsed(syn::File),
    /// The brackets match, so that something can be appended; the message is syn's.
    Unparsed(String),
    /// It was not read, and whoever reads it may not come back from it.
    Deep(String),
    /// Not even that.
    Broken,
}

/// Who wrote a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    User,
    /// The support module with this index.
    Support(usize),
}

impl File {
    /// The items that exist; empty when the text could not be parsed.
    pub(crate) fn items(&self) -> &[Item] {
        match &self.syntax {
            Syntax::Parsed(file) => &file.items,
            Syntax::Unparsed(_) | Syntax::Deep(_) | Syntax::Broken => &[],
        }
    }
}

impl Tree {
    /// Reads `source` and every file its modules name.
    pub(crate) fn read(source: &Source) -> Result<Tree, Error> {
        let path = normal(&source.path)?;
        let mut tree = Tree { files: Vec::new(), sought: Vec::new() };
        let directory = parent(&path);
        tree.add(path, source.text.clone(), Origin::User, Vec::new(), &directory);
        for (index, support) in source.support.iter().enumerate() {
            let path = normal(&support.path)?;
            let text = std::fs::read_to_string(&path)
                .map_err(|error| Error::io("read the support module", &path, error))?;
            let directory = parent(&path);
            let module = vec![support.name.clone()];
            tree.add(path, text.into(), Origin::Support(index), module, &directory);
        }
        Ok(tree)
    }

    /// Every file that was read or looked for: one that appears may mend the source.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = self.files.iter().map(|file| file.path.clone()).collect();
        for path in &self.sought {
            if !paths.contains(path) {
                paths.push(path.clone());
            }
        }
        paths
    }

    /// Why rustc's verdict cannot be completed by an interface, if a text could not be parsed.
    pub(crate) fn unparsed(&self) -> Option<Error> {
        self.files.iter().find_map(|file| {
            let why = match &file.syntax {
                Syntax::Parsed(_) => return None,
                Syntax::Unparsed(why) | Syntax::Deep(why) => why.as_str(),
                Syntax::Broken => "its tokens cannot be read",
            };
            Some(Error::new(ErrorKind::Unsupported(format!(
                "{}: Segue cannot read this text ({why}); write the construct in another way",
                file.path.display()
            ))))
        })
    }

    /// Whether somebody who reads its texts by recursion may not come back.
    #[cfg(feature = "jit")]
    pub(crate) fn is_too_deep(&self) -> bool {
        self.files.iter().any(|file| matches!(file.syntax, Syntax::Deep(_)))
    }

    /// `nested` is the directory in which `mod x;` of this file looks for `x.rs`.
    fn add(
        &mut self,
        path: PathBuf,
        text: Arc<str>,
        origin: Origin,
        module: Vec<String>,
        nested: &Path,
    ) {
        let text = unmarked(text);
        let syntax = parse(&text);
        let index = self.files.len();
        let declared = match &syntax {
            Syntax::Parsed(file) => {
                let mut declared = Vec::new();
                declarations(&file.items, &parent(&path), nested, &mut Vec::new(), &mut declared);
                declared
            }
            Syntax::Unparsed(_) | Syntax::Deep(_) | Syntax::Broken => Vec::new(),
        };
        let included = included(&text, &parent(&path));
        self.files.push(File {
            path,
            text,
            syntax,
            origin,
            module: module.clone(),
            children: Vec::new(),
            included,
        });
        for (name, candidates) in declared {
            let sought: Vec<PathBuf> = candidates.iter().map(|(path, _)| path.clone()).collect();
            // A file that is missing, or included twice in a ring, is for rustc to report.
            let Some((path, nested, text)) = candidates.into_iter().find_map(|(path, nested)| {
                let text = std::fs::read_to_string(&path).ok()?;
                Some((path, nested, text))
            }) else {
                self.sought.extend(sought);
                continue;
            };
            if module.len() + name.len() > 64 {
                continue;
            }
            let path_below: Vec<String> = module.iter().chain(&name).cloned().collect();
            self.files[index].children.push(name);
            self.add(path, text.into(), origin, path_below, &nested);
        }
    }
}

fn parse(text: &str) -> Syntax {
    if let Some(why) = too_deep(text) {
        return Syntax::Deep(why);
    }
    match syn::parse_file(text) {
        Ok(mut file) => {
            cfg::retain(&mut file.items);
            Syntax::Parsed(file)
        }
        Err(error) if TokenStream::from_str(text).is_ok() => Syntax::Unparsed(error.to_string()),
        Err(_) => Syntax::Broken,
    }
}

/// Reads what the macros in `text` include from beside it. A file that is missing, or named in another
/// way than by a literal, is left to rustc.
fn included(text: &str, directory: &Path) -> Included {
    let mut included = Included::default();
    include_all(text, directory, 0, &mut included);
    included
}

/// How deep files may include one another before the rest is left to rustc, which has a limit too.
const INCLUDES: usize = 128;

fn include_all(text: &str, directory: &Path, depth: usize, included: &mut Included) {
    if !text.contains("include") || too_deep(text).is_some() || depth > INCLUDES {
        return;
    }
    let mut found = Vec::new();
    includes(TokenStream::from_str(text).unwrap_or_default(), &mut found);
    for (name, path) in found {
        let file = directory.join(&path);
        let Ok(bytes) = std::fs::read(&file) else { continue };
        let fingerprint = format!("{path} {:032x} ", xxh3_128(&bytes));
        included.fingerprint.push_str(&fingerprint);
        // The others bring in data, which defines nothing.
        if name == "include" {
            included.source.push_str(&fingerprint);
            let text = std::str::from_utf8(&bytes).unwrap_or_default();
            identifiers(text.parse().unwrap_or_default(), &mut included.names);
            // What it includes stands beside it, not beside the first file.
            include_all(text, &parent(&file), depth + 1, included);
        }
    }
}

/// Name and path of every `include..!("path")`.
fn includes(tokens: TokenStream, found: &mut Vec<(String, String)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let name = match index.checked_sub(2).map(|at| &tokens[at]) {
            Some(TokenTree::Ident(name)) => name.to_string(),
            _ => String::new(),
        };
        match literal(group.stream()) {
            Some(path) if name.starts_with("include") => found.push((name, path)),
            _ => includes(group.stream(), found),
        }
    }
}

/// The text of `"literal"`, or of `concat!("li", "teral")`.
fn literal(tokens: TokenStream) -> Option<String> {
    if let Ok(literal) = syn::parse2::<syn::LitStr>(tokens.clone()) {
        return Some(literal.value());
    }
    let call = syn::parse2::<syn::Macro>(tokens).ok()?;
    if !call.path.is_ident("concat") {
        return None;
    }
    type Parts = syn::punctuated::Punctuated<syn::LitStr, syn::Token![,]>;
    let parts = call.parse_body_with(Parts::parse_terminated).ok()?;
    Some(parts.iter().map(syn::LitStr::value).collect())
}

/// A module's path below its file, and where its text may be, with the directory of its own modules.
type Declaration = (Vec<String>, Vec<(PathBuf, PathBuf)>);

/// The `mod x;` lines in `items`, by rustc's rules for where a module's file stands.
fn declarations(
    items: &[Item],
    directory: &Path,
    nested: &Path,
    inline: &mut Vec<String>,
    found: &mut Vec<Declaration>,
) {
    for item in items {
        let Item::Mod(module) = item else { continue };
        let name = tokens::plain(&module.ident);
        inline.push(name.clone());
        let named = path_attribute(&module.attrs);
        match (&module.content, named) {
            (Some((_, items)), named) => {
                let nested = match &named {
                    Some(path) => directory.join(path),
                    None => nested.join(&name),
                };
                declarations(items, &nested, &nested, inline, found);
            }
            (None, Some(path)) => {
                let path = lexical(&directory.join(path));
                let nested = parent(&path);
                found.push((inline.clone(), vec![(path, nested)]));
            }
            (None, None) => {
                let own = nested.join(&name);
                let candidates = vec![
                    (nested.join(format!("{name}.rs")), own.clone()),
                    (own.join("mod.rs"), own),
                ];
                found.push((inline.clone(), candidates));
            }
        }
        inline.pop();
    }
}

/// `p` of `#[path = "p"]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("path")).find_map(|attribute| {
        let value = &attribute.meta.require_name_value().ok()?.value;
        match value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        }
    })
}

/// Whether a module of the same file, and not a file of its own.
pub(crate) fn inline_items(module: &ItemMod) -> Option<&[Item]> {
    module.content.as_ref().map(|(_, items)| items.as_slice())
}

/// `path` made absolute, `.` and `..` taken out of its text.
pub(crate) fn normal(path: &Path) -> Result<PathBuf, Error> {
    let path = std::path::absolute(path).map_err(|error| Error::io("resolve", path, error))?;
    Ok(lexical(&path))
}

fn lexical(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("/")).to_path_buf()
}

#[cfg(test)]
mod tests;
