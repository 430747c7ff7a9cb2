//! How far a compiler is: per section, how many programs agree, are refused, differ; and why they are refused.

use std::{collections::BTreeMap, fmt::Write};

use crate::{
    compared::{All, Verdict, verdict},
    ordinary::Expected,
};

/// How many reasons are listed.
const REASONS: usize = 25;

/// The table of each compiler.
pub(crate) fn table(expected: &Expected, found: &All) -> String {
    let mut text = String::new();
    for (compiler, found) in found {
        let mut sections: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        let mut reasons: BTreeMap<String, (usize, &str)> = BTreeMap::new();
        let mut differing = Vec::new();
        for (program, found) in found {
            let verdict = verdict(&expected[&program.name], found);
            let column = match &verdict {
                Verdict::Agrees => 0,
                Verdict::Refused(_) => 1,
                Verdict::Differs(_) => 2,
            };
            for section in [program.section(), "~ all"] {
                sections.entry(section).or_default()[column] += 1;
            }
            match verdict {
                Verdict::Agrees => {}
                Verdict::Refused(why) => reasons.entry(why).or_insert((0, &program.name)).0 += 1,
                Verdict::Differs(lines) => differing.push((&program.name, lines)),
            }
        }
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:24}{:>8}{:>8}{:>8}", compiler.name, "agree", "refused", "differ");
        for (section, [agree, refused, differ]) in sections {
            let _ = writeln!(text, "  {section:22}{agree:8}{refused:8}{differ:8}");
        }
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for (why, (count, first)) in reasons.iter().take(REASONS) {
            let _ = writeln!(text, "  {count:4} refused: {why} (as {first})");
        }
        for (name, lines) in differing {
            let more = lines.len() - 1;
            let _ = writeln!(text, "  differs: {name}: {} (and {more} more)", lines[0]);
        }
    }
    text
}
