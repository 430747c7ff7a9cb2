//! A made-up run with every verdict, for tests of the reports.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::results::{Results, Times};
use crate::{
    Function, Image, ImageMutant, LineColumn, Mutant, MutantId, Operator, Outcome, Span, Tier,
    Verdict,
};

/// The file that everything is in; `<script>` and the umlaut are there to be escaped and counted.
pub(crate) const TEXT: &str = "\
// </script><script> & Größe
fn f(a: u32, b: u32) -> u32 {
    a + b
}

fn g(größe: &str) -> bool { größe == \"x\" && !größe.is_empty() }
";

/// Its path.
pub(crate) const FILE: &str = "src/a b.rs";

/// A mutant of the first place where `from` stands in [`TEXT`].
pub(crate) fn mutant(id: u32, from: &str, to: &str, name: &str, operator: Operator) -> Mutant {
    let start = TEXT.find(from).expect("the text has it");
    let bytes = start..start + from.len();
    Mutant {
        id: MutantId(id),
        package: "sample".to_owned(),
        file: PathBuf::from(FILE),
        function: Some(Function {
            name: "f".to_owned(),
            return_type: "-> u32".to_owned(),
            span: span(&(0..TEXT.len())),
            body: 0..TEXT.len(),
        }),
        span: span(&bytes),
        bytes,
        operator,
        replacement: to.to_owned(),
        name: name.to_owned(),
    }
}

fn span(bytes: &std::ops::Range<usize>) -> Span {
    let place = |at: usize| {
        let before = &TEXT[..at];
        let line = before.rfind('\n').map_or(0, |it| it + 1);
        LineColumn {
            line: before.matches('\n').count() + 1,
            column: TEXT[line..at].chars().count() + 1,
        }
    };
    Span { start: place(bytes.start), end: place(bytes.end) }
}

/// A mutant as it was built, without anything in its way.
pub(crate) fn built(mutant: Mutant, tier: Option<Tier>) -> ImageMutant {
    ImageMutant { mutant, tier, function: None, rejected: None, left_out: None }
}

/// An outcome that two tests led to.
pub(crate) fn outcome(id: u32, verdict: Verdict, tier: Tier) -> Outcome {
    let noticed = matches!(verdict, Verdict::Caught | Verdict::Timeout);
    let reached_by = match verdict {
        Verdict::NotReached => Vec::new(),
        _ => vec!["lib::tests::one".to_owned(), "it::two".to_owned()],
    };
    Outcome {
        mutant: MutantId(id),
        tier: Some(tier),
        verdict,
        noticed_by: noticed.then(|| "lib::tests::one".to_owned()),
        tests_run: if noticed { 1 } else { reached_by.len() },
        took: vec![750; if noticed { 1 } else { reached_by.len() }],
        reached_by,
        duration: Duration::from_micros(1_500),
        detail: if noticed { "exit status 101\n<b>&".to_owned() } else { String::new() },
        remembered: false,
    }
}

/// An image without binaries.
pub(crate) fn image(mutants: Vec<ImageMutant>) -> Image {
    Image {
        workspace: PathBuf::from("/work"),
        root: PathBuf::from("/image"),
        binaries: Vec::new(),
        functions: Vec::new(),
        mutants,
        made_of: crate::MadeOf::Workspace,
    }
}

/// A folder that has [`FILE`].
pub(crate) fn tree() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(FILE);
    std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
    std::fs::write(file, TEXT).expect("a file");
    folder
}

/// Results with each verdict once, and one mutant that was not come to.
pub(crate) fn results() -> Results {
    let m = mutant;
    let mut unviable =
        built(m(4, "a + b", "()", "replace f -> u32 with ()", Operator::FnValue), None);
    unviable.rejected = Some("mismatched types".to_owned());
    let mut left_out = built(m(5, "!", "", "delete ! in g", Operator::UnaryOperator), None);
    left_out.left_out = Some("in a macro".to_owned());
    let plus = |id, to: &str| {
        m(id, "+", to, &format!("replace + with {to} in f"), Operator::BinaryOperator)
    };
    let mutants = vec![
        built(plus(0, "-"), Some(Tier::Slot)),
        built(plus(1, "*"), Some(Tier::Slot)),
        built(
            m(2, "&&", "||", "replace && with || in g", Operator::BinaryOperator),
            Some(Tier::Selector),
        ),
        built(
            m(3, "==", "!=", "replace == with != in g", Operator::BinaryOperator),
            Some(Tier::Slot),
        ),
        unviable,
        left_out,
        built(m(6, "\"x\"", "\"y\"", "replace \"x\" with \"y\" in g", Operator::Constant), None),
        built(
            m(7, "bool", "u8", "replace bool, with u8: in g", Operator::Constant),
            Some(Tier::Rebuild),
        ),
    ];
    let mut compiled_out = outcome(6, Verdict::NotCompiled, Tier::Slot);
    compiled_out.tier = None;
    let outcomes = vec![
        outcome(3, Verdict::Timeout, Tier::Slot),
        outcome(0, Verdict::Missed, Tier::Slot),
        outcome(1, Verdict::Caught, Tier::Slot),
        outcome(2, Verdict::NotReached, Tier::Selector),
        compiled_out,
    ];
    let tree = tree();
    let mut results =
        Results::new(&image(mutants), outcomes, tree.path()).expect("the file is there");
    results.started = "2026-11-21T12:00:00Z".to_owned();
    results.times = Times {
        build: Duration::from_millis(1_000),
        baseline: Duration::from_millis(20),
        run: Duration::from_millis(300),
    };
    results
}

/// Asserts that a file of `tests/cases/mutants/schema/` allows a value.
pub(crate) fn assert_allowed(schema: &str, value: &serde_json::Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/mutants/schema");
    let text = std::fs::read_to_string(folder.join(schema)).expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("a JSON text");
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("schema.json", schema).expect("a schema");
    let mut schemas = boon::Schemas::new();
    let index = compiler.compile("schema.json", &mut schemas).expect("a schema");
    if let Err(error) = schemas.validate(value, index) {
        panic!("{error:#}\nin {value:#}");
    }
}

/// Files below a folder, with their texts.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(each) = open.pop() {
        for entry in std::fs::read_dir(&each).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                files.insert(name, std::fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    files
}
