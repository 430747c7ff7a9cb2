//! Rotations as quaternions.

use micromath::{Quaternion, vector::F32x3};

pub fn run(input: u64) -> u64 {
    let axis = F32x3 { x: 0.6, y: 0.0, z: 0.8 };
    let turn = Quaternion::axis_angle(axis, 0.3 + input as f32);
    let other = Quaternion::new(0.5, 0.5, -0.5, 0.5);
    let both = turn * other;
    let moved = both.rotate(F32x3 { x: 1.0, y: -2.0, z: 0.5 });
    let parts = [
        both.w(),
        both.x(),
        both.y(),
        both.z(),
        both.norm(),
        both.dot(turn),
        moved.x,
        moved.y,
        moved.z,
    ];
    let back = both.conj() * both;
    parts
        .iter()
        .fold(back.w().to_bits() as u64, |sum, it| sum.rotate_left(11) ^ it.to_bits() as u64)
}
