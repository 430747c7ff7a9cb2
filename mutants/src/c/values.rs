//! The values that a function's body is replaced by, by its return type.

use super::function::Site;
use super::types::Kind;

/// The bodies that take a function's place, each with the value's name; not one that the function has already.
pub(super) fn bodies(site: &Site, body: &str) -> Vec<(String, String)> {
    let values: Vec<String> = match site.kind {
        Kind::Void => {
            let is_empty = squeezed(body) == "{}";
            return if is_empty { Vec::new() } else { vec![("{}".to_owned(), "{}".to_owned())] };
        }
        Kind::Bool => ["1", "0"].map(str::to_owned).into(),
        Kind::Signed => ["0", "1", "-1"].map(str::to_owned).into(),
        Kind::Unsigned => ["0", "1"].map(str::to_owned).into(),
        Kind::Float => ["0.0", "1.0", "-1.0"].map(str::to_owned).into(),
        Kind::Pointer => vec!["NULL".to_owned()],
        // Right for every type that has a name, structures, numbers and pointers alike.
        Kind::Other => vec![format!("({}){{0}}", site.returns)],
    };
    let body = squeezed(body);
    let with_body = |value: String| {
        // `NULL` needs a header; a pointer that is 0 does not.
        let written = if value == "NULL" { "0" } else { value.as_str() };
        let new = format!("{{ return {written}; }}");
        (value, new)
    };
    values.into_iter().map(with_body).filter(|(_, new)| squeezed(new) != body).collect()
}

/// A text without its spaces.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}
