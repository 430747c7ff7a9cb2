//! Deeply nested parts changed through several references, methods on parts, struct update of nested values.
#[derive(Clone, Copy, Default)]
struct Wheel { radius: u16, turns: [u32; 2] }
#[derive(Clone, Copy, Default)]
struct Axle { wheels: [Wheel; 2], load: (u64, i8) }
#[derive(Clone, Copy, Default)]
struct Car { axles: [Axle; 2], name: [u8; 3], plate: Option<u32> }
impl Wheel { fn roll(&mut self, way: u32) -> u32 { let n = way / self.radius.max(1) as u32; self.turns[0] += n; self.turns[1] ^= way; n } }
impl Car {
    fn drive(&mut self, way: u32) -> u32 { self.axles.iter_mut().flat_map(|a| &mut a.wheels).map(|w| w.roll(way)).sum() }
    fn front(&mut self) -> &mut Axle { &mut self.axles[0] }
}
pub fn run(input: u64) -> u64 {
    let small = Wheel { radius: 3, ..Default::default() };
    let mut car = Car { axles: [Axle { wheels: [small; 2], ..Axle::default() }, Axle { wheels: [Wheel { radius: 5, ..small }; 2], load: (input, -1) }], ..Default::default() };
    let first = car.drive(30 + input as u32);
    car.front().wheels[1].turns[0] *= 10;
    let Car { axles: [front, back], name: [.., last], plate } = &mut car;
    std::mem::swap(&mut front.wheels[0], &mut back.wheels[1]);
    *last = b'!';
    plate.replace(front.load.0 as u32 + 5);
    back.load.1 -= input as i8;
    let copy = Car { name: *b"abc", ..car };
    let second = car.drive(7);
    let total: u64 = car.axles.iter().flat_map(|a| a.wheels).map(|w| w.turns[0] as u64 * 31 + w.turns[1] as u64).sum();
    total + first as u64 * 10_000 + second as u64 * 1_000_000 + copy.name[2] as u64 + car.name[2] as u64 * 3 + copy.plate.map_or(0, u64::from)
        + (copy.axles[1].load.1 + 50) as u64 * 7
}
