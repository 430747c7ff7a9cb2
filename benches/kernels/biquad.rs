//! A cascade of eight biquads (transposed direct form 2) over blocks of 64 samples.

#[derive(Clone, Copy)]
struct Stage {
    b: [f32; 3],
    a: [f32; 2],
    z: [f32; 2],
}

fn block(stages: &mut [Stage; 8], samples: &mut [f32; 64]) {
    for stage in stages {
        for sample in samples.iter_mut() {
            let x = *sample;
            let y = stage.b[0] * x + stage.z[0];
            stage.z[0] = stage.b[1] * x - stage.a[0] * y + stage.z[1];
            stage.z[1] = stage.b[2] * x - stage.a[1] * y;
            *sample = y;
        }
    }
}

pub fn run(input: u64) -> u64 {
    let mut stages =
        [Stage { b: [0.2, 0.4, 0.2], a: [-0.36, 0.19], z: [0.0; 2] }; 8];
    for (number, stage) in stages.iter_mut().enumerate() {
        stage.a[0] += number as f32 * 0.01;
    }
    let mut samples = [0.0; 64];
    let mut seed = input as u32;
    for _ in 0..400 {
        for sample in &mut samples {
            seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
            *sample = (seed >> 8) as f32 / 8388608.0 - 1.0;
        }
        block(&mut stages, &mut samples);
    }
    samples.iter().fold(0, |sum, it| sum ^ it.to_bits() as u64)
}
