//! The processor that code is generated for: this machine's, with the instructions it has.

use std::sync::{Arc, OnceLock};

use cranelift_codegen::isa::{self, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};

/// Why there is no code for this machine.
type Reason = String;

/// The target, made once per process.
pub(super) fn target() -> Result<Arc<dyn TargetIsa>, Reason> {
    static TARGET: OnceLock<Result<Arc<dyn TargetIsa>, Reason>> = OnceLock::new();
    TARGET.get_or_init(make).clone()
}

fn make() -> Result<Arc<dyn TargetIsa>, Reason> {
    let mut flags = settings::builder();
    let set = |flags: &mut settings::Builder, name: &str, value: &str| {
        flags.set(name, value).map_err(|error| format!("{name}={value}: {error}"))
    };
    set(&mut flags, "opt_level", "speed")?;
    // Addresses of what is far are immediates of 64 bits: one instruction, and no load.
    set(&mut flags, "is_pic", "false")?;
    set(&mut flags, "use_colocated_libcalls", "true")?;
    set(&mut flags, "enable_verifier", if cfg!(debug_assertions) { "true" } else { "false" })?;
    // 128-bit integers are passed as C compilers pass them.
    set(&mut flags, "enable_llvm_abi_extensions", "true")?;
    // A large frame must not step over the pages that end the stack.
    set(&mut flags, "enable_probestack", "true")?;
    set(&mut flags, "probestack_strategy", "inline")?;
    set(&mut flags, "unwind_info", "true")?;
    let mut target = isa::lookup_by_name("x86_64-unknown-linux-gnu")
        .map_err(|error| format!("code for this processor: {error}"))?;
    for feature in features() {
        target.enable(feature).map_err(|error| format!("{feature}: {error}"))?;
    }
    target.finish(settings::Flags::new(flags)).map_err(|error| error.to_string())
}

/// What this processor has of what Cranelift can use.
#[cfg(target_arch = "x86_64")]
fn features() -> Vec<&'static str> {
    let all = [
        ("has_sse3", is_x86_feature_detected!("sse3")),
        ("has_ssse3", is_x86_feature_detected!("ssse3")),
        ("has_sse41", is_x86_feature_detected!("sse4.1")),
        ("has_sse42", is_x86_feature_detected!("sse4.2")),
        ("has_avx", is_x86_feature_detected!("avx")),
        ("has_avx2", is_x86_feature_detected!("avx2")),
        ("has_fma", is_x86_feature_detected!("fma")),
        ("has_popcnt", is_x86_feature_detected!("popcnt")),
        ("has_bmi1", is_x86_feature_detected!("bmi1")),
        ("has_bmi2", is_x86_feature_detected!("bmi2")),
        ("has_lzcnt", is_x86_feature_detected!("lzcnt")),
    ];
    all.into_iter().filter_map(|(name, has)| has.then_some(name)).collect()
}

#[cfg(not(target_arch = "x86_64"))]
fn features() -> Vec<&'static str> {
    Vec::new()
}
