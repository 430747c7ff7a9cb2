//! Shapes: what is inside of the types that states hold by value.
//!
//! Half of it is read from the text (names, types, fingerprints), half was written by the shims of
//! the generation itself (sizes, offsets, which type a name means). Both halves are checked against each
//! other here, since bytes are moved on the strength of them: what does not fit is opaque.

use segue_compiler::{self as compiler, Fingerprint, Form, Interface, Number};

/// The data types of one generation, by their numbers; `None` for what its shim could not describe.
#[derive(Debug, Default)]
pub(crate) struct Shapes(Vec<Option<Shape>>);

/// One struct or enum.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) name: String,
    pub(crate) former_names: Vec<String>,
    pub(crate) structure: Fingerprint,
    /// Of its shim.
    pub(crate) symbol: String,
    pub(crate) is_enum: bool,
    /// Whether its `Default` is the derived one.
    pub(crate) derives_default: bool,
    /// Whether it has a `Drop` of its own.
    pub(crate) is_drop: bool,
    pub(crate) size: usize,
    pub(crate) align: usize,
    /// One without a name for a struct.
    pub(crate) variants: Vec<Variant>,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) former_names: Vec<String>,
    pub(crate) fields: Vec<Field>,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) former_names: Vec<String>,
    pub(crate) structure: Fingerprint,
    /// Bytes from the start of the struct; 0 in an enum, whose fields only its shim finds.
    pub(crate) offset: usize,
    pub(crate) part: Part,
}

/// A type at some place.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) ty: String,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) size: usize,
    pub(crate) align: usize,
    pub(crate) kind: Kind,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Opaque,
    /// Opaque, and its default is a constant that owns nothing.
    Empty,
    Primitive(&'static str),
    /// By number.
    Data(usize),
    Array {
        count: usize,
        element: Box<Part>,
    },
    /// With the offset of each item.
    Tuple(Vec<(usize, Part)>),
    Option {
        at: Place,
        some: Box<Part>,
    },
    Boxed(Box<Part>),
}

/// An enum, or an `Option` inside of a data type, as the type's shim knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Symbol of the shim.
    pub(crate) symbol: String,
    pub(crate) place: usize,
}

impl Part {
    /// The same name of the type and the same definitions behind it; the size follows, and is
    /// checked because bytes are moved on the strength of it.
    pub(crate) fn is_same_type(&self, other: &Part) -> bool {
        self.ty == other.ty && self.fingerprint == other.fingerprint && self.size == other.size
    }
}

impl Shapes {
    /// Reads the shapes of `interface`; `words` calls a type's shim, which writes as many words.
    pub(crate) fn read(
        interface: &Interface,
        mut words: impl FnMut(&str, usize) -> Option<Vec<usize>>,
    ) -> Shapes {
        let mut shapes: Vec<Option<Shape>> = Vec::new();
        for data in &interface.data {
            let shape = data.shim.as_deref().and_then(|symbol| {
                let words = words(symbol, count(data))?;
                Reader { words: words.iter(), symbol, options: 0 }.shape(data)
            });
            shapes.push(shape);
        }
        let sizes: Vec<Option<usize>> =
            shapes.iter().map(|shape| shape.as_ref().map(|shape| shape.size)).collect();
        for shape in shapes.iter_mut().flatten() {
            for field in shape.variants.iter_mut().flat_map(|variant| &mut variant.fields) {
                check(&mut field.part, &sizes);
            }
        }
        Shapes(shapes)
    }

    /// The shape with this index.
    pub(crate) fn get(&self, index: usize) -> Option<&Shape> {
        self.0.get(index)?.as_ref()
    }

