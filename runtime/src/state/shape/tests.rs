//! Of which types one default is as good as another, and which lie in memory alike.

use super::{DEPTH, Field, Fingerprint, Kind, Part, Place, Shape, Shapes, Variant};

fn part(kind: Kind) -> Part {
    Part { ty: String::new(), fingerprint: Fingerprint(0), size: 8, align: 8, kind }
}

fn boxed(kind: Kind) -> Box<Part> {
    Box::new(part(kind))
}

/// A type with one field of this kind.
fn shape(is_enum: bool, derives_default: bool, is_drop: bool, kind: Kind) -> Option<Shape> {
    let field = Field {
        name: String::new(),
        former_names: Vec::new(),
        structure: Fingerprint(0),
        offset: 0,
        part: part(kind),
    };
    let variant = Variant { name: String::new(), former_names: Vec::new(), fields: vec![field] };
    Some(Shape {
        name: String::new(),
        former_names: Vec::new(),
        structure: Fingerprint(0),
        symbol: String::new(),
        is_enum,
        derives_default,
        is_drop,
        size: 8,
        align: 8,
        variants: vec![variant],
    })
}

fn shapes() -> Shapes {
    Shapes(vec![
        shape(false, true, false, Kind::Primitive("f32")),
        // Its `Default` is the user's.
        shape(false, false, false, Kind::Primitive("f32")),
        // Its `Drop` is.
        shape(false, true, true, Kind::Primitive("f32")),
        shape(false, true, false, Kind::Opaque),
        // The default of an enum is a variant without fields.
        shape(true, true, false, Kind::Opaque),
        shape(true, false, false, Kind::Primitive("f32")),
        shape(true, true, true, Kind::Primitive("f32")),
        // As deep as it gets: a type in itself, which rustc would not describe.
        shape(false, true, false, Kind::Data(7)),
        shape(false, true, false, Kind::Data(1)),
        None,
    ])
}

#[test]
fn a_default_is_constant_where_nothing_of_the_users_runs() {
    let shapes = shapes();
    let is_constant = |kind| shapes.has_constant_default(&part(kind), DEPTH);
    let of_data = (0..11).map(|index| is_constant(Kind::Data(index)));
    let expected = [true, false, false, false, true, false, false, false, false, false, false];
    assert_eq!(of_data.collect::<Vec<_>>(), expected);
    assert!(is_constant(Kind::Primitive("bool")));
    assert!(is_constant(Kind::Empty));
    assert!(!is_constant(Kind::Opaque));
    assert!(!is_constant(Kind::Boxed(boxed(Kind::Primitive("u8")))), "each has its own memory");
    let none = Place { symbol: String::new(), place: 1 };
    assert!(is_constant(Kind::Option { at: none, some: boxed(Kind::Opaque) }), "it is `None`");
    for (inner, expected) in [(0, true), (1, false)] {
        let element = boxed(Kind::Data(inner));
        assert_eq!(is_constant(Kind::Array { count: 1, element }), expected);
        let items = [Kind::Data(0), Kind::Data(inner)].map(|kind| (0, part(kind)));
        assert_eq!(is_constant(Kind::Tuple(items.into())), expected);
    }
}

#[test]
fn a_variant_is_constant_by_its_fields_unless_the_enum_has_a_drop() {
    let shapes = shapes();
    let is_constant = |index| {
        let shape = shapes.get(index).expect("it is described");
        shapes.is_constant(shape, &shape.variants[0])
    };
    assert_eq!([4, 5, 6].map(is_constant), [false, true, false]);
}

#[test]
fn what_lies_alike_is_known_to_the_last_byte() {
    let alike = |one: Kind, two: Kind| {
        let of = |kind| {
            Shapes(vec![shape(false, true, false, kind), shape(true, true, false, Kind::Opaque)])
        };
        of(one).are_alike(&of(two), 0, DEPTH)
    };
    let float = || Kind::Primitive("f32");
    let tuple = |at| Kind::Tuple(vec![(at, part(float()))]);
    let array = |count| Kind::Array { count, element: boxed(float()) };
    assert!(alike(float(), float()) && alike(tuple(4), tuple(4)) && alike(array(2), array(2)));
    assert!(!alike(float(), Kind::Primitive("u32")));
    assert!(!alike(tuple(0), tuple(4)), "elsewhere");
    assert!(!alike(array(1), array(2)));
    assert!(!alike(Kind::Opaque, Kind::Opaque), "who knows");
    assert!(
        !alike(Kind::Boxed(boxed(float())), Kind::Boxed(boxed(float()))),
        "nor behind a pointer"
    );
    assert!(!alike(Kind::Data(1), Kind::Data(1)), "the fields of an enum are anywhere");
    assert!(!alike(Kind::Data(0), Kind::Data(0)), "a type in itself");
}
