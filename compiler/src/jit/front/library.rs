//! The text of `core` as programs see it: the files of `compiler/core/src/`, kept in this executable.

macro_rules! files {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../../core/src/", $path)))),*]
    };
}

/// Paths below `compiler/core/src/`, and what stands there; the crate's root first.
#[rustfmt::skip]
pub(crate) const FILES: &[(&str, &str)] = files! {
    "lib.rs" "alloc.rs" "alloc/layout.rs" "any.rs" "array.rs" "array/into_iter.rs" "array/traits.rs" "ascii.rs"
    "bool.rs" "borrow.rs" "boxed.rs" "cell.rs" "cell/once.rs" "cell/ref_cell.rs" "char.rs" "char/methods.rs"
    "char/unicode.rs" "char/utf16.rs" "clone.rs" "cmp.rs" "cmp/impls.rs" "collections.rs" "collections/binary_heap.rs"
    "collections/btree_map.rs" "collections/btree_map/entry.rs" "collections/btree_map/extract.rs" "collections/btree_map/iterate.rs"
    "collections/btree_map/traits.rs" "collections/btree_set.rs" "collections/btree_set/combine.rs"
    "collections/btree_set/traits.rs" "collections/hash_map.rs" "collections/hash_map/entry.rs"
    "collections/hash_map/iterate.rs" "collections/hash_map/table.rs" "collections/hash_map/traits.rs"
    "collections/hash_set.rs" "collections/hash_set/combine.rs" "collections/hash_set/traits.rs"
    "collections/vec_deque.rs" "collections/vec_deque/iterate.rs" "collections/vec_deque/methods.rs"
    "collections/vec_deque/traits.rs" "convert.rs" "convert/num.rs" "default.rs" "error.rs" "f32.rs" "f64.rs" "ffi.rs"
    "ffi/c_str.rs" "fmt.rs" "fmt/arguments.rs" "fmt/builders.rs" "fmt/derived.rs" "fmt/enums.rs" "fmt/floats.rs"
    "fmt/formatter.rs" "fmt/impls.rs" "fmt/integers.rs" "hash.rs" "hash/sip.rs" "hint.rs" "intrinsics.rs" "iter.rs"
    "iter/adapters.rs" "iter/adapters/combining.rs" "iter/adapters/cutting.rs" "iter/adapters/flattening.rs"
    "iter/adapters/mapping.rs" "iter/adapters/peekable.rs" "iter/adapters/stepping.rs" "iter/range.rs" "iter/sources.rs"
    "iter/traits.rs" "iter/traits/accumulate.rs" "iter/traits/collect.rs" "iter/traits/compare.rs"
    "iter/traits/double_ended.rs" "iter/traits/iterator.rs" "macros.rs" "marker.rs" "mem.rs" "mem/manually_drop.rs"
    "mem/maybe_uninit.rs" "num.rs" "num/bytes.rs" "num/checked.rs" "num/error.rs" "num/float.rs" "num/integer.rs"
    "num/nonzero.rs" "num/parse.rs" "num/roots.rs" "num/saturating.rs" "num/signed.rs" "num/strict.rs" "num/unsigned.rs"
    "num/wrapping.rs" "ops.rs" "ops/arithmetic.rs" "ops/deref.rs" "ops/function.rs" "ops/index.rs" "ops/range.rs"
    "ops/try_trait.rs" "ops/unsize.rs" "option.rs" "option/iterate.rs" "option/traits.rs" "panic.rs" "panicking.rs" "pin.rs"
    "prelude.rs"
    "primitive.rs" "ptr.rs" "ptr/const_ptr.rs" "ptr/mut_ptr.rs" "ptr/non_null.rs" "rc.rs" "rc/raw.rs" "rc/traits.rs" "rc/weak.rs"
    "result.rs" "result/iterate.rs" "slice.rs" "slice/ascii.rs" "slice/chunk_by.rs" "slice/chunks.rs" "slice/compare.rs"
    "slice/disjoint.rs" "slice/ends.rs" "slice/index.rs" "slice/iter.rs" "slice/methods.rs" "slice/search.rs"
    "slice/sort.rs" "slice/split.rs" "str.rs" "str/chars.rs" "str/escape.rs" "str/index.rs" "str/matches.rs"
    "str/methods.rs" "str/pattern.rs" "str/split.rs" "str/trim.rs" "str/validate.rs" "string.rs" "string/text.rs"
    "string/traits.rs" "sync.rs" "sync/arc.rs" "sync/arc/weak.rs" "sync/atomic.rs" "time.rs" "time/floats.rs" "tuple.rs"
    "vec.rs" "vec/drain.rs" "vec/into_iter.rs" "vec/methods.rs" "vec/reserve.rs" "vec/slices.rs" "vec/sort.rs"
    "vec/traits.rs"
};

/// The same of `compiler/core/std/src/`.
pub(crate) const STD: &[(&str, &str)] = &[
    ("lib.rs", include_str!("../../../core/std/src/lib.rs")),
    ("float.rs", include_str!("../../../core/std/src/float.rs")),
    ("io.rs", include_str!("../../../core/std/src/io.rs")),
    ("macros.rs", include_str!("../../../core/std/src/macros.rs")),
];

#[cfg(test)]
mod tests;