    /// Whether the type with this index is laid out here as there, as far down as its values reach, and
    /// nothing in it is opaque.
    pub(crate) fn are_alike(&self, other: &Shapes, index: usize, depth: usize) -> bool {
        let (Some(here), Some(there)) = (self.get(index), other.get(index)) else { return false };
        let count = |shape: &Shape| -> Vec<usize> {
            shape.variants.iter().map(|variant| variant.fields.len()).collect()
        };
        let alike = |one: &Field, two: &Field| {
            one.offset == two.offset && self.are_parts_alike(other, &one.part, &two.part, depth)
        };
        let mut variants = here.variants.iter().zip(&there.variants);
        (here.size, here.align, count(here)) == (there.size, there.align, count(there))
            // No shim says where the layout of the whole puts the fields of an enum.
            && (!here.is_enum || count(here).iter().all(|fields| *fields == 0))
            && variants.all(|(one, two)| {
                one.fields.iter().zip(&two.fields).all(|(one, two)| alike(one, two))
            })
    }

    fn are_parts_alike(&self, other: &Shapes, here: &Part, there: &Part, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let alike = |one: &Part, two: &Part| self.are_parts_alike(other, one, two, depth);
        (here.size, here.align) == (there.size, there.align)
            && match (&here.kind, &there.kind) {
                (Kind::Primitive(one), Kind::Primitive(two)) => one == two,
                (Kind::Data(one), Kind::Data(two)) => {
                    one == two && self.are_alike(other, *one, depth)
                }
                (
                    Kind::Array { count: n, element: one },
                    Kind::Array { count: m, element: two },
                ) => n == m && alike(one, two),
                (Kind::Tuple(one), Kind::Tuple(two)) => {
                    let mut items = one.iter().zip(two);
                    one.len() == two.len()
                        && items.all(|((at, one), (there, two))| at == there && alike(one, two))
                }
                _ => false,
            }
    }

    /// Whether every value of this variant of `shape` with defaults in it is the same bytes, which own
    /// nothing: nothing of the user's runs when one is made, so that its bytes are as good as another.
    pub(crate) fn is_constant(&self, shape: &Shape, variant: &Variant) -> bool {
        !shape.is_drop
            && variant.fields.iter().all(|field| self.has_constant_default(&field.part, DEPTH))
    }

    /// The same of the `Default` of a type.
    pub(crate) fn has_constant_default(&self, part: &Part, depth: usize) -> bool {
        match &part.kind {
            Kind::Opaque | Kind::Boxed(_) => false,
            // `None`, whatever it is an `Option` of.
            Kind::Empty | Kind::Primitive(_) | Kind::Option { .. } => true,
            Kind::Array { element, .. } => self.has_constant_default(element, depth),
            Kind::Tuple(items) => {
                items.iter().all(|(_, item)| self.has_constant_default(item, depth))
            }
            Kind::Data(index) => self.get(*index).filter(|_| depth > 0).is_some_and(|shape| {
                let fields = shape.variants.iter().flat_map(|variant| &variant.fields);
                let mut parts = fields.map(|field| &field.part);
                shape.derives_default
                    && !shape.is_drop
                    // What an enum derives is a variant without fields.
                    && (shape.is_enum
                        || parts.all(|part| self.has_constant_default(part, depth - 1)))
            }),
        }
    }

    /// The index of the shape that a shim calls `word`, if it has this size.
    pub(crate) fn number(&self, word: usize, size: usize) -> Option<usize> {
        match Number::from_word(word) {
            Number::Data(index) if self.get(index)?.size == size => Some(index),
            _ => None,
        }
    }
}

/// Types nested deeper than this are taken for others.
pub(crate) const DEPTH: usize = 16;

/// How many words the shim of `data` writes.
fn count(data: &compiler::Data) -> usize {
    fn words(part: &compiler::Part) -> usize {
        3 + match &part.form {
            Form::Array(inner) | Form::Option(inner) | Form::Boxed(inner) => words(inner),
            Form::Tuple(items) => items.iter().map(|item| 1 + words(item)).sum(),
            _ => 0,
        }
    }
    let offset = usize::from(!data.is_enum);
    let fields = data.variants.iter().flat_map(|variant| &variant.fields);
    3 + fields.map(|field| offset + words(&field.part)).sum::<usize>()
}

