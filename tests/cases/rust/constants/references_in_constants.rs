//! Constants and statics that hold references: to arrays, texts, structs, functions, other statics, nested slices.
//# jit refuses: a function pointer in a constant
struct Menu { title: &'static str, items: &'static [Item], parent: Option<&'static Menu> }
struct Item { name: &'static [u8], price: u16, cook: fn(u16) -> u16, next: Option<&'static Item> }
const fn half(x: u16) -> u16 { x / 2 }
fn double(x: u16) -> u16 { x * 2 }
static ROOT: Menu = Menu { title: "root", items: &[SOUP, Item { name: b"bread", price: 5, cook: double, next: None }], parent: None };
static LUNCH: Menu = Menu { title: "lunch", items: &[Item { next: Some(&SOUP), ..SOUP }], parent: Some(&ROOT) };
const SOUP: Item = Item { name: b"soup", price: 12, cook: half, next: Some(&PEPPER) };
const PEPPER: Item = Item { name: b"pepper", price: 1, cook: |x| x + 100, next: None };
static MENUS: [&Menu; 2] = [&ROOT, &LUNCH];
const TABLE: &[&[&[u8]]] = &[&[b"a", b"bc"], &[], &[b"def"]];
const NAMES: [&str; 3] = ["x", MENU_NAME, "yyy"];
const MENU_NAME: &str = "a menu";
fn walk(item: &Item) -> u64 { (item.cook)(item.price) as u64 + item.name.len() as u64 * 100 + item.next.map_or(0, |i| walk(i) * 1000) }
pub fn run(input: u64) -> u64 {
    let menu = MENUS[input as usize % 2];
    let items: u64 = menu.items.iter().map(walk).sum();
    let depth = std::iter::successors(Some(menu), |m| m.parent).map(|m| m.title.len() as u64).fold(0, |a, b| a * 10 + b);
    let bytes: u64 = TABLE.iter().flat_map(|row| row.iter()).map(|s| s.len() as u64 * s[0] as u64).sum();
    items * 1000 + depth + bytes + NAMES[input as usize % 3].len() as u64 * 7
}
