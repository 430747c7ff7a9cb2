//! perf looks at live code; and what it is given is read here by the letter of the formats.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child;
use crate::common::run;

/// What the script of `child::burn` left behind.
struct Burnt {
    folder: tempfile::TempDir,
    process: u32,
    /// The address at which two functions were, one after the other.
    first: usize,
}

#[derive(PartialEq)]
enum How {
    Alone,
    Recorded,
    RecordedWithoutDump,
}

impl Burnt {
    /// Runs the script; `None` if `perf record` may not look.
    fn new(how: How) -> Option<Burnt> {
        let folder = tempfile::tempdir().unwrap();
        let record = how != How::Alone;
        let script = match how {
            How::RecordedWithoutDump => child::command("burn"),
            How::Alone | How::Recorded => child::with_dump("burn", folder.path()),
        };
        let mut command = match record {
            false => script,
            true => {
                // A clock instead of the processor's counters, which virtual machines lack.
                let mut perf = Command::new("perf");
                perf.args(["record", "-e", "cpu-clock", "-k", "mono", "-o", "perf.data", "--"]);
                perf.arg(script.get_program()).args(script.get_args());
                perf.envs(script.get_envs().filter_map(|(key, value)| Some((key, value?))));
                perf
            }
        };
        let output = command.current_dir(&folder).output().unwrap();
        let messages = String::from_utf8_lossy(&output.stderr);
        if record && messages.contains("perf_event_paranoid") {
            println!("perf may not record here, so only the files were checked: {messages}");
            return None;
        }
        assert!(output.status.success(), "{messages}");
        let said = String::from_utf8(output.stdout).unwrap();
        let mut words =
            said.lines().find_map(|line| line.strip_prefix("burnt ")).unwrap().split(' ');
        let process = words.next().unwrap().parse().unwrap();
        let first = usize::from_str_radix(words.next().unwrap(), 16).unwrap();
        Some(Burnt { folder, process, first })
    }

    fn map(&self) -> PathBuf {
        Path::new("/tmp").join(format!("perf-{}.map", self.process))
    }

    fn perf(&self, arguments: &[&str]) -> String {
        let mut perf = Command::new("perf");
        let output = perf.current_dir(&self.folder).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Burnt {
    fn drop(&mut self) {
        std::fs::remove_file(self.map()).unwrap();
    }
}

#[test]
fn perf_tells_generations_apart_also_at_one_address() {
    let Some(burnt) = Burnt::new(How::Recorded) else { return };
    burnt.perf(&["inject", "--jit", "-i", "perf.data", "-o", "jit.data"]);
    let report = burnt.perf(&["report", "--stdio", "-i", "jit.data", "--sort", "symbol"]);
    for name in ["live_slow#1", "live_slow#2", "live_other#1"] {
        let line = report.lines().find(|line| line.split_whitespace().any(|word| word == name));
        let line = line.unwrap_or_else(|| panic!("{name} is missing in:\n{report}"));
        // They worked equally long. All samples of an address would be twice as many.
        let share: f32 = line.trim_start().split('%').next().unwrap().parse().unwrap();
        assert!(share > 5.0 && share < 45.0, "{report}");
    }
    let lines = burnt.perf(&["script", "-i", "jit.data", "-F", "ip,sym,srcline"]);
    assert!(lines.contains("live.c:4"), "the line of the loop: {lines}");
}

#[test]
fn perf_report_finds_names_in_the_map() {
    let Some(burnt) = Burnt::new(How::RecordedWithoutDump) else { return };
    let report = burnt.perf(&["report", "--stdio", "-i", "perf.data", "--sort", "symbol"]);
    assert!(report.contains("live_slow#2"), "{report}");
    // Two functions were at one address, and the map cannot tell when: all goes to one of them.
    let first = ["live_slow#1", "live_other#1"].map(|name| report.contains(name));
    assert!(first[0] != first[1], "{report}");
}

#[test]
fn the_map_has_a_line_for_every_generation() {
    let burnt = Burnt::new(How::Alone).unwrap();
    let map = std::fs::read_to_string(burnt.map()).unwrap();
    let lines: Vec<(usize, usize, &str)> = map
        .lines()
        .map(|line| {
            let fields: Vec<&str> = line.splitn(3, ' ').collect();
            let number = |field: &str| usize::from_str_radix(field, 16).unwrap();
            (number(fields[0]), number(fields[1]), fields[2])
        })
        .collect();
    let names: Vec<&str> = lines.iter().map(|line| line.2).collect();
    assert_eq!(names, ["live_slow#1", "live_slow#2", "live_other#1"]);
    assert!(lines.iter().all(|line| line.1 > 8 && line.1 < 200), "{map}");
    assert_eq!((lines[0].0, lines[2].0), (burnt.first, burnt.first));
}

/// A reader of jitdump that takes nothing for granted.
struct Dump<'a>(&'a [u8]);

impl<'a> Dump<'a> {
    fn bytes(&mut self, count: usize) -> &'a [u8] {
        let (bytes, rest) = self.0.split_at(count);
        self.0 = rest;
        bytes
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.bytes(4).try_into().unwrap())
    }

    fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.bytes(8).try_into().unwrap())
    }

    fn text(&mut self) -> &'a str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap();
        std::str::from_utf8(&self.bytes(end + 1)[..end]).unwrap()
    }
}

