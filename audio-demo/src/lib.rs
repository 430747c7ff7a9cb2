//! audio-demo
