//! System calls: swapping maps and protects nothing.
