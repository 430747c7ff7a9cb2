//! Upcasting to a supertrait, generic traits as objects, default methods that call others, objects with lifetimes.
trait Named { fn id(&self) -> u64; fn twice(&self) -> u64 { self.id() * 2 } }
trait Animal: Named { fn legs(&self) -> u64; fn code(&self) -> u64 { self.id() * 10 + self.legs() } }
trait Visit<T> { fn visit(&mut self, item: T); }
struct Bird<'a> { id: &'a u64 }
impl Named for Bird<'_> { fn id(&self) -> u64 { *self.id } }
impl Animal for Bird<'_> { fn legs(&self) -> u64 { 2 } }
struct Spider;
impl Named for Spider { fn id(&self) -> u64 { 8 } fn twice(&self) -> u64 { 17 } }
impl Animal for Spider { fn legs(&self) -> u64 { 8 } fn code(&self) -> u64 { 88 } }
#[derive(Default)]
struct Sum { total: u64, calls: u64 }
impl Visit<u64> for Sum { fn visit(&mut self, item: u64) { self.total += item; self.calls += 1; } }
impl Visit<&dyn Animal> for Sum { fn visit(&mut self, item: &dyn Animal) { self.total += item.code(); } }
fn up<'a>(a: &'a dyn Animal) -> &'a (dyn Named + 'a) { a }
fn each<'a>(v: &mut dyn Visit<&'a dyn Animal>, items: &[&'a dyn Animal]) { for i in items { v.visit(*i); } }
fn generic<T: Animal + ?Sized>(t: &T) -> u64 { t.code() + t.twice() }
pub fn run(input: u64) -> u64 {
    let bird = Bird { id: &input };
    let animals: [&dyn Animal; 2] = [&bird, &Spider];
    let mut sum = Sum::default();
    each(&mut sum, &animals);
    let counting: &mut dyn Visit<u64> = &mut sum;
    counting.visit(input);
    let names: u64 = animals.iter().map(|a| up(*a).twice()).sum();
    sum.total * 1000 + sum.calls * 100 + names + generic(animals[1]) * 100_000 + generic(&bird) * 10_000_000
}
