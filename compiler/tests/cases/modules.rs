//! Functions of modules inside of the file: the visible ones, in terms of the module's own names.
//# function: voices::tick fn(&mut Voice, Step) -> f32
//# function: voices::deep::level fn(Level) -> f32
//# function: process fn(&mut Voice)
//# function: imported::sum fn(HashMap<u32, f32>) -> f32
//# absent: voices::hidden
//# state: Voice phase: f32
//# no state: Closed field `secret` of `Closed` is private to its module

use voices::Voice;

pub mod voices {
    use super::Step;

    #[derive(Default)]
    pub struct Voice {
        pub phase: f32,
    }

    pub fn tick(voice: &mut Voice, step: Step) -> f32 {
        voice.phase += hidden(step);
        voice.phase
    }

    fn hidden(step: Step) -> f32 {
        step * 2.0
    }

    pub mod deep {
        pub struct Level(pub f32);

        pub fn level(level: Level) -> f32 {
            level.0
        }
    }

    #[derive(Default)]
    pub struct Closed {
        secret: f32,
    }

    impl Closed {
        pub fn secret(&self) -> f32 {
            self.secret
        }
    }
}

mod imported {
    use std::collections::HashMap as Map;
    pub type HashMap<K, V> = Map<K, V>;

    pub fn sum(all: HashMap<u32, f32>) -> f32 {
        all.values().sum()
    }
}

type Step = f32;

pub fn process(voice: &mut Voice) {
    voices::tick(voice, 1.0);
}

pub fn close(closed: &mut voices::Closed) -> f32 {
    closed.secret()
}
