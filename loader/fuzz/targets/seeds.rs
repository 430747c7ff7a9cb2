//! Writes the well-formed objects that fuzzing starts from into the folder given.

use std::path::PathBuf;

#[path = "../../tests/fuzz/seeds.rs"]
#[allow(unreachable_pub, reason = "shared with the tests")]
mod seeds;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap_or_else(|| "corpus/object".into()));
    std::fs::create_dir_all(&folder)?;
    for (index, (_, command, object)) in seeds::seeds().into_iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{index}.o")), object)?;
        println!("seed-{index}.o: {command}");
    }
    Ok(())
}