#[test]
fn the_dump_is_what_the_specification_says() {
    let burnt = Burnt::new(How::Alone).unwrap();
    let path = burnt.folder.path().join(format!("jit-{}.dump", burnt.process));
    let bytes = std::fs::read(path).unwrap();
    let mut dump = Dump(&bytes);
    assert_eq!([dump.u32(), dump.u32(), dump.u32()], [0x4A69_5444, 1, 40], "magic, version, size");
    assert_eq!([dump.u32(), dump.u32(), dump.u32()], [62, 0, burnt.process], "x86-64");
    let mut time = dump.u64();
    assert_eq!(dump.u64(), 0, "no flags");
    let mut found = Vec::new();
    let mut lines = Vec::new();
    while !dump.0.is_empty() {
        let start = dump.0.len();
        let (kind, size, stamp) = (dump.u32(), dump.u32() as usize, dump.u64());
        assert!(stamp >= time, "time goes forward");
        time = stamp;
        match kind {
            2 => {
                assert!(lines.is_empty(), "lines belong to the next code");
                dump.u64();
                let count = dump.u64();
                lines.extend((0..count).map(|_| {
                    let (address, line, _) = (dump.u64(), dump.u32(), dump.u32());
                    (address, line, dump.text())
                }));
            }
            0 => {
                assert_eq!(dump.u32(), burnt.process);
                dump.u32();
                let (virtual_address, address, length) = (dump.u64(), dump.u64(), dump.u64());
                assert_eq!(virtual_address, address);
                let (number, name) = (dump.u64(), dump.text());
                assert_eq!(dump.bytes(length as usize).last(), Some(&0xC3), "it ends with ret");
                assert_eq!(number, found.len() as u64);
                let inside =
                    |line: &(u64, u32, &str)| (address..address + length).contains(&line.0);
                assert!(!lines.is_empty() && lines.iter().all(inside), "{lines:?}");
                assert!(lines.is_sorted_by_key(|line| line.0), "{lines:?}");
                let looped = |line: &(u64, u32, &str)| line.1 == 4 && line.2.ends_with("live.c");
                assert!(lines.iter().any(looped), "{lines:?}");
                lines.clear();
                found.push((name, address as usize));
            }
            _ => panic!("a record of kind {kind}"),
        }
        assert_eq!(start - dump.0.len(), size, "records are as long as they say");
    }
    let names: Vec<&str> = found.iter().map(|it| it.0).collect();
    assert_eq!(names, ["live_slow#1", "live_slow#2", "live_other#1"]);
    assert_eq!((found[0].1, found[2].1), (burnt.first, burnt.first));
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let mut program = crate::common::Program::new();
    let jitdump = Some("/nowhere".into());
    let tools = segue_loader::Tools { jitdump, ..Default::default() };
    let error = program.linker.tools(tools).unwrap_err();
    assert_eq!(error.kind(), segue_loader::ErrorKind::File);
    assert!(error.to_string().contains("/nowhere/jit-"), "{error}");
}

#[test]
fn binutils_read_the_image_that_gdb_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = child::with_dump("image", folder.path());
    run(&mut command);
    let read = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let output = command.args(arguments).arg(folder.path().join("image.elf")).output().unwrap();
        let messages = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && messages.is_empty(), "{program}: {messages}");
        String::from_utf8(output.stdout).unwrap()
    };
    let all = read("readelf", &["-aW"]);
    for part in ["EXEC (Executable file)", "live_f#1", "inner#1", ".debug_line", ".debug_frame"] {
        assert!(all.contains(part), "{part} is missing in:\n{all}");
    }
    let lines = read("readelf", &["-W", "--debug-dump=decodedline"]);
    assert!(lines.contains("live.c"), "{lines}");
    let frames = read("readelf", &["-W", "--debug-dump=frames"]);
    assert!(frames.matches(" FDE ").count() == 2, "{frames}");
    let names = read("readelf", &["-W", "--debug-dump=info"]);
    assert!(names.contains("live_f#1"), "{names}");
    assert!(read("objdump", &["-t"]).contains("live_f#1"));
}
