//! Times and edits as people type them; what makes a render fail.

use super::*;

#[test]
fn seconds_are_positive_and_finite() {
    assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1500)));
    assert_eq!(seconds("0.29"), Ok(Duration::from_millis(290)));
    for wrong in ["0", "-1", "nan", "inf", "1e300", "soon", ""] {
        assert!(seconds(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn an_edit_is_a_time_and_a_file() {
    let file = PathBuf::from("a=b.rs");
    assert_eq!(edit("0.5=a=b.rs"), Ok(Edit { at: Duration::from_millis(500), file }));
    assert_eq!(edit("0=x.rs").map(|edit| edit.at), Ok(Duration::ZERO));
    for wrong in ["x.rs", "1=", "=x.rs", "-1=x.rs", "later=x.rs"] {
        assert!(edit(wrong).is_err(), "{wrong}");
    }
}
