//! Units of measure by phantom types: arithmetic that keeps units, conversions, and typed indices into arrays.
use std::marker::PhantomData;
use std::ops::{Add, Index, IndexMut, Mul};
struct Unit<T, U> { value: T, unit: PhantomData<fn() -> U> }
impl<T: Clone, U> Clone for Unit<T, U> { fn clone(&self) -> Self { Unit::new(self.value.clone()) } }
impl<T: Copy, U> Copy for Unit<T, U> {}
impl<T, U> Unit<T, U> { const fn new(value: T) -> Self { Unit { value, unit: PhantomData } } }
impl<T: Add<Output = T>, U> Add for Unit<T, U> { type Output = Self; fn add(self, o: Self) -> Self { Unit::new(self.value + o.value) } }
impl<T: Mul<Output = T>, U, V> Mul<Unit<T, V>> for Unit<T, U> { type Output = Unit<T, (U, V)>; fn mul(self, o: Unit<T, V>) -> Unit<T, (U, V)> { Unit::new(self.value * o.value) } }
struct Meter;
struct Second;
trait Convert<To> { const FACTOR: f64; }
struct Foot;
impl Convert<Meter> for Foot { const FACTOR: f64 = 0.3048; }
impl<U> Unit<f64, U> { fn to<V>(self) -> Unit<f64, V> where U: Convert<V> { Unit::new(self.value * U::FACTOR) } }
struct Id<T>(u32, PhantomData<T>);
impl<T> Clone for Id<T> { fn clone(&self) -> Self { *self } }
impl<T> Copy for Id<T> {}
struct Arena<T, const N: usize> { items: [Option<T>; N], used: u32 }
impl<T: Copy, const N: usize> Arena<T, N> { fn new() -> Self { Arena { items: [None; N], used: 0 } } fn add(&mut self, item: T) -> Id<T> { self.items[self.used as usize] = Some(item); self.used += 1; Id(self.used - 1, PhantomData) } }
impl<T, const N: usize> Index<Id<T>> for Arena<T, N> { type Output = T; fn index(&self, id: Id<T>) -> &T { self.items[id.0 as usize].as_ref().expect("an id of this arena") } }
impl<T, const N: usize> IndexMut<Id<T>> for Arena<T, N> { fn index_mut(&mut self, id: Id<T>) -> &mut T { self.items[id.0 as usize].as_mut().expect("an id of this arena") } }
pub fn run(input: u64) -> u64 {
    let (a, b) = (Unit::<u64, Meter>::new(input + 2), Unit::<u64, Second>::new(3));
    let area = (a + a) * a;
    let speed: Unit<u64, (Meter, Second)> = a * b;
    let feet: Unit<f64, Foot> = Unit::new(input as f64 + 10.0);
    let mut arena = Arena::<(u8, Option<Id<(u8, Option<()>)>>), 4>::new();
    let x = arena.add((5, None));
    let y = arena.add((6, Some(Id(9, PhantomData))));
    arena[x].0 += arena[y].0;
    let size = size_of::<Unit<u16, Meter>>() as u64;
    area.value * 1000 + speed.value * 10 + feet.to::<Meter>().value.to_bits() / 7 + arena[x].0 as u64 + arena[y].1.map_or(0, |id| id.0 as u64) * 100 + size
}
