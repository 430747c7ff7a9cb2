//! Former names, as attributes give them.

use super::former_names;

#[test]
fn an_alias_is_read_in_every_form_that_rustdoc_knows() {
    let item: syn::ItemStruct = syn::parse_quote! {
        /// A filter.
        #[doc(hidden)]
        #[doc(alias = "Lowpass")]
        #[doc(alias("Svf", "Ladder"))]
        #[allow(dead_code)]
        struct Filter;
    };
    assert_eq!(former_names(&item.attrs), ["Lowpass", "Svf", "Ladder"]);
}
