//! Random programs of several objects, edited again and again: after every edit each live function says
//! what it says in a program into which the same objects are linked afresh. What is found again
//! across links (private code, constants, names that earlier links placed) is what is tried here.
//!
//! Every object has a constant, a pointer to a constant, a table of functions, global and private
//! functions and an entry in a section with bounds, and each of them refers to those of other objects.

mod common;
#[path = "oracle/generate/random.rs"]
mod random;

use common::{Program, cc};
use random::Random;

const OBJECTS: usize = 4;
const PROGRAMS: u64 = 3;
const EDITS: usize = 24;

/// How objects refer to each other, and how they are linked.
#[derive(Clone, Copy, PartialEq)]
enum Batches {
    /// All in one, each referring to any.
    All,
    /// One object at a time. Each refers to itself and to those behind it, which are linked before it.
    Single,
}

/// What an edit may change of an object.
#[derive(Clone)]
struct Source {
    values: [u64; 7],
    /// The objects that its parts refer to.
    others: [usize; 6],
    /// Whether it has a definition of its own of a name that others have too.
    has_weak: bool,
}

fn arbitrary(random: &mut Random, index: usize, batches: Batches) -> Source {
    let mut source = Source {
        values: [0; 7],
        others: [index; 6],
        has_weak: index + 1 == OBJECTS || random.chance(2),
    };
    for part in 0..7 {
        edit(random, &mut source, index, part, batches);
        source.values[part] = random.below(50);
    }
    source
}

fn edit(random: &mut Random, source: &mut Source, index: usize, part: usize, batches: Batches) {
    match random.below(3) {
        0 if part < 6 => {
            let first = if batches == Batches::All { 0 } else { index };
            source.others[part] = first + random.below((OBJECTS - first) as u64) as usize;
        }
        // Few values, so that old contents come back.
        _ => source.values[part] = *random.of(&[0, 1, 2, 3]),
    }
    // The last one keeps it: what an earlier link placed under a name is there for good.
    if batches == Batches::All && index + 1 < OBJECTS && random.chance(12) {
        source.has_weak = !source.has_weak;
    }
}

fn text(index: usize, source: &Source, batches: Batches) -> String {
    let Source { values: [a, b, c, d, e, f, g], others: [p, q, r, s, t, u], has_weak } = source;
    let declared: String = (0..OBJECTS)
        .map(|it| {
            format!(
                "extern const unsigned c{it}[2]; extern const unsigned *const p{it}; unsigned f{it}(unsigned);\n"
            )
        })
        .collect();
    let weak = match (batches, has_weak) {
        (Batches::Single, _) => String::new(),
        (_, true) => format!(
            "__attribute__((weak)) const unsigned shared[1] = {{{d}}};
             __attribute__((weak, noipa)) unsigned common(void) {{ return {e} + c{t}[0]; }}"
        ),
        (_, false) => "__attribute__((weak)) extern const unsigned shared[1];
             __attribute__((weak)) unsigned common(void);"
            .to_owned(),
    };
    let weak_used = match batches {
        Batches::All => "(shared ? *shared : 91) + (common ? common() : 92)",
        Batches::Single => "7",
    };
    let bounded = match batches {
        Batches::All => format!(
            "extern const unsigned __start_registry[], __stop_registry[];
             __attribute__((section(\"registry\"), used)) static const unsigned entry = {g};
             static __attribute__((noipa)) unsigned walk(void) {{
                 unsigned sum = 0;
                 for (const unsigned *it = __start_registry; it != __stop_registry; it++)
                     sum = 3 * sum + *it;
                 return sum;
             }}"
        ),
        Batches::Single => "static unsigned walk(void) { return 5; }".to_owned(),
    };
    format!(
        "{declared}{weak}{bounded}
         const unsigned c{index}[2] = {{{a}, {b}}};
         const unsigned *const p{index} = &c{p}[{b} % 2];
         static __attribute__((noipa)) unsigned deep(unsigned k) {{ return *p{q} * 5 + k + {c}; }}
         static __attribute__((noipa)) unsigned near(unsigned k) {{
             return k ? c{r}[k % 2] + deep(k) + near(k - 1) + f{s}(k - 1) : {weak_used};
         }}
         __attribute__((noipa)) unsigned f{index}(unsigned k) {{
             return k ? {f} + near(k - 1) + f{t}(k - 1) * 3 : c{u}[1];
         }}
         static unsigned (*const table[2])(unsigned) = {{near, f{s}}};
         const unsigned *live_c{index}(void) {{ return c{index}; }}
         const unsigned *const *live_p{index}(void) {{ return &p{index}; }}
         unsigned live_{index}(unsigned k) {{
             unsigned (*const *own)(unsigned) = table;
             __asm__(\"\" : \"+r\"(own));
             return near(k) + own[k % 2](k) + f{index}(k) * 11 + *p{index} + c{index}[k % 2]
                 + walk();
         }}"
    )
}

fn compiled(index: usize, source: &Source, batches: Batches) -> (String, Vec<u8>) {
    (format!("object{index}.o"), cc("c", &text(index, source, batches), &["-O1", "-w"]))
}

fn link(program: &mut Program, objects: &[(String, Vec<u8>)], batches: Batches) {
    let objects: Vec<_> = objects.iter().map(|(name, it)| (name.as_str(), it.clone())).collect();
    match batches {
        Batches::All => program.swap_all(&objects),
        Batches::Single => objects.chunks(1).rev().for_each(|it| program.swap_all(it)),
    }
}

fn results(program: &Program) -> Vec<u32> {
    let all = (0..OBJECTS).flat_map(|index| (0..4).map(move |k| (format!("live_{index}"), k)));
    all.map(|(name, k)| call!(program, &name, fn(u32) -> u32, k)).collect()
}

fn edited_programs_are_like_fresh_ones(batches: Batches) {
    for seed in 0..PROGRAMS {
        let mut random = Random::new(seed);
        let mut sources: Vec<Source> =
            (0..OBJECTS).map(|index| arbitrary(&mut random, index, batches)).collect();
        let all = sources.iter().enumerate();
        let mut objects: Vec<_> =
            all.map(|(index, source)| compiled(index, source, batches)).collect();
        let (mut program, mut different) = (Program::new(), 0);
        let mut last = Vec::new();
        for round in 0..EDITS {
            link(&mut program, &objects, batches);
            let mut fresh = Program::new();
            link(&mut fresh, &objects, batches);
            let expected = results(&fresh);
            let texts = || {
                let all = sources.iter().enumerate();
                all.map(|(index, it)| text(index, it, batches) + "\n").collect::<String>()
            };
            assert_eq!(results(&program), expected, "seed {seed}, round {round}:\n{}", texts());
            different += usize::from(expected != last);
            last = expected;
            let index = random.below(OBJECTS as u64) as usize;
            let part = random.below(7) as usize;
            edit(&mut random, &mut sources[index], index, part, batches);
            objects[index] = compiled(index, &sources[index], batches);
        }
        assert!(different > EDITS / 3, "seed {seed}: edits change what functions say");
    }
}

#[test]
fn objects_linked_as_one_batch_after_every_edit() {
    edited_programs_are_like_fresh_ones(Batches::All);
}

#[test]
fn objects_linked_one_by_one_after_every_edit() {
    edited_programs_are_like_fresh_ones(Batches::Single);
}