/// What names a type that is not described, or of another size than it says, is opaque.
fn check(part: &mut Part, sizes: &[Option<usize>]) {
    match &mut part.kind {
        Kind::Data(index) if sizes.get(*index) != Some(&Some(part.size)) => {
            part.kind = Kind::Opaque;
        }
        Kind::Opaque | Kind::Empty | Kind::Primitive(_) | Kind::Data(_) => {}
        Kind::Array { element: inner, .. } | Kind::Option { some: inner, .. } => {
            check(inner, sizes);
        }
        Kind::Boxed(inner) => check(inner, sizes),
        Kind::Tuple(items) => items.iter_mut().for_each(|(_, item)| check(item, sizes)),
    }
}

/// Goes through what a shim wrote.
struct Reader<'a> {
    words: std::slice::Iter<'a, usize>,
    symbol: &'a str,
    /// `Option`s met so far.
    options: usize,
}

impl Reader<'_> {
    fn word(&mut self) -> Option<usize> {
        self.words.next().copied()
    }

    fn shape(&mut self, data: &compiler::Data) -> Option<Shape> {
        let (size, align, is_drop) = (self.word()?, self.word()?, self.word()? != 0);
        let mut variants = Vec::with_capacity(data.variants.len());
        for variant in &data.variants {
            let mut fields = Vec::with_capacity(variant.fields.len());
            for field in &variant.fields {
                let offset = if data.is_enum { 0 } else { self.word()? };
                let mut part = self.part(&field.part)?;
                let end = offset.checked_add(part.size)?;
                if end > size && !data.is_enum {
                    return None;
                }
                // Packed: a reference to it, which a shim would make, may not exist.
                if part.align > align {
                    part.kind = Kind::Opaque;
                }
                let (name, former_names) = (field.name.clone(), field.former_names.clone());
                let structure = field.structure;
                fields.push(Field { name, former_names, structure, offset, part });
            }
            let (name, former_names) = (variant.name.clone(), variant.former_names.clone());
            variants.push(Variant { name, former_names, fields });
        }
        Some(Shape {
            name: data.name.clone(),
            former_names: data.former_names.clone(),
            structure: data.structure,
            symbol: self.symbol.to_owned(),
            is_enum: data.is_enum,
            derives_default: data.derives_default,
            is_drop,
            size,
            align,
            variants,
        })
    }

    fn part(&mut self, part: &compiler::Part) -> Option<Part> {
        let (size, align, number) = (self.word()?, self.word()?, self.word()?);
        let kind = match &part.form {
            Form::Array(element) => {
                let element = Box::new(self.part(element)?);
                match size.checked_div(element.size) {
                    Some(count) if count * element.size == size => Kind::Array { count, element },
                    _ => Kind::Opaque,
                }
            }
            Form::Option(some) => {
                self.options += 1;
                let at = Place { symbol: self.symbol.to_owned(), place: self.options };
                Kind::Option { at, some: Box::new(self.part(some)?) }
            }
            Form::Boxed(pointee) => Kind::Boxed(Box::new(self.part(pointee)?)),
            Form::Tuple(items) => {
                let mut read = Vec::with_capacity(items.len());
                for item in items {
                    let (offset, item) = (self.word()?, self.part(item)?);
                    if offset.checked_add(item.size)? > size {
                        return None;
                    }
                    read.push((offset, item));
                }
                Kind::Tuple(read)
            }
            _ => match Number::from_word(number) {
                Number::Data(index) => Kind::Data(index),
                Number::Primitive(name) => Kind::Primitive(name),
                Number::Empty => Kind::Empty,
                Number::Opaque => Kind::Opaque,
            },
        };
        Some(Part { ty: part.ty.clone(), fingerprint: part.fingerprint, size, align, kind })
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
