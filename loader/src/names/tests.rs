//! Names across objects of a batch and across links.
