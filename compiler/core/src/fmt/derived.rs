//! What `#[derive(Debug)]` calls: the compiler writes these calls, field by field.

use super::{Debug, DebugStruct, DebugTuple, Formatter, Result};

pub(crate) fn derived_unit(f: &mut Formatter<'_>, name: &str) -> Result {
    f.write_str(name)
}

pub(crate) fn derived_struct<'a, 'b>(f: &'a mut Formatter<'b>, name: &str) -> DebugStruct<'a, 'b> {
    f.debug_struct(name)
}

pub(crate) fn derived_struct_field<T: Debug + ?Sized>(to: &mut DebugStruct<'_, '_>, name: &str, value: &T) {
    to.field(name, value);
}

pub(crate) fn derived_struct_end(to: &mut DebugStruct<'_, '_>) -> Result {
    to.finish()
}

pub(crate) fn derived_tuple<'a, 'b>(f: &'a mut Formatter<'b>, name: &str) -> DebugTuple<'a, 'b> {
    f.debug_tuple(name)
}

pub(crate) fn derived_tuple_field<T: Debug + ?Sized>(to: &mut DebugTuple<'_, '_>, value: &T) {
    to.field(value);
}

pub(crate) fn derived_tuple_end(to: &mut DebugTuple<'_, '_>) -> Result {
    to.finish()
}
